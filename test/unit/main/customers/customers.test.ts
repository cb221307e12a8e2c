import { afterEach, expect, test } from 'vitest'
import { confirmed } from '../plans/harness'
import { failureOf } from '../session/harness'
import { CustomersHarness, tenantValues } from './harness'

let on: CustomersHarness
afterEach(() => on.close())

const [createTenant, assignDealer, assignTrunk] = ['/tenants', '/tenants/*/dealers/*', '/providers/*/assignees/*']
const named = { ...confirmed, override: 'Kunde Neu' }
const outcomes = async (planId: string) => (await on.on.rows(planId)).map(({ outcome }) => outcome)

test('tenant, dealer and numbers are created one after the other, and each is in the journal', async () => {
  on = await CustomersHarness.start()
  const preview = await on.service.preview(on.request())
  expect(preview).toMatchObject({ title: 'New customer Kunde Neu on Kunde A', steps: 3, guards: [], ordered: true })
  expect(on.posts()).toEqual([])
  await on.on.plans.apply(preview.id, confirmed)
  expect(await on.on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts()).toEqual([createTenant, assignDealer, assignTrunk])
  expect(await on.created()).toEqual({ dealers: ['dealer1'], numbers: ['3000;12000-12039'] })
  const entries = await on.on.entries(preview.id)
  expect(entries.map(({ intent, outcome }) => [intent.write.resource, outcome])).toEqual([
    ['tenants', 'done'],
    ['dealer-assignment', 'done'],
    ['trunk-assignment', 'done'],
  ])
  const created = on.on.pbx.tenants().find(({ domain }) => domain === 'neu.example')
  expect(entries.map(({ intent, result }) => intent.write.id ?? result?.newId)).toEqual(Array(3).fill(created?.id))
})

test('without a dealer and numbers, only the tenant is created', async () => {
  on = await CustomersHarness.start()
  const { id } = await on.service.preview({ serverId: on.on.serverId, tenant: tenantValues })
  await on.on.plans.apply(id, confirmed)
  expect(await on.on.ended(id)).toMatchObject({ state: 'finished', counts: { done: 1 } })
  expect(on.posts()).toEqual([createTenant])
})

test('stops at the first step that fails, and resumes with it without sending anything twice', async () => {
  on = await CustomersHarness.start()
  await on.on.pbx.setFaults({ status: 400, onlyPath: 'POST /tenants/', times: 1 })
  const plan = await on.apply()
  expect(plan).toMatchObject({ state: 'paused', counts: { done: 1, refused: 1, waiting: 1 } })
  expect(plan.reason?.message).toMatch(/^Stopped at step 2 of 3: /)
  expect(on.posts()).toEqual([createTenant, assignDealer])
  expect(await on.resume(plan.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts()).toEqual([createTenant, assignDealer, assignDealer, assignTrunk])
  expect(await on.created()).toEqual({ dealers: ['dealer1'], numbers: ['3000;12000-12039'] })
})

test('a plan that stopped is resumed after a restart of the app', async () => {
  on = await CustomersHarness.start()
  await on.on.pbx.setFaults({ status: 400, onlyPath: 'POST /providers', times: 1 })
  const { id } = await on.apply()
  on.on = await on.on.restart()
  expect(await on.on.shelf.get(id)).toMatchObject({ state: 'paused', counts: { done: 2, refused: 1 } })
  expect(await on.resume(id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts()).toEqual([createTenant, assignDealer, assignTrunk, assignTrunk])
})

test.each([
  ['the tenant is created', 'POST /tenants', /^\/tenants$/],
  ['the dealer is assigned', 'POST /tenants/', /\/dealers\//],
  ['the numbers are assigned', 'POST /providers', /\/assignees\//],
])('a kill while %s: the next run finds what was done, and sends only the rest', async (_, onlyPath, path) => {
  on = await CustomersHarness.start()
  const { id } = await on.service.preview(on.request())
  await on.on.pbx.setFaults({ holdReplies: true, onlyPath })
  await on.on.plans.apply(id, confirmed)
  await expect.poll(() => on.on.posted(path)).toBe(1)
  on.on = on.on.kill()
  await on.on.pbx.clearFaults()
  await on.on.settlePending(on.on.serverId)
  expect(await on.on.shelf.get(id)).toMatchObject({ state: 'paused', reason: { code: 'cancelled' } })
  expect(await on.resume(id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts()).toEqual([createTenant, assignDealer, assignTrunk])
  expect(await on.created()).toEqual({ dealers: ['dealer1'], numbers: ['3000;12000-12039'] })
})

test('a lost response is settled by reading, and the next step follows', async () => {
  on = await CustomersHarness.start()
  await on.on.pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /tenants', times: 1 })
  expect(await on.apply()).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts()).toEqual([createTenant, assignDealer, assignTrunk])
})

test('a step that stays unknown keeps the steps after it from being sent', async () => {
  on = await CustomersHarness.start()
  await on.on.pbx.setFaults({ ignoresWrites: true, onlyPath: 'POST /tenants', times: 1 })
  const { id, ...plan } = await on.apply()
  expect(plan).toMatchObject({ state: 'paused', counts: { unknown: 1, waiting: 2 } })
  expect(await failureOf(on.on.plans.resume(id, confirmed))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('still unknown') as string,
  })
  expect(on.posts()).toEqual([createTenant])
})

test('clean-up unassigns what the plan assigned and deletes its tenant after the name was typed', async () => {
  on = await CustomersHarness.start()
  await on.on.pbx.setFaults({ status: 400, onlyPath: 'POST /providers', times: 1 })
  const plan = await on.apply()
  const before = on.on.pbx.tenants().length
  await on.on.plans.cancel(plan.id)
  const cleanUp = await on.on.drafts.revert({ plan: plan.id })
  expect(cleanUp).toMatchObject({ steps: 2, ordered: true, guards: [{ kind: 'tenant-loss', word: 'Kunde Neu' }] })
  expect(await failureOf(on.on.plans.apply(cleanUp.id, confirmed))).toMatchObject({ code: 'guarded' })
  await on.on.plans.apply(cleanUp.id, named)
  expect(await on.on.ended(cleanUp.id)).toMatchObject({ state: 'finished', counts: { done: 2 } })
  expect(on.posts().slice(3)).toEqual([`${assignDealer}/destroy`, '/tenants/*/destroy'])
  expect(await on.created()).toBeUndefined()
  expect(on.on.pbx.tenants()).toHaveLength(before - 1)
  // The numbers are not assigned to a tenant that is gone.
  expect(await failureOf(on.on.plans.retry(plan.id, confirmed))).toMatchObject({ code: 'rejected' })
  expect(on.posts()).toHaveLength(5)
})

test('clean-up of a finished plan also removes the numbers, and leaves those of other tenants', async () => {
  on = await CustomersHarness.start()
  const others = on.on.pbx.assignments()
  const plan = await on.apply()
  const cleanUp = await on.on.drafts.revert({ plan: plan.id })
  await on.on.plans.apply(cleanUp.id, named)
  expect(await on.on.ended(cleanUp.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts().slice(3)).toEqual([`${assignTrunk}/destroy`, `${assignDealer}/destroy`, '/tenants/*/destroy'])
  expect(on.on.pbx.assignments()).toEqual(others)
})

test('a clean-up is reverted: the tenant is created again, and what it had is assigned to its new ID', async () => {
  on = await CustomersHarness.start()
  const plan = await on.apply()
  const oldId = on.on.pbx.tenants().find(({ domain }) => domain === 'neu.example')?.id
  const cleanUp = await on.on.drafts.revert({ plan: plan.id })
  expect(cleanUp.title).toBe('Clean up “New customer Kunde Neu on Kunde A”')
  await on.on.plans.apply(cleanUp.id, named)
  await on.on.ended(cleanUp.id)
  const again = await on.on.drafts.revert({ plan: cleanUp.id })
  await on.on.plans.apply(again.id, confirmed)
  expect(await on.on.ended(again.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(on.posts().slice(6)).toEqual([createTenant, assignDealer, assignTrunk])
  expect(await on.created()).toEqual({ dealers: ['dealer1'], numbers: ['3000;12000-12039'] })
  expect(on.on.pbx.tenants().find(({ domain }) => domain === 'neu.example')?.id).not.toBe(oldId)
})

test('what the plan assigned and somebody else changed is not removed', async () => {
  on = await CustomersHarness.start()
  const plan = await on.apply()
  const tenantId = on.on.pbx.tenants().find(({ domain }) => domain === 'neu.example')?.id ?? ''
  await on.on.trunks.update({
    ...{ serverId: on.on.serverId, trunkId: on.trunks.at(-1)?.id ?? '', tenantId, confirmation: confirmed },
    ...{ before: {}, changes: { did_numbers: '3000' } },
  })
  const cleanUp = await on.on.drafts.revert({ plan: plan.id })
  await on.on.plans.apply(cleanUp.id, named)
  expect(await on.on.ended(cleanUp.id)).toMatchObject({ state: 'paused', counts: { conflict: 1, waiting: 2 } })
  expect(await on.created()).toEqual({ dealers: ['dealer1'], numbers: ['3000'] })
})

test('a domain that another tenant has is a conflict in the preview, and nothing is sent', async () => {
  on = await CustomersHarness.start()
  const request = on.request({ tenant: { ...tenantValues, domain: on.on.pbx.tenants()[0]?.domain ?? '' } })
  const preview = await on.service.preview(request)
  expect(await outcomes(preview.id)).toEqual(['conflict', 'waiting', 'waiting'])
  await on.on.plans.apply(preview.id, confirmed)
  expect(await on.on.ended(preview.id)).toMatchObject({ state: 'paused', counts: { conflict: 1, waiting: 2 } })
  expect(on.posts()).toEqual([])
})

test('a domain that is the host of a trunk is refused in the preview', async () => {
  on = await CustomersHarness.start()
  const { id } = await on.service.preview(on.request({ tenant: { ...tenantValues, domain: 'sip.nordkabel.example' } }))
  const [first] = await on.on.rows(id)
  expect(first).toMatchObject({
    outcome: 'refused',
    message: expect.stringContaining('host of the trunk Nordkabel') as string,
  })
})

test('numbers of another tenant of the trunk are a safety check that names it', async () => {
  on = await CustomersHarness.start()
  const [taken] = on.on.pbx.assignments()
  const trunkId = on.trunks.find(({ name }) => name === taken?.trunk)?.id ?? ''
  const number = /\d+/.exec(taken?.numbers ?? '')?.[0] ?? ''
  const preview = await on.service.preview(on.request({ trunk: { trunkId, values: { did_numbers: number } } }))
  expect(preview.guards).toMatchObject([
    { kind: 'number-overlap', message: expect.stringContaining(taken?.tenant ?? '') as string },
  ])
})

test('values that are not valid are refused by field before anything is read', async () => {
  on = await CustomersHarness.start()
  const refused = await failureOf(on.service.preview(on.request({ tenant: { ...tenantValues, name: '' } })))
  expect(refused).toMatchObject({ code: 'rejected', fields: [{ path: 'name' }] })
  const prefixed = { trunkId: on.trunks[0]?.id ?? '', values: { did_numbers: '+4930' } }
  const wrong = await failureOf(on.service.preview(on.request({ trunk: prefixed })))
  expect(wrong).toMatchObject({ code: 'rejected', fields: [{ path: 'did_numbers' }] })
})
