import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { ipRule } from '@shared/resources/ip-rule'
import BulkChange from '@/features/records/BulkChange.vue'

const server: ServerRecord = { ...emptyServerDraft, id: 'a', activeAddress: 'first', name: 'Acme' }

beforeEach(() => {
  vi.stubGlobal('fleet', { call: {}, on: new Proxy({}, { get: () => () => () => undefined }) })
  setActivePinia(createPinia())
})

it('nothing is preselected: a new expiration or action must be selected before the preview', async () => {
  const panel = mount(BulkChange, {
    props: { server, resource: ipRule, rows: [{ id: '1' }, { id: '2' }] },
    attachTo: document.body,
  })
  const preview = () => panel.findAll('button').find((button) => button.text() === 'Preview')
  const field = (key: string) => panel.get(`[data-bulk=${key}]`)
  const tick = (key: string) => field(key).get('input[type=checkbox]').setValue(true)
  const isEnabled = () => preview()?.attributes('aria-disabled') !== 'true'

  await tick('expire_at')
  await vi.dynamicImportSettled()
  const never = () =>
    field('expire_at')
      .findAll('button')
      .find((button) => button.text() === 'Never')
  expect(never()?.attributes('aria-pressed')).toBe('false')
  expect(isEnabled()).toBe(false)
  await never()?.trigger('click')
  expect(never()?.attributes('aria-pressed')).toBe('true')
  expect(isEnabled()).toBe(true)

  await tick('target')
  await vi.dynamicImportSettled()
  expect(field('target').find('.on').exists()).toBe(false)
  expect(isEnabled()).toBe(false)
  await field('target').get('input[type=radio]').setValue(true)
  expect(isEnabled()).toBe(true)

  await tick('description')
  expect(isEnabled()).toBe(true)
  panel.unmount()
})
