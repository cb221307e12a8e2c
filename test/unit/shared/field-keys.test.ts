import { expect, test } from 'vitest'
import type { SortOf, TermOf } from '@shared/domain/page'
import type { PlanListRow } from '@shared/domain/plan'
import { defineFields, defineList, defineSingle, type FieldKey } from '@shared/resources/resource'
import { transport } from '@shared/resources/transport'
import { findRecords } from '@main/portsip/records'
import type { PbxReader } from '@main/portsip/pbx-client'
import type { Hooks, RecordHooks, ValuesOf } from '@main/services/records/hooks'

// The type check decides these: without an error in the line below a comment, the comment is one.
const name = { kind: 'text', key: 'name', label: 'Name' } as const
const about = { id: 'things', label: 'Things', singular: 'thing', path: '/things', roles: [] } as const

test('a field depends only on fields of the same list', () => {
  const fields = defineFields([name, { ...name, key: 'domain', onlyWith: { key: 'name', is: ['a'] } }])
  expect(fields.map(({ key }) => key)).toEqual(['name', 'domain'])
  // @ts-expect-error -- no field `nmae`
  defineFields([name, { ...name, key: 'domain', onlyWith: { key: 'nmae', is: ['a'] } }])
  // @ts-expect-error -- no field `nmae`
  defineFields([name, { kind: 'secret', key: 'password', label: 'Password', about: ['nmae'] }])
  // @ts-expect-error -- no field `nmae`
  defineSingle({ ...about, fields: [name, { ...name, key: 'domain', onlyWith: { key: 'nmae', is: ['a'] } }] })
  const made: string = 'name'
  // @ts-expect-error -- a key that is not literal could not be checked
  defineFields([{ ...name, key: made }])
})

test('what a list says of its fields names fields that it has', () => {
  const list = { ...about, paged: true, nameKey: 'name', identity: ['name'], fields: [name] } as const
  expect(defineList(list).identity).toEqual(['name'])
  // @ts-expect-error -- no field `nmae`
  defineList({ ...list, nameKey: 'nmae' })
  // @ts-expect-error -- no field `nmae`
  defineList({ ...list, identity: ['nmae'] })
  // @ts-expect-error -- a list of records has an identity
  defineList({ ...list, identity: [] })
  // @ts-expect-error -- no field `nmae`
  defineList({ ...list, unique: ['nmae'] })
  // @ts-expect-error -- no field `nmae`
  defineList({ ...list, notCopied: ['nmae'] })
  // @ts-expect-error -- no field `nmae`
  defineList({ ...list, checkedLive: ['nmae'] })
})

test('hooks, filters, values and columns name fields that there are', async () => {
  const hooks: RecordHooks<FieldKey<typeof transport>> = {
    check({ changes, current }) {
      // @ts-expect-error -- no field `prot`
      const values = [changes.port, current?.port, changes.prot]
      // @ts-expect-error -- no field `prot`
      values.push(current?.prot)
      return Promise.resolve({ guards: [], warnings: [] })
    },
  }
  const byResource: Hooks = { transports: hooks }
  // @ts-expect-error -- hooks of another resource
  const ofOthers: Hooks = { network: hooks }
  // @ts-expect-error -- no field `prot`
  const values: ValuesOf<FieldKey<typeof transport>> = { protocol: 'UDP', prot: 5060 }
  // @ts-expect-error -- no field `prot`
  const term: TermOf<FieldKey<typeof transport>> = { key: 'prot', operator: 'eq', value: '5060' }
  // @ts-expect-error -- no column `tilte`
  const sort: SortOf<keyof PlanListRow> = { key: 'tilte', descending: true }
  const find = (reader: PbxReader) =>
    // @ts-expect-error -- no field `prot`
    findRecords(reader, transport, [{ key: 'prot', operator: 'eq', value: '5060' }], () => true)
  expect([byResource, ofOthers, values, term, sort, find]).toHaveLength(6)
})
