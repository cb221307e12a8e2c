import { afterEach, beforeEach, expect, test } from 'vitest'
import { ImpersonationService } from '@main/services/tenants/impersonation'
import { listRecords } from '@main/portsip/records'
import { tenant } from '@shared/resources/tenant'
import { noWaiting } from '@test/fakes/timing'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
let tenantView: ImpersonationService
beforeEach(() => {
  harness = new Harness()
  tenantView = new ImpersonationService({
    beside: (id, password) => harness.sessions.openSecond(id, password),
    writer: harness.writer,
    timing: noWaiting,
  })
})
afterEach(() => harness.close())

const confirmed = { acknowledged: true, typedName: '', override: '' }
const rows = (id: string) => listRecords(harness.sessions.reader(id), tenant, { offset: 0, limit: 10 })

async function signedIn(options = {}, args = {}) {
  const { pbx, id } = await harness.add(options)
  await harness.signIn(id, pbx, args)
  const { items } = await rows(id)
  return { pbx, id, tenantId: items[1]?.id ?? '' }
}

test('viewing as a tenant switches a second session and leaves the main one unchanged', async () => {
  const { pbx, id, tenantId } = await signedIn()
  const view = await tenantView.start(id, tenantId, undefined)
  expect(view).toMatchObject({ role: 'Admin', tenant: { domain: 'tenant2.example' } })
  expect((await rows(id)).count).toBe(2)
  expect(sentTo(pbx).filter((line) => line.includes('sign_in'))).toHaveLength(2)

  await tenantView.back(id)
  expect(sentTo(pbx).slice(-2)).toEqual(['POST /tenants/switch 200', 'POST /auth/sign_out 200'])
  expect((await rows(id)).count).toBe(2)
  expect(harness.sessions.state(id).phase).toBe('signed-in')
})

test.each(['22.0', '22.1'] as const)('on %s, which has no /auth/user, a tenant is viewed, too', async (version) => {
  const { id, tenantId } = await signedIn({ version })
  expect(await tenantView.start(id, tenantId, undefined)).toMatchObject({
    role: 'Admin',
    tenant: { domain: 'tenant2.example' },
  })
})

test('secrets of the tenant’s own record do not cross', async () => {
  const { id } = await signedIn()
  const first = (await rows(id)).items[0]?.id ?? ''
  const view = await tenantView.start(id, first, undefined)
  expect(JSON.stringify(view)).not.toMatch(/collectorpass7|bearer-token/)
  expect(view.tenant).toMatchObject({ cdr_event: { username: 'collector' } })
})

test('a tenant is renamed through its own administrator, and protection applies there, too', async () => {
  const { id, tenantId } = await signedIn()
  await tenantView.start(id, tenantId, undefined)
  expect((await tenantView.rename(id, 'Kunde Neu', confirmed)).tenant['name']).toBe('Kunde Neu')
  harness.patch(id, { protection: 'read-only' })
  expect((await failureOf(tenantView.rename(id, 'Anders', confirmed))).code).toBe('read-only')
})

test('without a stored password it must be typed, and a refused one is tried once', async () => {
  const { pbx, id, tenantId } = await signedIn({}, { remember: false })
  expect(await failureOf(tenantView.start(id, tenantId, undefined))).toMatchObject({ fields: [{ path: 'password' }] })
  expect((await failureOf(tenantView.start(id, tenantId, 'wrong'))).code).toBe('refused')
  expect(harness.sessions.state(id).failures).toBe(1)
  const tries = () => sentTo(pbx).filter((line) => line.startsWith('POST /auth/sign_in')).length
  expect(tries()).toBe(2)
  expect((await tenantView.start(id, tenantId, pbx.password)).role).toBe('Admin')
})

test('after three refusals nothing more is sent', async () => {
  const { pbx, id, tenantId } = await signedIn({}, { remember: false })
  for (const password of ['a', 'b', 'c']) await failureOf(tenantView.start(id, tenantId, password))
  const before = pbx.requests.length
  expect((await failureOf(tenantView.start(id, tenantId, pbx.password))).code).toBe('confirmation-required')
  expect(pbx.requests.length).toBe(before)
})

test('a refused switch ends the second session', async () => {
  const { pbx, id } = await signedIn()
  expect((await failureOf(tenantView.start(id, 'none', undefined))).code).toBe('not-found')
  expect(sentTo(pbx).at(-1)).toBe('POST /auth/sign_out 200')
})

test('if the PBX requires a code, there is no second session', async () => {
  const { pbx, id } = await harness.add({ otp: true })
  await harness.signIn(id, pbx)
  await harness.sessions.verifyOtp(id, pbx.otpCode())
  expect((await failureOf(tenantView.start(id, 'any', undefined))).message).toContain(
    'a verification code for each sign-in',
  )
})

test('it ends with the main session: nothing more is sent with its token', async () => {
  const { pbx, id, tenantId } = await signedIn()
  await tenantView.start(id, tenantId, undefined)
  await harness.sessions.signOut(id)
  const before = pbx.requests.length
  expect((await failureOf(tenantView.rename(id, 'Anders', confirmed))).code).toBe('signed-out')
  expect(pbx.requests.length).toBe(before)
})

test('a tenant view that is abandoned while it starts is switched back and signed out', async () => {
  const { pbx, id, tenantId } = await signedIn()
  await pbx.setFaults({ holdReplies: true })
  const opening = failureOf(tenantView.start(id, tenantId, undefined))
  await expect.poll(() => sentTo(pbx).filter((line) => line.startsWith('POST /auth/sign_in'))).toHaveLength(2)
  await tenantView.back(id)
  await pbx.setFaults({ holdReplies: false })
  expect((await opening).code).toBe('cancelled')
  expect(sentTo(pbx).at(-1)).toBe('POST /auth/sign_out 200')
})

test('only one tenant view is opened at a time', async () => {
  const { pbx, id, tenantId } = await signedIn()
  const first = tenantView.start(id, tenantId, undefined)
  expect((await failureOf(tenantView.start(id, tenantId, undefined))).code).toBe('rejected')
  expect((await first).role).toBe('Admin')
  expect(sentTo(pbx).filter((line) => line.startsWith('POST /auth/sign_in'))).toHaveLength(2)
})

const heldRename = async () => {
  const { pbx, id, tenantId } = await signedIn()
  await tenantView.start(id, tenantId, undefined)
  await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /tenant', times: 1 })
  const renaming = tenantView.rename(id, 'Kunde Neu', confirmed)
  await expect
    .poll(() => pbx.requests.filter(({ path, method }) => method === 'POST' && path === '/tenant'))
    .toHaveLength(1)
  return { pbx, id, renaming }
}

test('the view ends after a running change was read back', async () => {
  const { pbx, id, renaming } = await heldRename()
  const ended = tenantView.back(id)
  await pbx.setFaults({ holdReplies: false })
  expect((await renaming).tenant['name']).toBe('Kunde Neu')
  await ended
  expect(sentTo(pbx).slice(-2)).toEqual(['POST /tenants/switch 200', 'POST /auth/sign_out 200'])
})

test('a page that is reloaded ends its view', async () => {
  const { pbx, id, tenantId } = await signedIn()
  await tenantView.start(id, tenantId, undefined)
  await tenantView.pageGone()
  expect(sentTo(pbx).slice(-2)).toEqual(['POST /tenants/switch 200', 'POST /auth/sign_out 200'])
  expect((await failureOf(tenantView.rename(id, 'Anders', confirmed))).code).toBe('signed-out')
})

test('the end of the app ends the view, also one that is being opened or whose change is not answered', async () => {
  const { pbx, id, renaming } = await heldRename()
  const failure = failureOf(renaming)
  await tenantView.stop()
  expect(sentTo(pbx).slice(-2)).toEqual(['POST /tenants/switch 200', 'POST /auth/sign_out 200'])
  await pbx.setFaults({ holdReplies: false })
  expect((await failure).code).toBe('unknown-outcome')

  const { items } = await rows(id)
  const opening = failureOf(tenantView.start(id, items[1]?.id ?? '', undefined))
  await tenantView.stop()
  expect((await opening).code).toBe('cancelled')
  expect(sentTo(pbx).at(-1)).toBe('POST /auth/sign_out 200')
})
