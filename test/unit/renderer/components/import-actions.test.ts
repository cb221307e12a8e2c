import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { ImportPlan } from '@shared/domain/import'
import ImportActions from '@/features/imports/ImportActions.vue'
import { useServerImport } from '@/features/imports/use-server-import'

const plan: ImportPlan = {
  counts: { create: 1, wrong: 0, readOnly: 0, conflict: 0, skip: 0, excluded: 0 },
  ...{ flagged: 0, expired: 0, guards: [], warnings: [], checkedAt: '2026-11-28T06:00:00Z' },
}

it.each(['Back', 'Continue'])('a report on the preview is gone after %s', async (button) => {
  const conflict = { ok: false, error: { code: 'conflict', message: 'The preview is out of date' } }
  const call = {
    'imports:map': () => Promise.resolve({ ok: true, value: plan }),
    'imports:addServers': () => Promise.resolve(conflict),
  }
  const on = new Proxy({}, { get: () => () => () => undefined })
  vi.stubGlobal('fleet', { call, on })
  setActivePinia(createPinia())
  let run: ReturnType<typeof useServerImport> | undefined
  const Import = defineComponent({
    components: { ImportActions },
    setup() {
      run = useServerImport(() => undefined)
      return { run }
    },
    template: '<ImportActions :run="run" step="plan" label="Continue" missing="" />',
  })
  const actions = mount(Import)
  await run?.check()
  await run?.add()
  expect(run?.error.value?.message).toBe('The preview is out of date')
  await actions
    .findAll('button')
    .find((each) => each.text() === button)
    ?.trigger('click')
  await flushPromises()
  expect(run?.error.value).toBeUndefined()
  actions.unmount()
})
