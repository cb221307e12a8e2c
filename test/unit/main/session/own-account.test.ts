import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Confirmation } from '@shared/domain/write'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords } from '@main/portsip/records'
import { AccountService } from '@main/services/account-service'
import { failureOf, Harness, sentTo } from './harness'

const confirmation: Confirmation = { acknowledged: true, typedName: '', override: '' }
const oldPassword = 'Practice-Pbx-7'
const newPassword = 'Other-Word-58'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const service = (): AccountService =>
  new AccountService({
    sessions: harness.sessions,
    servers: harness.servers,
    writer: harness.writer,
  })

async function signedIn(options: Parameters<Harness['add']>[0] = {}, username = 'admin') {
  const { pbx, id } = await harness.add(options, { username })
  await harness.signIn(id, pbx, { username })
  return { pbx, id, account: service(), dealerChange: () => harness.store.secrets.get(`${id}:password`) }
}

const changes = (pbx: Parameters<typeof sentTo>[0]) => sentTo(pbx).filter((line) => /username|password/.test(line))
const signIns = (pbx: Parameters<typeof sentTo>[0]) => sentTo(pbx).filter((line) => /sign_in|oauth/.test(line)).length

it.each([
  ['22.0', 'admin', '/admin'],
  ['22.2', 'admin', '/admin'],
  ['22.6', 'admin', '/admin/user'],
  ['22.6', 'dealer1', '/dealer'],
] as const)(
  '%s, %s: username and password are sent to %s, and stored in keychain and workspace',
  async (version, username, path) => {
    const { pbx, id, account, dealerChange: kept } = await signedIn({ version, passwordForceReset: true }, username)
    expect(harness.sessions.state(id).passwordForceReset).toBe(true)
    expect(await failureOf(account.changeName({ serverId: id, name: 'north.wind', confirmation }))).toMatchObject({
      code: 'forbidden',
    })
    expect(await account.changePassword({ serverId: id, oldPassword, newPassword, confirmation })).toEqual({})
    expect(await account.changeName({ serverId: id, name: 'north.wind', confirmation })).toEqual({})
    expect(changes(pbx).filter((line) => line.endsWith(' 200'))).toEqual([
      `POST ${path}/password 200`,
      `POST ${path}/username 200`,
    ])
    expect(harness.sessions.state(id)).toMatchObject({
      phase: 'signed-in',
      username: 'north.wind',
      passwordStored: true,
    })
    expect(harness.sessions.state(id).passwordForceReset).toBe(false)
    expect([harness.get(id).username, kept()]).toEqual(['north.wind', newPassword])

    const next = harness.restart()
    harness.store.secrets.delete(`${id}:refresh`)
    expect(await next.connect(id)).toMatchObject({ phase: 'signed-in', username: 'north.wind' })
  },
)

it.each([
  ['22.0', 'SystemAdmin', false],
  ['22.2', 'SystemAdmin', false],
  ['22.6', 'SystemAdmin', true],
  ['22.2', 'SystemAdmin', true],
  ['22.2', 'Dealer', false],
  ['22.6', 'Dealer', true],
  ['22.2', 'Admin', false],
] as const)(
  '%s, %s, a code %s: a password that must be changed can be changed, while everything else is refused',
  async (version, role, otp) => {
    const { pbx, id } = await harness.add({ version, otp, passwordForceReset: true })
    const { username = '', domain = '' } = pbx.accounts.find((account) => account.role === role) ?? {}
    const entered = await harness.signIn(id, pbx, { username, domain })
    if (otp) expect(entered.phase).toBe('needs-otp')
    if (otp) await harness.sessions.verifyOtp(id, pbx.otpCode())
    expect(harness.sessions.state(id)).toMatchObject({
      phase: 'signed-in',
      role,
      passwordForceReset: true,
    })
    expect(harness.sessions.state(id).version).toBeUndefined()
    expect(await service().changePassword({ serverId: id, oldPassword, newPassword, confirmation })).toEqual({})
    const state = harness.sessions.state(id)
    expect(state).toMatchObject({ phase: 'signed-in', role, passwordForceReset: false, passwordStored: true })
    // Role and version are read again now that the PBX replies.
    expect(state.version).toMatch(new RegExp(`^${version.replace('.', '[.]')}`))
    expect(harness.store.secrets.get(`${id}:password`)).toBe(newPassword)
  },
)

it.each([
  ['22.2', ['POST /admin/user/password 404', 'POST /admin/password 200']],
  ['22.6', ['POST /admin/user/password 200']],
] as const)('%s without a version: the newer path is tried first, the older one on 404', async (version, sent) => {
  const { pbx, id } = await harness.add({ version, passwordForceReset: true })
  await harness.signIn(id, pbx)
  await service().changePassword({ serverId: id, oldPassword, newPassword, confirmation })
  expect(changes(pbx)).toEqual(sent)
})

it.each(['SystemAdmin', 'Dealer'] as const)('%s: works with an unknown role', async (role) => {
  const { pbx, id } = await harness.add({ version: '22.2', passwordForceReset: true })
  const { username = '' } = pbx.accounts.find((one) => one.role === role) ?? {}
  await pbx.setFaults({ status: 403, onlyPath: 'GET /' })
  await harness.signIn(id, pbx, { username })
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in', passwordForceReset: true })
  expect(harness.sessions.state(id).role).toBeUndefined()
  const changing = service().changePassword({ serverId: id, oldPassword, newPassword, confirmation })
  await pbx.clearFaults()
  await changing
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in', role, passwordForceReset: false })
})

it('if the PBX ends the session with the old password, the app signs in with the new one', async () => {
  const { pbx, id } = await harness.add({ passwordForceReset: true })
  await harness.signIn(id, pbx)
  await pbx.setFaults({ status: 401, onlyPath: 'GET /auth/user', times: 1 })
  await service().changePassword({ serverId: id, oldPassword, newPassword, confirmation })
  expect(harness.sessions.state(id)).toMatchObject({
    phase: 'signed-in',
    role: 'SystemAdmin',
    passwordForceReset: false,
  })
  expect(signIns(pbx)).toBe(2)
})

it('this session continues, others with the old password end', async () => {
  const { pbx, id, account } = await signedIn()
  const other = harness.restart()
  await other.signIn({
    serverId: id,
    username: 'admin',
    password: oldPassword,
    domain: '',
    remember: false,
    confirmRisk: false,
  })
  await account.changePassword({ serverId: id, oldPassword, newPassword, confirmation })
  await listRecords(harness.sessions.reader(id), ipRule, { offset: 0, limit: 1 })
  expect(await failureOf(listRecords(other.reader(id), ipRule, { offset: 0, limit: 1 }))).toMatchObject({
    code: 'signed-out',
  })
  expect(pbx.accounts[0]?.password).toBe(newPassword)
})

it('an invalid password is not sent; a wrong old one is an error of its field', async () => {
  const { pbx, id, account, dealerChange: kept } = await signedIn({}, 'dealer1')
  const short = account.changePassword({ serverId: id, oldPassword, newPassword: 'dealer1-X9', confirmation })
  expect(await failureOf(short)).toMatchObject({ code: 'rejected', fields: [{ path: 'newPassword' }] })
  expect(await failureOf(account.changeName({ serverId: id, name: 'Root', confirmation }))).toMatchObject({
    fields: [{ path: 'name', message: 'Root is reserved' }],
  })
  const unconfirmed = { ...confirmation, acknowledged: false }
  expect(
    await failureOf(account.changePassword({ serverId: id, oldPassword, newPassword, confirmation: unconfirmed })),
  ).toMatchObject({ code: 'confirmation-required' })
  expect(changes(pbx)).toEqual([])
  const wrong = account.changePassword({ serverId: id, oldPassword: 'wrong', newPassword, confirmation })
  expect(await failureOf(wrong)).toMatchObject({ code: 'rejected', fields: [{ path: 'oldPassword' }] })
  expect([kept(), harness.sessions.state(id).phase]).toEqual([oldPassword, 'signed-in'])
})

it('a keychain that cannot store the new password is reported, and the password is kept for this run', async () => {
  const { id, account, dealerChange: kept } = await signedIn()
  harness.store.broken = true
  const { problem } = await account.changePassword({ serverId: id, oldPassword, newPassword, confirmation })
  expect(problem).toContain('kept until the app is closed')
  await harness.sessions.signOut(id)
  expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'signed-in' })
  harness.store.broken = false
  expect(kept()).toBe(oldPassword)
})

/** There is no response to the change, whether it was made or not. */
const lose = (path: string, made: boolean) =>
  ({ dropAfterReceive: true, status: made ? 0 : 500, onlyPath: `POST ${path}`, times: 1 }) as const

it('without a response nothing is tried automatically, and each manual attempt is counted', async () => {
  const { pbx, id, account, dealerChange: kept } = await signedIn()
  await pbx.setFaults(lose('/admin/password', true))
  const change = account.changePassword({ serverId: id, oldPassword, newPassword, confirmation })
  expect(await failureOf(change)).toMatchObject({ code: 'unknown-outcome' })
  const unconfirmed = { what: 'password', refused: [], names: { old: 'admin', new: 'admin' } }
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in', passwordStored: false, unconfirmed })
  expect([kept(), signIns(pbx)]).toEqual([undefined, 1])
  const name = account.changeName({ serverId: id, name: 'other', confirmation })
  expect(await failureOf(name)).toMatchObject({ code: 'conflict' })

  const settle = (candidate: 'old' | 'new') => account.settle({ serverId: id, candidate, confirmRisk: false })
  expect(await failureOf(settle('old'))).toMatchObject({ code: 'refused' })
  expect(harness.sessions.state(id)).toMatchObject({
    phase: 'signed-in',
    failures: 1,
    unconfirmed: { refused: ['old'] },
  })
  expect(await failureOf(settle('old'))).toMatchObject({ code: 'refused' })
  expect(signIns(pbx)).toBe(2)
  await settle('new')
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in', failures: 0, passwordStored: true })
  expect(harness.sessions.state(id).unconfirmed).toBeUndefined()
  expect([kept(), signIns(pbx)]).toEqual([newPassword, 3])
  expect(JSON.stringify([harness.states, harness.log])).not.toMatch(/Other-Word|Practice-Pbx/)
})

it('a session that ends meanwhile is not resumed automatically; the old password may be tried', async () => {
  const { pbx, id, account, dealerChange: kept } = await signedIn()
  await pbx.setFaults(lose('/admin/password', false))
  await failureOf(account.changePassword({ serverId: id, oldPassword, newPassword, confirmation }))
  await harness.sessions.signOut(id)
  expect(await harness.sessions.connect(id)).toMatchObject({
    phase: 'needs-password',
    error: { code: 'unknown-outcome' },
    unconfirmed: { what: 'password' },
  })
  expect(signIns(pbx)).toBe(1)
  await account.settle({ serverId: id, candidate: 'old', confirmRisk: false })
  expect(harness.sessions.state(id).phase).toBe('signed-in')
  expect(kept()).toBe(oldPassword)
})

it('without a response the username of a dealer is read back; that of an administrator is tried', async () => {
  const dealer = await signedIn({}, 'dealer1')
  await dealer.pbx.setFaults(lose('/dealer/username', true))
  expect(await dealer.account.changeName({ serverId: dealer.id, name: 'west', confirmation })).toEqual({})
  await dealer.pbx.setFaults(lose('/dealer/username', false))
  const kept = dealer.account.changeName({ serverId: dealer.id, name: 'east', confirmation })
  expect((await failureOf(kept)).message).toContain('was not changed')
  expect(harness.sessions.state(dealer.id)).toMatchObject({ username: 'west' })
  expect(harness.sessions.state(dealer.id).unconfirmed).toBeUndefined()

  const admin = await signedIn()
  await admin.pbx.setFaults(lose('/admin/username', true))
  const change = admin.account.changeName({ serverId: admin.id, name: 'west', confirmation })
  expect(await failureOf(change)).toMatchObject({ code: 'unknown-outcome' })
  await admin.account.settle({ serverId: admin.id, candidate: 'new', confirmRisk: false })
  expect(harness.sessions.state(admin.id)).toMatchObject({ phase: 'signed-in', username: 'west' })
  expect([harness.get(admin.id).username, admin.dealerChange()]).toEqual(['west', oldPassword])
})

it('if neither is valid, a sign-in settles the credentials', async () => {
  const { pbx, id, account } = await signedIn()
  await pbx.setFaults(lose('/admin/password', true))
  await failureOf(account.changePassword({ serverId: id, oldPassword, newPassword, confirmation }))
  const administrator = pbx.accounts[0]
  if (administrator) administrator.password = 'Third-Word-58'
  for (const candidate of ['old', 'new'] as const)
    expect(await failureOf(account.settle({ serverId: id, candidate, confirmRisk: false }))).toMatchObject({
      code: 'refused',
    })
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in', unconfirmed: { refused: ['old', 'new'] } })
  await harness.signIn(id, pbx, { password: 'Third-Word-58' })
  expect(harness.sessions.state(id).unconfirmed).toBeUndefined()
})

it('only administrators and dealers can change their username here', async () => {
  const { pbx, id } = await harness.add({}, { domain: 'tenant1.example' })
  await harness.signIn(id, pbx, { domain: 'tenant1.example' })
  expect(await failureOf(service().changeName({ serverId: id, name: 'x', confirmation }))).toMatchObject({
    code: 'forbidden',
  })
})
