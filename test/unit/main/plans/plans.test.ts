import { readFileSync, writeFileSync, statSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { overrideOf, overrideWord } from '@shared/domain/write'
import { tenant } from '@shared/resources/tenant'
import { listRecords } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { confirmed, PlansHarness } from './harness'

let on: PlansHarness
afterEach(() => on.close())

const list = () => ({ serverId: on.serverId, resource: 'ip-rules' as const })

describe('deleting many', () => {
  test('reads the list once before and once after, and deletes each rule once', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(150)
    const preview = await on.drafts.delete({ ...list(), ids: [...ids, ...ids] })
    expect(preview).toMatchObject({ title: 'Delete 150 rules on Kunde A', state: 'ready', steps: 150 })
    const before = on.pbx.requests.length
    await on.plans.apply(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 150 } })
    const after = on.pbx.requests.slice(before).map(({ method, path }) => `${method} ${path}`)
    expect(after.filter((line) => line.startsWith('POST'))).toHaveLength(150)
    // Two pages before, and the empty list after.
    expect(after.filter((line) => line.startsWith('GET'))).toHaveLength(3)
    expect(on.pbx.rules()).toEqual([])
    const entries = await on.entries(preview.id)
    expect(entries).toHaveLength(150)
    expect(entries.every(({ outcome, intent }) => outcome === 'done' && intent.write.before['target'] === 'DENY')).toBe(
      true,
    )
  })

  test('a deleted rule is already in place, a changed one is a conflict; neither is sent', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(4)
    const preview = await on.drafts.delete({ ...list(), ids })
    on.pbx.removeRule(ids[0] ?? '')
    on.pbx.changeRule(ids[1] ?? '', { description: 'Needed' })
    await on.plans.apply(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ counts: { done: 2, alreadyInPlace: 1, conflict: 1 } })
    const rows = await on.rows(preview.id)
    expect(rows.map(({ message }) => message).slice(0, 2)).toEqual([
      'Already deleted',
      'Changed on the server in the meantime. Description: Needed',
    ])
    expect(on.posted(/destroy$/)).toBe(2)
  })

  test('an allow rule among many requires the typed word; a rule that became an allow rule since is a conflict', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(30)
    on.pbx.changeRule(ids[3] ?? '', { target: 'ACCEPT' })
    const preview = await on.drafts.delete({ ...list(), ids })
    expect(preview.guards).toMatchObject([{ kind: 'removes-accept', addresses: ['41.0.0.3/32'] }])
    expect(await failureOf(on.plans.apply(preview.id, confirmed))).toMatchObject({ code: 'guarded' })
    expect(on.posted(/destroy$/)).toBe(0)
    on.pbx.changeRule(ids[4] ?? '', { target: 'ACCEPT' })
    await on.plans.apply(preview.id, { ...confirmed, override: overrideWord })
    expect(await on.ended(preview.id)).toMatchObject({ counts: { done: 29, conflict: 1 } })
    expect(on.pbx.rules().map(({ cidr }) => cidr)).toEqual(['41.0.0.4/32'])
  })

  test('a guard that the preview did not show stops the plan', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(2)
    const preview = await on.drafts.change({ ...list(), ids, changes: { expire_at: '2030-01-01T00:00:00Z' } })
    on.pbx.addRule({ cidr: '41.0.0.0/24', target: 'ACCEPT' })
    const all = { ...confirmed, override: overrideWord }
    expect(await failureOf(on.plans.apply(preview.id, all))).toMatchObject({ code: 'conflict' })
    expect(on.posted(/ip_filters\//)).toBe(0)
  })

  test('a refused step has the reason, and the others continue', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(6)
    await on.pbx.setFaults({ status: 500, onlyPath: 'POST /ip_filters', times: 2 })
    const { counts } = await on.delete(ids)
    expect(counts).toMatchObject({ done: 4, refused: 2 })
    expect(on.pbx.rules()).toHaveLength(2)
  })

  test.each([
    ['200 and nothing of use', { ignoresWrites: true }],
    ['200 and a page of HTML', { ignoresWrites: true, body: '<html>Please sign in</html>' }],
    ['502 of a gateway', { status: 502 as const }],
  ])('a response with %s while the rule remains is unknown, and never sent again', async (_, faults) => {
    on = await PlansHarness.start()
    const [id = ''] = on.deny(1)
    await on.pbx.setFaults({ ...faults, onlyPath: 'POST /ip_filters' })
    const { id: planId, counts, retryable } = await on.delete([id])
    expect([counts.unknown, retryable]).toEqual([1, 0])
    expect((await on.rows(planId))[0]?.message).toContain('still there')
    expect(on.posted(/destroy$/)).toBe(1)
  })

  test.each([
    ['200 and nothing of use', { ignoresWrites: true }],
    ['200 and a page of HTML', { ignoresWrites: true, body: '<html>Please sign in</html>' }],
    ['200 and a page without a mark-up type', { ignoresWrites: true, body: '  <!doctype html>' }],
    ['502 of a gateway', { status: 502 as const }],
  ])('%s to the deletion of a tenant, which stays for a while, is unknown', async (_, faults) => {
    on = await PlansHarness.start({ tenants: 2 })
    const { items } = await listRecords(on.harness.sessions.reader(on.serverId), tenant, { offset: 0, limit: 1 })
    await on.pbx.setFaults({ ...faults, onlyPath: 'POST /tenants' })
    const preview = await on.drafts.delete({ ...list(), resource: 'tenants', ids: [String(items[0]?.['id'])] })
    await on.plans.apply(preview.id, { ...confirmed, override: overrideOf(preview.guards) })
    expect(await on.ended(preview.id)).toMatchObject({ counts: { done: 0, unknown: 1 } })
  })

  test('a read-only server, an empty selection and too many rules are refused before anything is sent', async () => {
    on = await PlansHarness.start({}, { protection: 'read-only' })
    const preview = await on.drafts.delete({ ...list(), ids: on.deny(1) })
    expect(await failureOf(on.plans.apply(preview.id, confirmed))).toMatchObject({ code: 'read-only' })
    expect(await failureOf(on.drafts.delete({ ...list(), ids: [] }))).toMatchObject({ message: 'Nothing is selected' })
    expect(on.posted(/destroy$/)).toBe(0)
  })
})

describe('changing many', () => {
  test('sets the same values for all; records that have them are already in place', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(40, 'Old')
    on.pbx.changeRule(ids[0] ?? '', { description: 'Scanner' })
    const preview = await on.drafts.change({ ...list(), ids, changes: { description: 'Scanner' } })
    expect(preview).toMatchObject({ title: 'Change 40 rules on Kunde A', counts: { alreadyInPlace: 1, waiting: 39 } })
    await on.plans.apply(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ counts: { done: 39, alreadyInPlace: 1 } })
    expect(new Set(on.pbx.rules().map(({ description }) => description))).toEqual(new Set(['Scanner']))
    expect(on.posted(/ip_filters\//)).toBe(39)
    expect((await on.rows(preview.id))[1]).toMatchObject({ before: 'Description: Old', after: 'Description: Scanner' })
  })

  test('someone else’s change of the same field is a conflict, of another field none', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(3, 'Old')
    const preview = await on.drafts.change({ ...list(), ids, changes: { description: 'New' } })
    on.pbx.changeRule(ids[0] ?? '', { description: 'Theirs' })
    on.pbx.changeRule(ids[1] ?? '', { expire_at: '2030-01-01T00:00:00Z' })
    await on.plans.apply(preview.id, confirmed)
    expect((await on.ended(preview.id)).counts).toMatchObject({ done: 2, conflict: 1 })
    expect(on.pbx.rules().map(({ description }) => description)).toEqual(['Theirs', 'New', 'New'])
  })

  test('allow rules that become block rules, and ranges that lock out this computer, are guarded', async () => {
    on = await PlansHarness.start()
    const own = on.pbx.addRule({ cidr: '10.9.9.0/24', target: 'ACCEPT' }).id
    const others = [1, 2].map((at) => on.pbx.addRule({ cidr: `41.0.0.${at}/32`, target: 'ACCEPT' }).id)
    const { guards } = await on.drafts.change({ ...list(), ids: [own, ...others], changes: { target: 'DENY' } })
    expect(guards.map(({ kind }) => kind)).toEqual(['removes-accept', 'own-address'])
    expect(guards[0]?.message).toMatch(/^3 allow rules lose protection \(10\.9\.9\.0\/24, 41\.0\.0\.1\/32/)
    expect(guards[1]?.message).toMatch(/^10\.9\.9\.0\/24 would block this computer’s own address/)
  })

  test('block rules that become allow rules are shown with the block rules that still apply to their addresses', async () => {
    on = await PlansHarness.start()
    const rules = ['45.10.30.7/32', '2a0c:77::/64', '198.51.100.0/24'].map((cidr) =>
      on.pbx.addRule({ cidr, target: 'DENY' }),
    )
    const blocking = { target: 'DENY' } as const
    on.pbx.addRule({ ...blocking, cidr: '45.10.30.0/24' })
    on.pbx.addRule({ ...blocking, cidr: '2a0c:77::1/128' })
    on.pbx.addRule({ ...blocking, cidr: '203.0.113.0/24' })
    on.pbx.addRule({ ...blocking, cidr: '198.51.100.0/25', expire_at: '2020-01-01T00:00:00Z' })
    const ids = rules.map(({ id }) => id)
    const change = (changes: Record<string, string>) => on.drafts.change({ ...list(), ids, changes })
    expect((await change({ target: 'ACCEPT' })).warnings).toEqual([
      'Block rules apply to these addresses (45.10.30.0/24, 2a0c:77::1/128). PortSIP does not document which rule takes precedence.',
    ])
    expect((await change({ description: 'Feed' })).warnings).toEqual([])
  })

  test('refuses fields that are set for one rule at a time, and invalid values', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(2)
    const change = (changes: Record<string, string>) => failureOf(on.drafts.change({ ...list(), ids, changes }))
    expect((await change({ cidr: '41.0.0.0/8' })).fields).toMatchObject([{ path: 'cidr' }])
    expect((await change({ description: 'x'.repeat(256) })).fields).toMatchObject([{ path: 'description' }])
    expect((await change({ target: 'MAYBE' })).fields).toMatchObject([{ path: 'target' }])
    expect((await change({})).message).toContain('cannot be changed together')
  })
})

describe('stored plans', () => {
  test('another run lists and opens a finished plan with the result of every step, and saves it', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(5, '=cmd()')
    const { id } = await on.delete(ids)
    const rows = await on.rows(id)
    on = await on.restart()
    const { plans } = await on.shelf.list()
    expect(plans).toMatchObject([{ id, state: 'finished', counts: { done: 5 }, title: 'Delete 5 rules on Kunde A' }])
    expect(await on.rows(id)).toEqual(rows)
    const { name, text } = await on.shelf.csv(id)
    expect(name).toBe('Delete 5 rules on Kunde A.csv')
    expect(text.split('\r\n')).toHaveLength(7)
    expect(text).toContain('Description: =cmd()')
  })

  test('a plan that was being applied when the app ended is paused; it resumes only when confirmed, and sends nothing twice', async () => {
    on = await PlansHarness.start({}, { protection: 'ask' })
    const preview = await on.drafts.delete({ ...list(), ids: on.deny(20) })
    await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.plans.apply(preview.id, confirmed)
    await on.until(preview.id, ({ counts }) => counts.sending === 4)
    // The app ends with four running requests, which the server carries out.
    const next = on.kill()
    await on.pbx.setFaults({ holdReplies: false })
    const [found] = (await next.shelf.list()).plans
    expect(found).toMatchObject({ state: 'paused', counts: { waiting: 16, unknown: 4 } })
    expect(found?.reason?.message).toContain('The app ended')
    expect(await failureOf(next.plans.resume(preview.id))).toMatchObject({ code: 'confirmation-required' })
    await next.plans.resume(preview.id, confirmed)
    expect(await next.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 20 } })
    expect(on.posted(/destroy$/)).toBe(20)
    on = next
  })

  test('a damaged file is named with what can still be read of it, the others open, and an incomplete last line is ignored', async () => {
    on = await PlansHarness.start()
    const [first, second] = [await on.delete(on.deny(3)), await on.delete(on.deny(4))]
    on = await on.restart()
    const path = (id: string) => `${on.folder}/plans/${id}.jsonl`
    writeFileSync(path(first.id), readFileSync(path(first.id), 'utf8').replace('"kind":"plan"', '"kind":"plam"'))
    writeFileSync(path(second.id), `${readFileSync(path(second.id), 'utf8')}{"kind":"resu`)
    const { plans, damaged } = await on.shelf.list()
    const { title, server } = first
    expect(damaged).toEqual([
      {
        name: `${first.id}.jsonl`,
        kind: 'plan',
        title,
        servers: [server.name],
        modifiedAt: statSync(path(first.id)).mtime.toISOString(),
      },
    ])
    expect(plans).toMatchObject([{ id: second.id, counts: { done: 4 } }])
    expect(await failureOf(on.shelf.get(first.id))).toMatchObject({ code: 'damaged' })
  })
})
