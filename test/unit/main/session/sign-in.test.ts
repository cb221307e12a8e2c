import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords } from '@main/portsip/records'
import { readOverview } from '@main/services/read-overview'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const firstPage = { offset: 0, limit: 10 }

describe('signing in', () => {
  it('uses /auth/sign_in, reports role and version, and lists rules', async () => {
    const { pbx, id } = await harness.add()
    const state = await harness.signIn(id, pbx)
    expect(state).toMatchObject({
      phase: 'signed-in',
      role: 'SystemAdmin',
      username: pbx.username,
      passwordStored: true,
      failures: 0,
      passwordForceReset: false,
    })
    expect(state.version).toMatch(/^22\.2/)
    const page = await listRecords(harness.sessions.reader(id), ipRule, firstPage)
    expect(page.items).toHaveLength(10)
    expect(page.count).toBe(20)
    expect(harness.store.secrets.get(`${id}:password`)).toBe(pbx.password)
    expect(harness.store.secrets.has(`${id}:refresh`)).toBe(true)
  })

  it('keeps limits and expirations of the status, and of a later read', async () => {
    const { pbx, id } = await harness.add()
    const { facts } = await harness.signIn(id, pbx)
    expect(facts).toMatchObject({ users: { limit: 1000 }, calls: { used: 37, limit: 400 }, tenants: {} })
    expect(Date.parse(facts?.maintenanceExpiresAt ?? '')).toBeGreaterThan(Date.now())
    const overview = await readOverview(harness.sessions.reader(id), { role: 'SystemAdmin' })
    harness.sessions.noteOverview(id, { ...overview, readAt: '2026-11-24T12:00:00.000Z' })
    expect(harness.states.at(-1)?.facts).toMatchObject({ readAt: '2026-11-24T12:00:00.000Z', calls: { limit: 400 } })
    await harness.sessions.signOut(id)
    expect(harness.sessions.state(id).facts).toBeUndefined()
  })

  it('reports that the password must be changed', async () => {
    const { pbx, id } = await harness.add({ passwordForceReset: true })
    expect(await harness.signIn(id, pbx)).toMatchObject({ passwordForceReset: true })
  })

  it.each([
    [{ status: 500, onlyPath: 'GET /auth/user' }, { role: 'SystemAdmin' }],
    [{ status: 500, onlyPath: 'GET /admin/status' }, { role: 'SystemAdmin' }],
    [{ wrongTypes: true, onlyPath: 'GET /admin/status' }, { role: 'SystemAdmin' }],
    [
      { wrongTypes: true, onlyPath: 'GET /auth/user' },
      { role: 'SystemAdmin', passwordForceReset: false },
    ],
    [{ brokenJson: true, onlyPath: 'GET /auth/user' }, { role: 'SystemAdmin' }],
    [{ wrongContentType: true, onlyPath: 'GET /' }, {}],
    [{ dropAfterReceive: true, onlyPath: 'GET /' }, { unreachable: { error: { code: 'offline' } } }],
  ] as const)('requires neither role nor version: %o', async (faults, known) => {
    const { pbx, id } = await harness.add()
    await pbx.setFaults(faults)
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in', ...known })
  })

  it('does not treat a status that is refused to an unknown role as a required password change', async () => {
    const { pbx, id } = await harness.add()
    const { username = '' } = pbx.accounts.find(({ role }) => role === 'Dealer') ?? {}
    await pbx.setFaults({ wrongTypes: true, onlyPath: 'GET /auth/user' })
    const state = await harness.signIn(id, pbx, { username })
    expect(state).toMatchObject({ phase: 'signed-in', passwordForceReset: false })
  })

  it('stores nothing if the password is not to be remembered', async () => {
    const { pbx, id } = await harness.add()
    expect(await harness.signIn(id, pbx, { remember: false })).toMatchObject({
      phase: 'signed-in',
      passwordStored: false,
    })
    expect(harness.store.secrets.size).toBe(0)
  })

  it.each(['Dealer', 'Admin'] as const)('works for the role %s', async (role) => {
    const { pbx, id } = await harness.add()
    const account = pbx.accounts.find((candidate) => candidate.role === role)
    const state = await harness.signIn(id, pbx, { username: account?.username ?? '', domain: account?.domain ?? '' })
    expect(state).toMatchObject({ phase: 'signed-in', role })
  })

  it('uses /login/oauth/token if /auth is missing, and signs out there', async () => {
    const { pbx, id } = await harness.add({ version: '22.0' })
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in', role: 'SystemAdmin' })
    await pbx.setFaults({ expireTokens: true })
    await listRecords(harness.sessions.reader(id), ipRule, firstPage)
    await harness.sessions.signOut(id)
    expect(sentTo(pbx).filter((line) => line.includes('/login/oauth/'))).toEqual([
      'POST /login/oauth/token 200',
      'POST /login/oauth/token 200',
      'POST /login/oauth/revoke 200',
    ])
  })

  it('reports an unknown domain without counting it as a refusal', async () => {
    const { pbx, id } = await harness.add()
    const state = await harness.signIn(id, pbx, { domain: 'nobody.example' })
    expect(state).toMatchObject({ phase: 'needs-password', failures: 0, error: { code: 'not-found' } })
    expect(state.error?.message).toContain('domain')
  })
})

describe('the second step', () => {
  it('sends a code and signs in with it', async () => {
    const { pbx, id } = await harness.add({ version: '22.6', otp: true })
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'needs-otp', username: pbx.username })
    await harness.sessions.resendOtp(id)
    expect(await harness.sessions.verifyOtp(id, pbx.otpCode())).toMatchObject({ phase: 'signed-in', failures: 0 })
    expect(harness.store.secrets.get(`${id}:password`)).toBe(pbx.password)
  })

  it('is remembered, so that a start of the app sends no code, until the PBX asks for none', async () => {
    const { pbx, id } = await harness.add({ otp: true })
    await harness.signIn(id, pbx)
    expect(harness.get(id).codeRequired).toBe(true)
    const plain = await harness.add()
    await harness.signIn(plain.id, plain.pbx)
    expect(harness.get(plain.id).codeRequired).toBeUndefined()
    harness.patch(plain.id, { codeRequired: true })
    await harness.sessions.signOut(plain.id)
    await harness.signIn(plain.id, plain.pbx)
    expect(harness.get(plain.id).codeRequired).toBe(false)
  })

  it('remains at a wrong code, the third as well, counts it, and then requires the risk to be confirmed', async () => {
    const { pbx, id } = await harness.add({ otp: true })
    await harness.signIn(id, pbx)
    expect(await harness.sessions.verifyOtp(id, 'wrong')).toMatchObject({
      phase: 'needs-otp',
      failures: 1,
      error: { code: 'refused', message: 'The code is wrong or expired' },
    })
    await harness.sessions.verifyOtp(id, 'wrong')
    const third = await harness.sessions.verifyOtp(id, 'wrong')
    expect(third).toMatchObject({ phase: 'needs-otp', failures: 3, error: { message: 'The code is wrong or expired' } })
    expect(JSON.stringify(third.error)).not.toContain('password')
    const sent = sentTo(pbx).length
    const code = pbx.otpCode()
    expect(await failureOf(harness.sessions.verifyOtp(id, code))).toMatchObject({ code: 'confirmation-required' })
    expect(sentTo(pbx)).toHaveLength(sent)
    expect(await harness.sessions.verifyOtp(id, code, true)).toMatchObject({ phase: 'signed-in', failures: 0 })
    expect(await failureOf(harness.sessions.verifyOtp(id, '1'))).toMatchObject({ code: 'signed-out' })
  })

  it('says when the last code was sent, and that no more are sent once its sign-in has ended', async () => {
    const { pbx, id } = await harness.add({ otp: true })
    const first = await harness.signIn(id, pbx)
    const wrong = await harness.sessions.verifyOtp(id, 'wrong')
    expect(wrong.codeSentAt).toBe(first.codeSentAt)
    const again = await harness.sessions.resendOtp(id)
    expect(Date.parse(again.codeSentAt ?? '')).toBeGreaterThan(Date.parse(first.codeSentAt ?? ''))
    await pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /auth/send_otp' })
    expect(await failureOf(harness.sessions.resendOtp(id))).toMatchObject({ code: 'offline' })
    await pbx.clearFaults()
    // The email may have been sent, so the next one waits, too.
    const lost = harness.states.at(-1)?.codeSentAt ?? ''
    expect(Date.parse(lost)).toBeGreaterThan(Date.parse(again.codeSentAt ?? ''))
    pbx.dropSessions()
    expect(await failureOf(harness.sessions.resendOtp(id))).toMatchObject({
      message: 'The PBX sends no more codes for this sign-in',
    })
    expect(harness.sessions.state(id)).toMatchObject({ phase: 'needs-otp', failures: 1 })
  })
})

describe('a refused password', () => {
  it('is reported, and the stored one is never sent again automatically', async () => {
    const { pbx, id } = await harness.add()
    await harness.sessions.remember(id, 'wrong-password')
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'needs-password', failures: 1 })
    const state = await harness.sessions.connect(id)
    expect(state).toMatchObject({ phase: 'needs-password', error: { code: 'refused' }, passwordStored: true })
    const { serverId, username } = { serverId: id, username: pbx.username }
    const args = { serverId, username, domain: '', remember: true, confirmRisk: true }
    expect(await failureOf(harness.sessions.signIn(args))).toMatchObject({ code: 'refused' })
    expect(sentTo(pbx).filter((line) => line.startsWith('POST /auth/sign_in'))).toHaveLength(1)
    expect(harness.store.secrets.get(`${id}:password`)).toBe('wrong-password')
  })

  it('requires a confirmation from the fourth attempt on, and success resets the count', async () => {
    const { pbx, id } = await harness.add()
    for (const failures of [1, 2, 3]) {
      expect(await harness.signIn(id, pbx, { password: 'wrong' })).toMatchObject({
        failures,
        error: { code: 'refused' },
      })
    }
    expect(await failureOf(harness.signIn(id, pbx))).toMatchObject({ code: 'confirmation-required' })
    expect(await harness.signIn(id, pbx, { confirmRisk: true })).toMatchObject({ phase: 'signed-in', failures: 0 })
  })

  it('ends in a block that is shown with its time, and nothing is sent until then', async () => {
    const { pbx, id } = await harness.add({ lockOutAfter: 1, lockOutSeconds: 600 })
    await harness.signIn(id, pbx, { password: 'wrong' })
    await harness.signIn(id, pbx, { password: 'wrong' })
    const state = await harness.signIn(id, pbx)
    expect(state).toMatchObject({ phase: 'denied', error: { code: 'denied' } })
    expect(Date.parse(state.deniedUntil ?? '') - Date.now()).toBeGreaterThan(590_000)
    const before = pbx.requests.length
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'denied' })
    expect(() => harness.sessions.reader(id)).toThrow(/blocked/)
    expect(pbx.requests).toHaveLength(before)
  })

  it('counts by address', async () => {
    const { pbx, id } = await harness.add()
    harness.patch(id, { secondAddress: pbx.url.replace('127.0.0.1', 'localhost') })
    await harness.signIn(id, pbx, { password: 'wrong' })
    expect(await harness.sessions.useAddress(id, 'second')).toMatchObject({ address: 'second', failures: 0 })
    expect(await harness.sessions.useAddress(id, 'first')).toMatchObject({ address: 'first', failures: 1 })
  })
})
