import { afterEach, describe, expect, test } from 'vitest'
import { printPercent } from '@shared/format/print-number'
import type { RecordRef } from '@shared/domain/rollout'
import type { RecordValues } from '@shared/domain/record'
import { listOf } from '@shared/resources/registry'
import { listRecords } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const rule = { cidr: '198.51.100.0/24', target: 'DENY', expire_at: null, description: 'Feed' } as const
const ref = (at: number, id: string): RecordRef => ({ serverId: on.ids[at] ?? '', id })
const create = (
  resource: 'ip-rules' | 'transports' | 'dealers' | 'tenants',
  values: RecordValues,
  serverIds = on.ids,
) => on.service.previews.preview({ kind: 'create', resource, values, serverIds })
const change = (records: readonly RecordRef[], changes: RecordValues) =>
  on.service.previews.preview({ kind: 'change', resource: 'ip-rules', changes, records: [...records] })
const remove = (records: readonly RecordRef[]) =>
  on.service.previews.preview({ kind: 'delete', resource: 'ip-rules', records: [...records] })
const described = () =>
  on.targets.map(({ pbx }) => pbx.rules().map(({ cidr, description }) => `${cidr} ${description}`))
async function applied(id: Promise<{ readonly id: string }>) {
  const shown = await id
  await on.apply(await on.service.get(shown.id), inOneWave)
  return on.rolloutEnded(shown.id)
}

describe('a new record on several servers', () => {
  test('is created where it is missing; where it is with other values, that is a conflict', async () => {
    on = await RolloutsHarness.start(4)
    on.pbx(1).addRule(rule)
    on.pbx(2).addRule({ ...rule, description: 'by hand' })
    const shown = await create('ip-rules', { ...rule, cidr: '198.51.100.9/24' })
    expect(shown).toMatchObject({
      title: 'Create rule 198.51.100.0/24 on 2 servers',
      groups: [
        { kind: 'apply', label: 'Create 1 rule', servers: ['PBX 0', 'PBX 3'] },
        { kind: 'nothing', label: 'Already in place', servers: ['PBX 1'] },
        { kind: 'nothing', label: 'In conflict', servers: ['PBX 2'] },
      ],
    })
    expect(shown.groups[2]?.details).toEqual([
      'PBX 2: rule 198.51.100.0/24: On the server with other values. Description: by hand',
    ])
    expect(await applied(Promise.resolve(shown))).toMatchObject({ state: 'finished', counts: { done: 2, conflict: 1 } })
    expect(on.posts()).toEqual([['/ip_filters'], [], [], ['/ip_filters']])
    const revert = await on.service.previews.preview({ kind: 'revert', rollout: shown.id })
    expect(revert).toMatchObject({ impact: '2 steps on 2 servers. 2 rules will be deleted.' })
    await applied(Promise.resolve(revert))
    expect(described()).toEqual([[], ['198.51.100.0/24 Feed'], ['198.51.100.0/24 by hand'], []])
  })

  test('has the words of its list, and the safety checks of that list', async () => {
    on = await RolloutsHarness.start(2)
    const shown = await create('transports', { protocol: 'TCP', port: 5099 })
    expect(shown).toMatchObject({
      title: 'Create transport TCP on 2 servers',
      groups: [{ label: 'Create 1 transport', servers: ['PBX 0', 'PBX 1'] }],
    })
    const used = await failureOf(create('transports', { protocol: 'TCP', port: 5060 }))
    expect(used.hint).toMatch(/^2 servers: In conflict \(transport TCP/)
    on.pbx(1).addRule({ cidr: '198.51.100.7/32', target: 'ACCEPT' })
    expect((await create('ip-rules', rule)).guards).toMatchObject([
      { kind: 'accepted-address', message: expect.stringMatching(/^PBX 1: /) },
    ])
  })

  test('leaves out servers of a version without one of its values, and those that require more', async () => {
    on = await RolloutsHarness.start(2, {}, (at) => ({ version: at === 0 ? '22.2' : '22.6' }))
    const tenant = { name: 'Kunde', domain: 'kunde.example', timezone: 'Europe/Berlin', currency: 'EUR', region: 'DEU' }
    expect((await create('tenants', tenant)).groups).toMatchObject([
      { kind: 'apply', label: 'Create 1 tenant', servers: ['PBX 0'] },
      { kind: 'excluded', label: 'Website: Website is required', servers: ['PBX 1'] },
    ])
    expect((await create('tenants', { ...tenant, website: 'https://kunde.example' })).groups).toHaveLength(1)
  })

  test('never has a secret', async () => {
    on = await RolloutsHarness.start(1)
    expect(await failureOf(create('dealers', { name: 'reseller', password: 'x' }))).toMatchObject({
      fields: [{ path: 'password', message: 'Secrets are set on each server' }],
    })
  })
})

describe('a record that has another ID on each server', () => {
  const update = (values: RecordValues, target = 'DENY') =>
    on.service.previews.preview({
      ...{ kind: 'update', resource: 'ip-rules', identity: { cidr: rule.cidr, target }, values, serverIds: on.ids },
    })

  test('is changed where it is, and nowhere else', async () => {
    on = await RolloutsHarness.start(5)
    for (const at of [0, 1, 3, 3]) on.pbx(at).addRule(rule)
    on.pbx(1).addRule({ ...rule, cidr: '9.9.9.0/24' })
    on.pbx(2).addRule({ ...rule, target: 'ACCEPT' })
    on.pbx(4).addRule({ ...rule, description: 'INC-1' })
    const shown = await update({ description: 'INC-1' })
    expect(shown).toMatchObject({
      title: 'Change rule 198.51.100.0/24 (Block) on 2 servers',
      groups: [
        { kind: 'apply', label: 'Change 1 rule', servers: ['PBX 0', 'PBX 1'] },
        { kind: 'nothing', label: 'Already in place', servers: ['PBX 4'] },
        { kind: 'excluded', label: 'The rule is not on this server', servers: ['PBX 2'] },
        { kind: 'excluded', label: 'Several rules are 198.51.100.0/24 (Block)', servers: ['PBX 3'] },
      ],
    })
    await applied(Promise.resolve(shown))
    expect(described().slice(0, 3)).toEqual([
      ['198.51.100.0/24 INC-1'],
      ['198.51.100.0/24 INC-1', '9.9.9.0/24 Feed'],
      ['198.51.100.0/24 Feed'],
    ])
    expect(on.posts().map(({ length }) => length)).toEqual([1, 1, 0, 0, 0])
  })

  test('has the safety checks of its list, and keeps what cannot be changed', async () => {
    on = await RolloutsHarness.start(1)
    on.pbx(0).addRule({ ...rule, target: 'ACCEPT' })
    expect((await update({ target: 'DENY' }, 'ACCEPT')).guards).toMatchObject([{ kind: 'removes-accept' }])
    const transport = (values: RecordValues) =>
      on.service.previews.preview({
        ...{ kind: 'update', resource: 'transports', identity: { protocol: 'UDP', port: 5060 }, serverIds: on.ids },
        values,
      })
    expect(await failureOf(transport({ protocol: 'TCP' }))).toMatchObject({
      fields: [{ path: 'protocol', message: 'Cannot be changed after creation' }],
    })
    expect((await transport({ port: 5063 })).guards).toMatchObject([{ kind: 'port-conflict' }])
  })
})

describe('selected records of several servers', () => {
  test('get the same values; those that have them, were changed or are gone are not sent', async () => {
    on = await RolloutsHarness.start(3)
    const first = [0, 1, 2].map((at) => on.pbx(at).addRule(rule).id)
    const second = on.pbx(0).addRule({ ...rule, cidr: '9.9.9.0/24' }).id
    const same = on.pbx(1).addRule({ ...rule, cidr: '8.8.8.0/24', description: 'INC-1' }).id
    const records = [...first.map((id, at) => ref(at, id)), ref(0, second), ref(1, same), ref(2, 'gone')]
    const shown = await change(records, { description: 'INC-1' })
    expect(shown).toMatchObject({ title: 'Change 6 rules on 3 servers', counts: { waiting: 3 } })
    expect(shown.groups.map(({ label, servers }) => [label, servers])).toEqual([
      ['Change 2 rules', ['PBX 0']],
      ['Change 1 rule, 1 already in place', ['PBX 1']],
      ['Change 1 rule, 1 in conflict', ['PBX 2']],
    ])
    on.pbx(0).changeRule(second, { description: 'by hand' })
    expect(await applied(Promise.resolve(shown))).toMatchObject({
      stepCounts: { done: 3, alreadyInPlace: 1, conflict: 2 },
    })
    expect(described()).toEqual([
      ['198.51.100.0/24 INC-1', '9.9.9.0/24 by hand'],
      ['198.51.100.0/24 INC-1', '8.8.8.0/24 INC-1'],
      ['198.51.100.0/24 INC-1'],
    ])
    const change1 = '/ip_filters/{id}'
    expect(on.posts()).toEqual([[change1], [change1], [change1]])
    await applied(on.service.previews.preview({ kind: 'revert', rollout: shown.id }))
    expect(described().map(([text]) => text)).toEqual(Array(3).fill('198.51.100.0/24 Feed'))
  })

  test('of which a revert cannot make new ones are announced as such', async () => {
    on = await RolloutsHarness.start(1, {}, () => ({ dealers: 4 }))
    const { items } = await listRecords(on.harness.servers.reader(on.ids[0] ?? ''), listOf('dealers'), {
      ...{ offset: 0, limit: 1 },
    })
    const records = items.map(({ id }) => ref(0, String(id)))
    const { warnings } = await on.service.previews.preview({ kind: 'delete', resource: 'dealers', records })
    expect(warnings).toEqual(['PBX 0: Revert cannot restore deleted dealers, because each needs a new password.'])
  })

  test('are deleted, and created again by the revert', async () => {
    on = await RolloutsHarness.start(2)
    const ids = [0, 1].map((at) => on.pbx(at).addRule(rule).id)
    for (const at of [0, 1]) for (const net of [1, 2, 3]) on.pbx(at).addRule({ ...rule, cidr: `45.${net}.0.0/16` })
    const shown = await remove(ids.map((id, at) => ref(at, id)))
    expect(shown).toMatchObject({
      ...{ title: 'Delete 2 rules on 2 servers', impact: '2 steps on 2 servers. 2 rules will be deleted.' },
      groups: [{ label: 'Delete 1 rule', servers: ['PBX 0', 'PBX 1'] }],
    })
    expect(await applied(Promise.resolve(shown))).toMatchObject({ counts: { done: 2 } })
    expect(on.posts().flat()).toEqual(Array(2).fill('/ip_filters/{id}/destroy'))
    await applied(on.service.previews.preview({ kind: 'revert', rollout: shown.id }))
    expect(described().map((texts) => texts.includes('198.51.100.0/24 Feed'))).toEqual([true, true])
  })

  test('tenants are deleted with one typed name, although each of them has its own', async () => {
    on = await RolloutsHarness.start(2, {}, (at) => ({ tenants: 4, seed: at + 1, tenantDestroyMs: 0 }))
    const records = [0, 1].map((at) => ref(at, on.pbx(at).tenants()[at]?.id ?? ''))
    const shown = await on.service.previews.preview({ kind: 'delete', resource: 'tenants', records })
    const words = shown.guards.map(({ word }) => word)
    expect(new Set(words).size).toBe(2)
    await on.apply(shown, inOneWave, words[0])
    expect(await on.rolloutEnded(shown.id)).toMatchObject({ state: 'finished', counts: { done: 2 } })
    expect(on.posts().flat()).toEqual(Array(2).fill('/tenants/{id}/destroy'))
  })

  test('more than 30 % of a list are confirmed with their number', async () => {
    on = await RolloutsHarness.start(4)
    const ids = [1, 2, 3].map((net) => on.pbx(0).addRule({ ...rule, cidr: `45.${net}.0.0/16` }).id)
    for (const net of [4, 5, 6, 7, 8, 9]) on.pbx(0).addRule({ ...rule, cidr: `45.${net}.0.0/16` })
    const few = await remove(ids.slice(0, 2).map((id) => ref(0, id)))
    expect(few.confirm.kind).toBe('none')
    const many = await remove(ids.map((id) => ref(0, id)))
    expect(many.confirm).toEqual({
      ...{ kind: 'number', servers: 1, deletes: { count: 3, plural: 'rules' } },
      reason: `On 1 server, more than ${printPercent(0.3)} of the rules are deleted.`,
    })
    const apply = (typedName: string) =>
      on.service.apply(many.id, { acknowledged: true, typedName, override: '' }, inOneWave)
    expect(await failureOf(apply('1'))).toMatchObject({
      ...{ code: 'confirmation-required', hint: expect.stringContaining('Type the number of rules, 3.') },
    })
    await apply('3')
    expect(await on.rolloutEnded(many.id)).toMatchObject({ stepCounts: { done: 3 } })
  })

  test('are refused if none is selected, or if a field is set for one record at a time', async () => {
    on = await RolloutsHarness.start(1)
    expect((await failureOf(remove([]))).message).toBe('Nothing is selected')
    expect((await failureOf(change([], { description: 'x' }))).message).toBe('Nothing is selected')
    expect(await failureOf(change([ref(0, 'x')], { cidr: '9.9.9.9/32' }))).toMatchObject({
      fields: [{ path: 'cidr', message: 'This field is set for one record at a time' }],
    })
  })
})
