import { afterEach, expect, test } from 'vitest'
import { handoverName, handoverText } from '@main/services/customers/handover'
import { dealerUse } from '@main/services/customers/dealer-use'
import { failureOf } from '../session/harness'
import { CustomersHarness, tenantValues } from './harness'

let on: CustomersHarness
afterEach(() => on.close())

const sheetOf = async (planId: string) => (await on.service.handover(planId)).lines

test('the sheet has what the customer needs, and the tenant ID that the server gave', async () => {
  on = await CustomersHarness.start()
  const { id } = await on.apply()
  const lines = new Map((await sheetOf(id)).map(({ label, text }) => [label, text]))
  expect(Object.fromEntries(lines)).toMatchObject({
    ...{ Server: 'Kunde A', 'Server address': on.on.pbx.url, Tenant: 'Kunde Neu' },
    ...{ 'SIP domain': 'neu.example', Trunk: 'Lab', Numbers: '41: 3000, 12000-12039' },
    // What a person calls the dealer, the country and the time.
    Dealer: expect.stringMatching(/^\S.* \(dealer1\)$/) as string,
    Country: expect.stringMatching(/^[A-Z][a-z]+ \([A-Z]{3}\)$/) as string,
    Created: expect.not.stringMatching(/T.*Z$/) as string,
    'Time zone': expect.stringContaining('Vienna') as string,
  })
  expect(lines.get('Tenant ID')).toBe(on.on.pbx.tenants().find(({ domain }) => domain === 'neu.example')?.id)
})

test('what was not done is marked', async () => {
  on = await CustomersHarness.start()
  await on.on.pbx.setFaults({ status: 400, onlyPath: 'POST /providers', times: 1 })
  const { id } = await on.apply()
  expect(await sheetOf(id)).toContainEqual({ label: 'Trunk', text: 'Not done: Lab' })
})

test('secrets of the tenant are in no sheet and no plan, and are sent to the server', async () => {
  on = await CustomersHarness.start()
  const secret = 'planted0123456789'
  const cdr = { 'cdr_event.enabled': true, 'cdr_event.url': 'https://cdr.example', 'cdr_event.auth': 'BASIC' }
  const values = { ...tenantValues, ...cdr, 'cdr_event.username': 'cdruser', 'cdr_event.password': secret }
  const plan = await on.apply(on.request({ tenant: values }))
  expect(plan).toMatchObject({ state: 'finished' })
  const lines = await sheetOf(plan.id)
  expect(handoverText('sheet.html', 'Handover', lines)).not.toContain(secret)
  expect(JSON.stringify(await on.on.store.read(plan.id))).not.toContain(secret)
  const sent = on.on.pbx.requests.find(({ method, path }) => method === 'POST' && path === '/tenants')
  expect(JSON.stringify(sent?.body)).toContain(secret)
})

test('a file of the sheet runs nothing: formulas in a spreadsheet, markup in a browser', async () => {
  on = await CustomersHarness.start()
  const lines = [{ label: 'Tenant', text: '=HYPERLINK("https://evil.example")' }]
  expect(handoverText('a.CSV', 'Handover', lines)).toContain(`"'=HYPERLINK`)
  const html = handoverText('a.html', 'Handover: <img src=x onerror=alert(1)>', lines)
  expect(html).not.toContain('<img')
  expect(html).toContain("default-src 'none'")
  expect(handoverName('Kunde ../../etc')).not.toContain('/')
})

test('a customer that was cleaned up is not handed over', async () => {
  on = await CustomersHarness.start()
  const { id } = await on.apply()
  const cleanUp = await on.on.drafts.revert({ plan: id })
  await on.on.plans.apply(cleanUp.id, { acknowledged: true, typedName: '', override: 'Kunde Neu' })
  await on.on.ended(cleanUp.id)
  expect(await failureOf(sheetOf(id))).toMatchObject({
    code: 'rejected',
    message: expect.stringContaining('cleaned up') as string,
  })
})

test('another plan has no sheet', async () => {
  on = await CustomersHarness.start()
  const { id } = await on.on.delete(on.on.deny(2))
  expect(await failureOf(sheetOf(id))).toMatchObject({ code: 'rejected' })
})

test('tenants of a dealer are counted, unless there are too many', async () => {
  on = await CustomersHarness.start({ tenants: 101 })
  const dealerId = on.dealers[0]?.id ?? ''
  expect(await dealerUse(on.reader, dealerId, false)).toEqual({ tenants: 101 })
  const counted = await dealerUse(on.reader, dealerId, true)
  await on.apply()
  expect((await dealerUse(on.reader, dealerId, true)).used).toBe((counted.used ?? 0) + 1)
})

test('tenants of a dealer are not counted in a list that is not complete', async () => {
  on = await CustomersHarness.start({ tenants: 5 })
  await on.on.pbx.setFaults({ hiddenRow: 2, onlyPath: 'GET /tenants' })
  const counting = dealerUse(on.reader, on.dealers[0]?.id ?? '', true)
  expect(await failureOf(counting)).toMatchObject({ message: 'GET /tenants returned 4 of 5 rows' })
})
