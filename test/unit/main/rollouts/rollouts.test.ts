import { afterEach, describe, expect, test } from 'vitest'
import { overrideWord } from '@shared/domain/write'
import { failureOf } from '../session/harness'
import { inOneWave, request, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const blocked = () => on.targets.map(({ pbx }) => pbx.rules().map(({ cidr }) => cidr))
const created = '/ip_filters'
const confirmation = (servers: number) => ({ acknowledged: true, typedName: String(servers), override: '' })

describe('a rollout', () => {
  test('sends each server its own difference, in waves, reads back, and is reverted exactly', async () => {
    on = await RolloutsHarness.start(6)
    on.pbx(1).addRule({ cidr: '41.0.0.0/8', target: 'DENY' })
    on.pbx(2).addRule({ cidr: '41.202.0.0/16', target: 'DENY', expire_at: '2099-01-01T00:00:00Z' })
    on.harness.patch(on.ids[3] ?? '', { protection: 'read-only' })
    const preview = await on.preview({ ranges: ['41.202.7.9/16', '41.202.1.1'] })
    expect(preview).toMatchObject({
      title: 'Block 41.202.0.0/16 on 4 servers',
      impact: '4 steps on 4 servers. Nothing is sent to 2 servers.',
      groups: [
        { kind: 'apply', label: 'Create 1 rule', servers: ['PBX 0', 'PBX 4', 'PBX 5'] },
        { kind: 'apply', label: 'Change 1 rule', servers: ['PBX 2'] },
        { kind: 'nothing', label: 'Already in place', servers: ['PBX 1'] },
        { kind: 'excluded', label: 'Read-only', servers: ['PBX 3'] },
      ],
      counts: { waiting: 4, alreadyInPlace: 1, notSent: 1 },
    })
    expect(preview.groups[2]?.details).toEqual([
      'PBX 1: rule 41.202.0.0/16: Covered by the block rule 41.0.0.0/8, which does not expire',
    ])
    expect(on.sent().flat()).toEqual([])
    await on.apply(preview)
    const canary = await on.rolloutEnded(preview.id)
    expect(canary).toMatchObject({ state: 'review', waves: [1, 3], wave: 2, counts: { done: 1, waiting: 3 } })
    expect(on.sent()).toEqual([[created], [], [], [], [], []])

    await on.service.resume(preview.id)
    const finished = await on.rolloutEnded(preview.id)
    expect(finished).toMatchObject({ state: 'finished', counts: { done: 4, alreadyInPlace: 1, notSent: 1 } })
    expect(on.sent()).toEqual([[created], [], [`${created}/{id}`], [], [created], [created]])
    expect(blocked()[0]).toEqual(['41.202.0.0/16'])
    expect(on.pbx(2).rules()[0]?.expire_at).toBeNull()
    expect((await on.rolloutRows(preview.id)).map(({ server, wave, outcome }) => [server, wave, outcome])).toEqual([
      ['PBX 0', 1, 'done'],
      ['PBX 1', null, 'alreadyInPlace'],
      ['PBX 2', 2, 'done'],
      ['PBX 3', null, 'notSent'],
      ['PBX 4', 2, 'done'],
      ['PBX 5', 2, 'done'],
    ])

    const revert = await on.service.previews.revert(preview.id)
    expect(revert.title).toBe('Revert “Block 41.202.0.0/16” on 4 servers')
    await on.apply(revert, inOneWave)
    expect(await on.rolloutEnded(revert.id)).toMatchObject({ state: 'finished', counts: { done: 4 } })
    expect(blocked()).toEqual([[], ['41.0.0.0/8'], ['41.202.0.0/16'], [], [], []])
    expect(on.pbx(2).rules()[0]?.expire_at).toBe('2099-01-01T00:00:00Z')
  })

  test('is refused without targets to change, without addresses, and with an end in the past', async () => {
    on = await RolloutsHarness.start(2, { protection: 'read-only' })
    expect(await failureOf(on.preview())).toMatchObject({
      message: 'There is nothing to send',
      hint: '2 servers: Read-only.',
    })
    expect(await failureOf(on.preview({ ranges: [' '] }))).toMatchObject({ message: 'No address is entered' })
    expect((await failureOf(on.preview({ ranges: ['41.202.7.9/40'] }))).message).toContain('41.202.7.9/40')
    expect(await failureOf(on.preview({ expiresAt: '2020-01-01T00:00:00Z' }))).toMatchObject({
      message: 'The rules would expire in the past',
    })
  })

  test('needs the number of servers where one of them is confirmed by name, and the word against a safety check', async () => {
    on = await RolloutsHarness.start(3, { protection: 'type-name' })
    on.pbx(1).addRule({ cidr: '41.202.3.0/24', target: 'ACCEPT' })
    const preview = await on.preview()
    expect(preview.confirm).toMatchObject({ kind: 'number', servers: 3 })
    expect(preview.guards).toMatchObject([{ kind: 'accepted-address', message: expect.stringMatching(/^PBX 1: /) }])
    const apply = (typedName: string, override: string) =>
      on.service.apply(preview.id, { acknowledged: true, typedName, override }, inOneWave)
    expect((await failureOf(apply('PBX 0', overrideWord))).code).toBe('confirmation-required')
    expect((await failureOf(apply('3', ''))).code).toBe('guarded')
    expect(on.sent().flat()).toEqual([])
    await apply('3', overrideWord)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  })

  test('sends nothing to a server that has a guard which the preview did not show', async () => {
    on = await RolloutsHarness.start(3)
    const preview = await on.preview()
    on.pbx(1).addRule({ cidr: '41.202.3.0/24', target: 'ACCEPT' })
    await on.apply(preview, inOneWave)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 2, conflict: 1 } })
    expect(on.sent()).toEqual([[created], [], [created]])
  })
})

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

  test('a failure also keeps the servers of its own wave from starting', async () => {
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

test('two previews are independent, and a closed one is gone', async () => {
  on = await RolloutsHarness.start(2)
  const [first, second] = [await on.preview(), await on.preview({ ranges: ['9.9.9.9'] })]
  on.service.previews.discard(first.id)
  expect((await failureOf(on.apply(first))).code).toBe('not-found')
  await on.apply(second, inOneWave)
  expect(await on.rolloutEnded(second.id)).toMatchObject({
    title: 'Block 9.9.9.9/32 on 2 servers',
    counts: { done: 2 },
  })
  expect(request.ranges).toEqual(['41.202.0.0/16'])
})

test('a preview of allow rules warns of block rules for the same addresses, with their servers', async () => {
  on = await RolloutsHarness.start(3)
  on.pbx(1).addRule({ cidr: '41.202.7.0/24', target: 'DENY' })
  on.pbx(2).addRule({ cidr: '41.202.8.0/24', target: 'DENY', expire_at: '2020-01-01T00:00:00Z' })
  expect((await on.preview({ action: 'ACCEPT' })).warnings).toEqual([
    'PBX 1: Block rules apply to these addresses (41.202.7.0/24). PortSIP does not document which rule takes precedence.',
  ])
  expect((await on.preview()).warnings).toEqual([])
})

test('a preview warns of a rollout that has not finished on one of its servers', async () => {
  on = await RolloutsHarness.start(2)
  const first = await on.preview()
  await on.apply(first)
  await on.rolloutEnded(first.id)
  expect((await on.preview({ ranges: ['9.9.9.9'] })).warnings).toEqual([
    'Not finished on these servers: Block 41.202.0.0/16 on 2 servers',
  ])
  await on.service.cancel(first.id)
  expect((await on.preview({ ranges: ['9.9.9.9'] })).warnings).toEqual([])
})

test('the result as a file has each server with its result and reason', async () => {
  on = await RolloutsHarness.start(2)
  on.harness.patch(on.ids[1] ?? '', { protection: 'read-only', name: '=cmd()' })
  const preview = await on.preview()
  await on.apply(preview)
  await on.rolloutEnded(preview.id)
  const { name, text } = await on.rollouts.csv(preview.id)
  expect(name).toBe('Block 41.202.0.0_16 on 1 server.csv')
  expect(text.trim().split('\r\n')).toEqual([
    expect.stringContaining('server,wave,outcome,steps,done,message'),
    'PBX 0,1,done,1,1,',
    expect.stringMatching(/^"?'=cmd\(\)"?,,notSent,0,0,Read-only$/),
  ])
})
