import { syncBuiltinESMExports } from 'node:module'
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { inOneWave, RolloutsHarness, withCanary } from './harness'

/** Ports of servers to which this computer has no route. */
const lost = new Set<number>()

/** TCP has no route to a multicast address, so connections to these ports fail as they do without a network. */
const { connect } = tls
const withoutNetwork = (options: ConnectionOptions): TLSSocket =>
  connect(lost.has(Number(options.port)) ? { ...options, host: '224.0.0.1' } : options)
beforeAll(() => {
  tls.connect = withoutNetwork as typeof connect
  syncBuiltinESMExports()
})
afterAll(() => {
  tls.connect = connect
  syncBuiltinESMExports()
})

let on: RolloutsHarness
beforeEach(() => lost.clear())
afterEach(() => on.close())

const created = '/ip_filters'
const pausedByNetwork = { state: 'paused', reason: { message: 'This computer seems to be offline' } }

/** Ends open connections as well. */
async function loseNetwork(places: readonly number[]): Promise<void> {
  for (const at of places) {
    lost.add(Number(new URL(on.pbx(at).url).port))
    await on.pbx(at).setFaults({ refuseConnections: true })
  }
}

async function networkIsBack(): Promise<void> {
  lost.clear()
  for (const { pbx } of on.targets) await pbx.clearFaults()
}

test('a network that is lost midway pauses the rollout; Resume sends the rest, and nothing is sent twice', async () => {
  on = await RolloutsHarness.start(14)
  const preview = await on.preview()
  await on.apply(preview)
  await on.rolloutEnded(preview.id)
  await loseNetwork([...on.targets.keys()])
  await on.service.resume(preview.id)
  const paused = await on.rolloutEnded(preview.id)
  expect(paused).toMatchObject({ ...pausedByNetwork, counts: { done: 1, waiting: 13, notSent: 0 } })
  expect(on.sent().slice(1).flat()).toEqual([])

  await networkIsBack()
  await on.service.resume(preview.id)
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 14 } })
  expect(on.sent()).toEqual(on.targets.map(() => [created]))
})

test('a network that is lost while changes are under way leaves them unknown until they are read', async () => {
  on = await RolloutsHarness.start(4)
  const preview = await on.preview()
  await on.apply(preview)
  await on.rolloutEnded(preview.id)
  for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await on.service.resume(preview.id)
  await expect.poll(() => on.sent().flat().length).toBe(4)
  for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: false, onlyPath: '' })
  await loseNetwork([1, 2, 3])
  const ended = await on.rolloutEnded(preview.id)
  expect(ended.counts.done + ended.counts.unknown).toBe(4)

  await networkIsBack()
  expect(await on.service.check(preview.id)).toMatchObject({ counts: { done: 4 } })
  expect(on.sent()).toEqual(on.targets.map(() => [created]))
})

test('a single server without a route is not sent and pauses nothing; after Resume, neither do several', async () => {
  on = await RolloutsHarness.start(6)
  const preview = await on.preview()
  await loseNetwork([1])
  await on.apply(preview, inOneWave)
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 5, notSent: 1 } })
  expect((await on.rolloutRows(preview.id))[1]?.message).toMatch(/^Unreachable: No route to host/)
  await networkIsBack()

  const next = await on.preview({ ranges: ['9.9.9.9'] })
  await on.apply(next, withCanary)
  await on.rolloutEnded(next.id)
  await loseNetwork([1, 2, 3, 4, 5])
  await on.service.resume(next.id)
  expect(await on.rolloutEnded(next.id)).toMatchObject(pausedByNetwork)
  await on.service.resume(next.id)
  const resumed = await on.rolloutEnded(next.id)
  if (resumed.state === 'paused') await on.service.resume(next.id)
  expect(await on.rolloutEnded(next.id)).toMatchObject({ state: 'finished', counts: { done: 1, notSent: 5 } })
})
