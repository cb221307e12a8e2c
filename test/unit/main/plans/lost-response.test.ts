import { afterEach, expect, test } from 'vitest'
import { confirmed, PlansHarness } from './harness'

let on: PlansHarness
afterEach(() => on.close())

test('a plan shows that it checks a change without a response until that is settled', async () => {
  on = await PlansHarness.start()
  const { id } = await on.drafts.delete({ serverId: on.serverId, resource: 'ip-rules', ids: on.deny(1) })
  await on.pbx.setFaults({ status: 502, onlyPath: 'POST /ip_filters', times: 1 })
  let message: string | undefined
  const checking = on.until(id, (plan) => {
    if (plan.checking !== 1) return false
    message = on.shelf.open.get(id)?.plan.rows({ offset: 0, limit: 1 }).items[0]?.message
    return true
  })
  await on.plans.apply(id, confirmed)
  expect((await checking).counts.sending).toBe(1)
  expect(message).toBe('The response was lost. Checking what is on the server')
  const ended = await on.ended(id)
  expect(ended.counts.unknown).toBe(1)
  expect(ended.checking).toBeUndefined()
})
