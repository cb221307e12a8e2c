import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { ipRule } from '@shared/resources/ip-rule'
import RecordOutcome from '@/features/records/RecordOutcome.vue'

const server: ServerRecord = { ...emptyServerDraft, id: 'a', activeAddress: 'first', name: 'Acme' }
const duplicate = 'Another rule for 203.0.113.0/24 (Block) is on the server: it was probably created at the same time.'
const textOf = (outcome: { readonly duplicate?: string }) =>
  mount(RecordOutcome, {
    global: {
      plugins: [createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: RecordOutcome }] })],
    },
    props: { outcome: { after: {}, differences: [], ...outcome }, server, fields: ipRule.fields },
  })
    .get('[role]')
    .text()

it('an equal record on the server is named in place of the plain success', () => {
  expect(textOf({ duplicate })).toBe(`Saved. ${duplicate}`)
  expect(textOf({})).toContain('Saved and verified on Acme')
})
