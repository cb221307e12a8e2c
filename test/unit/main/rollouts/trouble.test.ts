import { afterEach, describe, expect, test } from 'vitest'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const blocked = () => on.targets.map(({ pbx }) => pbx.rules().map(({ cidr }) => cidr))
const created = '/ip_filters'
const confirmation = (servers: number) => ({ acknowledged: true, typedName: String(servers), override: '' })

describe('trouble', () => {
  test('the rest is not sent after this many failed servers, and Retry sends it with the refused ones', async () => {
    on = await RolloutsHarness.start(14)
    for (const at of [1, 3]) await on.pbx(at).setFaults({ status: 403, onlyPath: 'POST /ip_filters' })
    const preview = await on.preview()
    await on.apply(preview)
    await on.rolloutEnded(preview.id)
    await on.service.resume(preview.id)
    const stopped = await on.rolloutEnded(preview.id)
    expect(stopped).toMatchObject({
      state: 'stopped',
      reason: { message: 'Stopped after 2 failures' },
      counts: { done: 3, refused: 2, notSent: 9 },
      retryable: 11,
    })
    expect(on.sent().slice(5).flat()).toEqual([])
    for (const at of [1, 3]) await on.pbx(at).clearFaults()
    await on.service.retry(preview.id, confirmation(11))
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 14 } })
    expect(blocked().every((rules) => rules.length === 1)).toBe(true)
  })

  test('a failure also keeps the other servers of its wave from starting', async () => {
    on = await RolloutsHarness.start(10)
    await on.pbx(0).setFaults({ status: 403, onlyPath: 'POST /ip_filters' })
    for (const { pbx } of on.targets.slice(1)) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    const preview = await on.preview()
    await on.apply(preview, { canary: false, stopAfter: 1 })
    await on.untilRollout(preview.id, ({ counts }) => counts.refused === 1)
    await expect.poll(() => on.sent().flat().length).toBe(8)
    for (const { pbx } of on.targets.slice(1)) await pbx.setFaults({ holdReplies: false })
    const stopped = await on.rolloutEnded(preview.id)
    expect(stopped).toMatchObject({ state: 'stopped', reason: { message: 'Stopped after 1 failure' } })
    expect(stopped.counts).toMatchObject({ refused: 1, done: 7, notSent: 2 })
    expect(on.sent().slice(8).flat()).toEqual([])
  })

  test('a server gets one request at a time', async () => {
    on = await RolloutsHarness.start(1)
    const preview = await on.preview({ ranges: ['41.202.0.0/16', '9.9.9.9', '8.8.8.8'] })
    await on.pbx(0).setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.apply(preview)
    await on.untilRollout(preview.id, ({ stepCounts }) => stepCounts.sending > 0)
    expect((await on.service.get(preview.id)).stepCounts).toMatchObject({ sending: 1, waiting: 2 })
    await on.pbx(0).setFaults({ holdReplies: false })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', stepCounts: { done: 3 } })
  })

  test('a server that cannot be reached at the start is not sent, is no failure, and blocks nobody', async () => {
    on = await RolloutsHarness.start(6)
    const preview = await on.preview()
    for (const at of [0, 1, 4]) await on.pbx(at).setFaults({ refuseConnections: true })
    await on.apply(preview, { canary: true, stopAfter: 1 })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'review', counts: { notSent: 1 } })
    await on.service.resume(preview.id)
    const finished = await on.rolloutEnded(preview.id)
    expect(finished).toMatchObject({ state: 'finished', counts: { done: 3, notSent: 3 }, retryable: 3 })
    expect((await on.rolloutRows(preview.id))[1]?.message).toMatch(/^Unreachable: /)
    for (const at of [0, 1, 4]) await on.pbx(at).setFaults({ refuseConnections: false })
    await on.service.retry(preview.id, confirmation(3))
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 6 } })
  })

  test('a lost response is settled by reading; nothing is sent twice', async () => {
    on = await RolloutsHarness.start(3)
    await on.pbx(1).setFaults({ dropAfterReceive: true, onlyPath: 'POST /ip_filters', times: 1 })
    const preview = await on.preview()
    await on.apply(preview, inOneWave)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
    expect(on.sent()).toEqual([[created], [created], [created]])
  })

  test('a change without a response that is not found is unknown and a failure; Check now settles it by reading', async () => {
    on = await RolloutsHarness.start(6)
    await on.pbx(0).setFaults({ status: 502, onlyPath: 'POST /ip_filters' })
    const preview = await on.preview()
    await on.apply(preview, { canary: true, stopAfter: 1 })
    const stopped = await on.rolloutEnded(preview.id)
    // What may have been carried out is not retried.
    expect(stopped).toMatchObject({ state: 'stopped', counts: { unknown: 1, notSent: 5 }, retryable: 5 })
    on.pbx(0).addRule({ cidr: '41.202.0.0/16', target: 'DENY', description: 'INC-4711' })
    expect(await on.service.check(preview.id)).toMatchObject({ counts: { done: 1, notSent: 5 } })
    expect(on.sent()).toEqual([[created], [], [], [], [], []])
  })

  test('a server that was signed out since the preview waits, is no failure and delays no other; after a sign-in Resume sends it', async () => {
    on = await RolloutsHarness.start(3)
    const preview = await on.preview()
    const target = on.targets[0]
    if (target === undefined) throw new Error('There is a server')
    await on.harness.sessions.signOut(target.id)
    await on.apply(preview, { canary: false, stopAfter: 1 })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({
      ...{ state: 'paused', counts: { done: 2, waiting: 1 }, open: 1 },
      reason: { code: 'signed-out', message: 'Not signed in to PBX 0' },
    })
    await on.service.resume(preview.id)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'paused', counts: { done: 2, waiting: 1 } })
    await on.harness.signIn(target.id, target.pbx)
    await on.service.resume(preview.id)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
    expect(on.sent().map((requests) => requests.length)).toEqual([1, 1, 1])
  })

  test('servers that were left out are previewed again after a sign-in, and only these', async () => {
    on = await RolloutsHarness.start(3)
    const target = on.targets[1]
    if (target === undefined) throw new Error('There is a server')
    await on.harness.sessions.signOut(target.id)
    const preview = await on.preview()
    expect(preview.groups.at(-1)).toMatchObject({ kind: 'excluded', label: 'Not signed in', servers: ['PBX 1'] })
    await on.apply(preview, inOneWave)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', leftOut: 1 })
    await on.harness.signIn(target.id, target.pbx)
    const again = await on.service.previews.preview({ kind: 'again', rollout: preview.id })
    expect(again).toMatchObject({ planned: [{ name: 'PBX 1' }], source: preview.source })
    await on.apply(again, inOneWave)
    expect(await on.rolloutEnded(again.id)).toMatchObject({ state: 'finished', leftOut: 0 })
    expect(on.sent().map((requests) => requests.length)).toEqual([1, 1, 1])
  })

  test('Cancel within a wave lets running servers finish; the others are not sent', async () => {
    on = await RolloutsHarness.start(11)
    const preview = await on.preview()
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.apply(preview, inOneWave)
    await expect.poll(() => on.sent().flat().length).toBe(8)
    expect(await on.service.cancel(preview.id)).toMatchObject({ stopping: 'cancel' })
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: false })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'canceled', counts: { done: 8, notSent: 3 } })
    expect(on.sent().flat()).toHaveLength(8)
  })

  test('Cancel while servers are compared before their first step sends nothing', async () => {
    on = await RolloutsHarness.start(3)
    const preview = await on.preview()
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: true, onlyPath: 'GET /ip_filters' })
    const before = on.targets.map(({ pbx }) => pbx.requests.length)
    await on.apply(preview, inOneWave)
    await expect.poll(() => on.targets.every(({ pbx }, at) => pbx.requests.length > (before[at] ?? 0))).toBe(true)
    await on.service.cancel(preview.id)
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: false })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'canceled', counts: { notSent: 3 } })
    expect(on.sent().flat()).toEqual([])
  })

  test('a rule that someone else created since the preview is in conflict, or already in place; nothing is sent', async () => {
    on = await RolloutsHarness.start(3)
    const preview = await on.preview()
    on.pbx(0).addRule({ cidr: '41.202.0.0/16', target: 'DENY', description: 'by hand' })
    on.pbx(1).addRule({ cidr: '41.202.0.0/16', target: 'DENY', description: 'INC-4711' })
    await on.apply(preview, inOneWave)
    const finished = await on.rolloutEnded(preview.id)
    expect(finished.counts).toMatchObject({ conflict: 1, alreadyInPlace: 1, done: 1 })
    expect((await on.rolloutRows(preview.id))[0]?.message).toContain('by hand')
    expect(on.sent()).toEqual([[], [], [created]])
  })

  test('Pause keeps the rest for Resume; a canceled review sends nothing more', async () => {
    on = await RolloutsHarness.start(9)
    const preview = await on.preview()
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.apply(preview, inOneWave)
    await expect.poll(() => on.sent().flat().length).toBe(8)
    await on.service.pause(preview.id)
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: false })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'paused', counts: { done: 8, waiting: 1 } })
    await on.service.resume(preview.id)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 9 } })

    const next = await on.preview({ ranges: ['9.9.9.9'] })
    await on.apply(next)
    await on.rolloutEnded(next.id)
    expect(await on.service.cancel(next.id)).toMatchObject({ state: 'canceled', counts: { done: 1, notSent: 8 } })
    expect(on.sent().flat()).toHaveLength(10)
  })

  test('before the computer sleeps, running servers finish and the others wait', async () => {
    on = await RolloutsHarness.start(9)
    const preview = await on.preview()
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.apply(preview, inOneWave)
    await expect.poll(() => on.sent().flat().length).toBe(8)
    on.service.pauseAll()
    for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: false })
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'paused', counts: { done: 8, waiting: 1 } })
    await on.service.resume(preview.id)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 9 } })
    expect(on.sent()).toEqual(on.targets.map(() => [created]))
  })

  test('two servers that block this computer pause the rollout before others are tried', async () => {
    on = await RolloutsHarness.start(12)
    const preview = await on.preview()
    for (const { pbx } of on.targets) await pbx.setFaults({ status: 429, onlyPath: 'POST /ip_filters' })
    await on.apply(preview, inOneWave)
    const paused = await on.rolloutEnded(preview.id)
    expect(paused).toMatchObject({ state: 'paused', reason: { code: 'rate-limited' } })
    expect(paused.counts.waiting).toBeGreaterThan(0)
  })

  test('a rollout that was applied when the app ended is paused; after it is confirmed again, nothing is sent twice', async () => {
    on = await RolloutsHarness.start(6)
    const preview = await on.preview()
    await on.apply(preview)
    await on.rolloutEnded(preview.id)
    for (const at of [1, 2]) await on.pbx(at).setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
    await on.service.resume(preview.id)
    await expect.poll(() => on.sent().slice(1, 3).flat().length).toBe(2)
    const next = on.kill()
    for (const at of [1, 2]) await on.pbx(at).setFaults({ holdReplies: false })
    on = next
    const [row] = (await on.rollouts.list()).rollouts
    expect(row).toMatchObject({ id: preview.id, state: 'paused', rollout: true })
    expect(await on.service.get(preview.id)).toMatchObject({ state: 'paused', mustConfirm: true })
    expect((await failureOf(on.service.resume(preview.id))).code).toBe('confirmation-required')
    const { confirm } = await on.service.get(preview.id)
    await on.service.resume(preview.id, confirmation(confirm.servers))
    expect((await on.rolloutEnded(preview.id)).state).toBe('finished')
    await on.service.check(preview.id)
    expect((await on.service.get(preview.id)).counts).toMatchObject({ done: 6 })
    expect(on.sent().every((paths) => paths.length === 1)).toBe(true)
    expect(on.reports).toEqual([])
  })
})
