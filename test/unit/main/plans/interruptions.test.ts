import { afterEach, describe, expect, test } from 'vitest'
import type { PlanPreview } from '@shared/domain/plan'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { confirmed, PlansHarness } from './harness'

let on: PlansHarness
afterEach(() => on.close())

const list = () => ({ serverId: on.serverId, resource: 'ip-rules' as const })

/** A plan that deletes this many rules, with four running requests whose replies are delayed. */
async function planWithDelayedReplies(count: number): Promise<PlanPreview> {
  const preview = await on.drafts.delete({ ...list(), ids: on.deny(count) })
  await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await on.plans.apply(preview.id, confirmed)
  await on.until(preview.id, ({ counts }) => counts.sending === 4)
  return preview
}

describe('pause, cancel and interruption', () => {
  test('Pause lets running steps finish; Resume sends the others, once', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(60)
    const preview = await on.drafts.delete({ ...list(), ids })
    await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.plans.apply(preview.id, confirmed)
    await on.until(preview.id, ({ counts }) => counts.sending === 4)
    await on.plans.pause(preview.id)
    await on.pbx.setFaults({ holdReplies: false })
    const paused = await on.until(preview.id, ({ state }) => state === 'paused')
    expect(paused).toMatchObject({ counts: { done: 4, waiting: 56 } })
    expect(paused.reason).toBeUndefined()
    await on.plans.resume(preview.id)
    expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 60 } })
    expect(on.posted(/destroy$/)).toBe(60)
  })

  test('while the user decides about Cancel, running steps finish and no other starts; Back sends the others', async () => {
    on = await PlansHarness.start()
    const { id } = await planWithDelayedReplies(30)
    await on.plans.hold(id, true)
    await on.pbx.setFaults({ holdReplies: false })
    await on.until(id, ({ counts }) => counts.waiting === 26)
    // All that could start now would start before this reply.
    await listRecords(on.harness.sessions.reader(on.serverId), ipRule, { offset: 0, limit: 1 })
    expect(on.posted(/destroy$/)).toBe(4)
    expect((await on.shelf.get(id)).state).toBe('applying')
    await on.plans.hold(id, false)
    expect(await on.ended(id)).toMatchObject({ state: 'finished', counts: { done: 30 } })
    expect(on.posted(/destroy$/)).toBe(30)
  })

  test.each(['cancel', 'pageGone'] as const)('a plan does not stay held after %s', async (end) => {
    on = await PlansHarness.start()
    const { id } = await planWithDelayedReplies(30)
    await on.plans.hold(id, true)
    await on.pbx.setFaults({ holdReplies: false })
    if (end === 'cancel') await on.plans.cancel(id)
    else on.plans.releaseAll()
    const counts = end === 'cancel' ? { done: 4, notSent: 26 } : { done: 30 }
    expect(await on.ended(id)).toMatchObject({ counts })
  })

  test('Cancel leaves the rest unsent, and Retry can send it', async () => {
    on = await PlansHarness.start()
    const preview = await planWithDelayedReplies(30)
    await on.plans.cancel(preview.id)
    await on.pbx.setFaults({ holdReplies: false })
    expect(await on.ended(preview.id)).toMatchObject({
      state: 'canceled',
      counts: { done: 4, notSent: 26 },
      retryable: 26,
    })
    await on.plans.retry(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 30 } })
    expect(on.posted(/destroy$/)).toBe(30)
  })

  test('a session that ends pauses the plan, which resumes at the next sign-in of the same account', async () => {
    on = await PlansHarness.start()
    const preview = await planWithDelayedReplies(50)
    const signedOut = on.harness.sessions.signOut(on.serverId)
    await on.pbx.setFaults({ holdReplies: false })
    await signedOut
    const paused = await on.until(preview.id, ({ state }) => state === 'paused')
    expect(paused.reason?.code).toBe('signed-out')
    expect(paused.counts.waiting).toBeGreaterThan(40)
    await on.harness.signIn(on.serverId, on.pbx)
    expect(await on.until(preview.id, ({ state }) => state === 'finished')).toMatchObject({ counts: { done: 50 } })
    expect(on.posted(/destroy$/)).toBe(50)
  })

  test('a role that changes while a plan runs leaves the rest refused with the reason, and Retry sends it', async () => {
    on = await PlansHarness.start()
    const preview = await planWithDelayedReplies(30)
    await on.pbx.setFaults({ actsAs: 'Dealer' })
    await on.pbx.setFaults({ holdReplies: false, onlyPath: undefined })
    const ended = await on.ended(preview.id)
    const { refused, unknown } = ended.counts
    expect(ended).toMatchObject({ state: 'finished', retryable: refused })
    expect(refused).toBeGreaterThanOrEqual(26)
    expect(refused + unknown).toBe(30)
    const reasons = (await on.rows(preview.id)).flatMap(({ outcome, message }) =>
      outcome === 'refused' ? message : [],
    )
    expect(new Set(reasons)).toEqual(new Set(['This account does not have permission: The role may not do this']))
    expect(on.harness.sessions.state(on.serverId)).toMatchObject({ phase: 'signed-in', role: 'Dealer' })
    await on.pbx.setFaults({ actsAs: undefined })
    await on.plans.check(preview.id)
    await on.plans.retry(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 30 } })
  })

  test('records that others change or delete while a long plan runs are not overwritten', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(20)
    const preview = await on.drafts.change({ ...list(), ids, changes: { description: 'Scanner' } })
    await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.plans.apply(preview.id, confirmed)
    await on.until(preview.id, ({ counts }) => counts.sending === 4)
    const [theirs = '', gone = ''] = ids.slice(15)
    on.pbx.changeRule(theirs, { description: 'Do not touch' })
    on.pbx.removeRule(gone)
    on.now += 60_000
    await on.pbx.setFaults({ holdReplies: false })
    expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 18, conflict: 2 } })
    expect(on.pbx.rules().find(({ id }) => id === theirs)?.description).toBe('Do not touch')
    const conflicts = (await on.rows(preview.id)).filter(({ outcome }) => outcome === 'conflict')
    expect(conflicts.map(({ message }) => message)).toEqual([
      expect.stringContaining('Do not touch'),
      'This rule was deleted on the server',
    ])
    expect(on.posted(/ip_filters/)).toBe(18)
  })

  test('no further step is sent to a server that becomes read-only', async () => {
    on = await PlansHarness.start()
    const preview = await planWithDelayedReplies(20)
    on.harness.patch(on.serverId, { protection: 'read-only' })
    await on.pbx.setFaults({ holdReplies: false })
    expect(await on.ended(preview.id)).toMatchObject({
      state: 'paused',
      counts: { done: 4, waiting: 16 },
      reason: { message: 'Kunde A is read-only now.' },
    })
    expect(await failureOf(on.plans.resume(preview.id))).toMatchObject({ code: 'read-only' })
    expect(on.posted(/destroy$/)).toBe(4)
  })

  test('Cancel while a resume is being prepared sends nothing more', async () => {
    on = await PlansHarness.start()
    const preview = await planWithDelayedReplies(60)
    await on.plans.pause(preview.id)
    await on.pbx.setFaults({ holdReplies: false })
    await on.until(preview.id, ({ state }) => state === 'paused')
    await on.pbx.setFaults({ holdReplies: true, onlyPath: 'GET /ip_filters' })
    const before = on.pbx.requests.length
    const resumed = on.plans.resume(preview.id)
    await expect.poll(() => on.pbx.requests.length).toBeGreaterThan(before)
    await on.plans.cancel(preview.id)
    await on.pbx.setFaults({ holdReplies: false })
    await resumed
    expect(await on.ended(preview.id)).toMatchObject({ state: 'canceled', counts: { done: 4, notSent: 56 } })
    expect(on.posted(/destroy$/)).toBe(4)
  })

  test('Cancel also applies if the read before the next step fails', async () => {
    on = await PlansHarness.start()
    const preview = await planWithDelayedReplies(30)
    await on.plans.pause(preview.id)
    await on.pbx.setFaults({ holdReplies: false })
    await on.until(preview.id, ({ state }) => state === 'paused')
    await on.pbx.setFaults({ status: 403, latencyMs: 200, onlyPath: 'GET /ip_filters' })
    const before = on.pbx.requests.length
    const resumed = failureOf(on.plans.resume(preview.id))
    await expect.poll(() => on.pbx.requests.length).toBeGreaterThan(before)
    await on.plans.cancel(preview.id)
    expect((await resumed).code).toBe('forbidden')
    expect(await on.shelf.get(preview.id)).toMatchObject({ state: 'canceled', counts: { done: 4, notSent: 26 } })
  })

  test('a preview that is closed while it is being prepared for sending is not sent', async () => {
    on = await PlansHarness.start()
    const preview = await on.drafts.delete({ ...list(), ids: on.deny(30) })
    await on.pbx.setFaults({ holdReplies: true, onlyPath: 'GET /ip_filters' })
    const before = on.pbx.requests.length
    const applied = failureOf(on.plans.apply(preview.id, confirmed))
    await expect.poll(() => on.pbx.requests.length).toBeGreaterThan(before)
    on.plans.discard(preview.id)
    await on.pbx.setFaults({ holdReplies: false })
    expect(await applied).toMatchObject({ code: 'cancelled' })
    expect(on.posted(/destroy$/)).toBe(0)
  })

  test('a rate limit pauses the plan instead of refusing its steps', async () => {
    on = await PlansHarness.start()
    const preview = await on.drafts.delete({ ...list(), ids: on.deny(40) })
    await on.pbx.setFaults({ status: 429, onlyPath: 'POST /ip_filters' })
    await on.plans.apply(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ state: 'paused', counts: { waiting: 40, refused: 0 } })
    await on.pbx.clearFaults()
    await on.plans.resume(preview.id)
    expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 40 } })
  })

  test('a change that is not stored is unknown, and a different stored value is reported', async () => {
    on = await PlansHarness.start()
    const preview = await on.drafts.change({ ...list(), ids: on.deny(3, 'Old'), changes: { description: 'New' } })
    await on.pbx.setFaults({ ignoresWrites: true, onlyPath: 'POST /ip_filters' })
    await on.plans.apply(preview.id, confirmed)
    expect(await on.ended(preview.id)).toMatchObject({ counts: { unknown: 3 } })
    expect((await on.rows(preview.id))[0]?.message).toContain('none of the values is stored. Description is Old')
  })

  test('Check now settles an unknown step by reading, and sends nothing', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(2)
    await on.pbx.setFaults({ status: 502, onlyPath: 'POST /ip_filters', times: 1 })
    const { id, counts } = await on.delete(ids)
    expect(counts).toMatchObject({ done: 1, unknown: 1 })
    expect((await on.plans.check(id)).counts.unknown).toBe(1)
    const [left] = on.pbx.rules()
    on.pbx.removeRule(left?.id ?? '')
    expect((await on.plans.check(id)).counts).toMatchObject({ done: 2, unknown: 0 })
    expect((await on.entries(id)).map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    expect(on.posted(/destroy$/)).toBe(2)
  })

  test('a full disk pauses the plan before anything is sent', async () => {
    on = await PlansHarness.start(
      {},
      {},
      {
        disk: {
          open: (path) => import('node:fs/promises').then(({ open }) => open(path, 'a', 0o600)),
          write: () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })),
          sync: () => Promise.resolve(),
        },
      },
    )
    const plan = await on.delete(on.deny(10))
    expect(plan).toMatchObject({ state: 'paused', counts: { waiting: 10 }, reason: { code: 'disk' } })
    expect(on.posted(/destroy$/)).toBe(0)
  })
})
