import { afterEach, expect, test } from 'vitest'
import { failureOf } from '../session/harness'
import { confirmed, PlansHarness } from './harness'

let on: PlansHarness
afterEach(() => on.close())

/**
 * A plan that deletes this many rules, paused after the server confirmed four deletions that could not be read back.
 */
async function pausedUnverified(count: number): Promise<string> {
  on = await PlansHarness.start()
  const ids = on.deny(count)
  const { id } = await on.drafts.delete({ serverId: on.serverId, resource: 'ip-rules', ids })
  await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await on.plans.apply(id, confirmed)
  await on.until(id, ({ counts }) => counts.sending === 4)
  await on.plans.pause(id)
  await on.pbx.setFaults({ holdReplies: false, status: 429, onlyPath: 'GET /ip_filters' })
  await on.until(id, ({ state }) => state === 'paused')
  return id
}

test('steps that were confirmed but not verified when the plan paused are unknown, with a message', async () => {
  const id = await pausedUnverified(30)
  expect((await on.shelf.get(id)).counts).toMatchObject({ sending: 0, unknown: 4, waiting: 26 })
  const unknown = (await on.rows(id)).filter(({ outcome }) => outcome === 'unknown')
  expect(unknown.map(({ message }) => message)).toEqual(
    Array.from({ length: 4 }, () => 'The server confirmed the change, but it was not verified'),
  )
  const { items } = await on.view.rows({ offset: 0, limit: 10 })
  expect(items.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  await on.store.settled()
  const [stored] = (await on.store.edges()).plans
  expect(stored?.last?.counts).toMatchObject({ sending: 0, unknown: 4 })
})

test('Check now verifies them by reading, and the plan remains paused with the others', async () => {
  const id = await pausedUnverified(30)
  expect(await failureOf(on.plans.check(id))).toMatchObject({ code: 'rate-limited' })
  expect((await on.shelf.get(id)).counts.unknown).toBe(4)
  await on.pbx.clearFaults()
  expect(await on.plans.check(id)).toMatchObject({ state: 'paused', counts: { done: 4, unknown: 0, waiting: 26 } })
  expect((await on.entries(id)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done'])
  expect(on.posted(/destroy$/)).toBe(4)
  await on.plans.resume(id)
  expect(await on.ended(id)).toMatchObject({ state: 'finished', counts: { done: 30 } })
  expect(on.posted(/destroy$/)).toBe(30)
})

test('a paused plan with nothing left to send is finished after Check now has verified it', async () => {
  const id = await pausedUnverified(4)
  await on.pbx.clearFaults()
  expect(await on.plans.check(id)).toMatchObject({ state: 'finished', counts: { done: 4 } })
  expect(on.posted(/destroy$/)).toBe(4)
})

test('Cancel while Check now reads ends the plan', async () => {
  const id = await pausedUnverified(30)
  await on.pbx.setFaults({ holdReplies: true, onlyPath: 'GET /ip_filters' })
  const checked = on.plans.check(id)
  await on.until(id, ({ verifying }) => verifying === true)
  await on.plans.cancel(id)
  await on.pbx.clearFaults()
  await checked
  expect(await on.shelf.get(id)).toMatchObject({ state: 'canceled', counts: { done: 4, notSent: 26 } })
})
