import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import ServerStep from '@/features/customers/ServerStep.vue'
import TargetList from '@/features/rollouts/TargetList.vue'
import { useWorkspace } from '@/stores/workspace'
import { server } from '../../shared/fleet/sample'

const servers = [
  server({ id: '00000000-0000-4000-8000-000000000001', name: 'Main', address: 'https://a.example.com:8887' }),
  server({ id: '00000000-0000-4000-8000-000000000002', name: 'Main', address: 'https://b.example.com:8887' }),
  server({ id: '00000000-0000-4000-8000-000000000003', name: 'Berlin', address: 'https://c.example.com:8887' }),
]

beforeEach(() => {
  vi.stubGlobal('fleet', {
    call: new Proxy(
      {},
      {
        get: (_, channel) => () =>
          channel === 'workspace:get'
            ? Promise.resolve({ ok: true, value: { servers, folders: [] } })
            : new Promise(() => undefined),
      },
    ),
    on: new Proxy({}, { get: () => () => () => undefined }),
  })
})
afterEach(() => vi.unstubAllGlobals())

it.each<readonly [what: string, list: Component, props: Record<string, unknown>]>([
  ['targets of a rollout', TargetList, { modelValue: new Set(), filter: '' }],
  ['servers of a new customer', ServerStep, { modelValue: undefined }],
])('%s of one name have their addresses', async (_, list, props) => {
  const pinia = createPinia()
  setActivePinia(pinia)
  await useWorkspace().refresh()
  const wrapper = mount(list, { props, global: { plugins: [pinia], directives: { off: {} } } })
  await flushPromises()
  const names = wrapper.findAll('label bdi').map((name) => name.text())
  expect(names).toEqual(['Berlin', 'Main (a.example.com)', 'Main (b.example.com)'])
})
