import { expect, onTestFinished, test } from 'vitest'
import { planListRow } from '@main/services/plans/plan-row'
import { confirmed, PlansHarness } from './harness'

test('the list of plans has the ticket or note that was typed when a plan was applied, also after a restart', async () => {
  const on = await PlansHarness.start()
  await on.delete(on.deny(2), { ...confirmed, note: ' INC-4711 ' })
  const noteOf = async ({ shelf }: PlansHarness) => (await shelf.list()).plans.map((plan) => planListRow(plan).note)
  expect(await noteOf(on)).toEqual(['INC-4711'])
  const next = await on.restart()
  onTestFinished(() => next.close())
  expect(await noteOf(next)).toEqual(['INC-4711'])
})
