import { afterEach, expect, it } from 'vitest'
import { oauthClientId } from '@shared/domain/session'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { call, codeOf, signIn, type Tokens } from './client'

const running: PracticePbx[] = []
afterEach(() => Promise.all(running.splice(0).map((pbx) => pbx.close())))

const start = async (options: PracticeOptions): Promise<PracticePbx> => {
  const pbx = await startPracticePbx({ rules: 5, tenants: 9, dealers: 6, ...options })
  running.push(pbx)
  return pbx
}

/** The token of the account with this name. */
async function tokenOf(pbx: PracticePbx, name: string): Promise<string> {
  const { username = '', password = '', domain } = pbx.accounts.find((one) => one.username === name) ?? {}
  const body = { username, password, ...(domain !== undefined && { domain }) }
  return (await call(pbx, 'POST /auth/sign_in', { body })).json<Tokens>().access_token
}

const namesIn = async (pbx: PracticePbx, path: string, token: string): Promise<readonly string[]> => {
  const { items } = (await call(pbx, `GET ${path}`, { token })).json<{ items: { name: string; domain?: string }[] }>()
  return items.map(({ name, domain }) => domain ?? name)
}

/** Gives a dealer of the list an account. */
async function dealerToken(pbx: PracticePbx, name: string): Promise<string> {
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, 'GET /dealers', { token })).json<{ items: { id: string; name: string }[] }>()
  const id = items.find((row) => row.name === name)?.id ?? ''
  await call(pbx, `POST /dealers/${id}/password`, { token, body: { password: 'Other-Word-67' } })
  return tokenOf(pbx, name)
}

it('shows each dealer its own tenants and the dealers below', async () => {
  const pbx = await start({})
  const first = await tokenOf(pbx, 'dealer1')
  expect(await namesIn(pbx, '/tenants', first)).toEqual(['tenant1.example', 'tenant4.example', 'tenant7.example'])
  expect(await namesIn(pbx, '/dealers', first)).toEqual(['dealer2', 'dealer3', 'dealer5', 'dealer6'])
  const second = await dealerToken(pbx, 'dealer2')
  expect(await namesIn(pbx, '/tenants', second)).toEqual(['tenant6.example'])
  expect(await namesIn(pbx, '/dealers', second)).toEqual(['dealer3'])
  const fourth = await dealerToken(pbx, 'dealer4')
  expect(await namesIn(pbx, '/tenants', fourth)).toEqual([])
  expect(await namesIn(pbx, '/dealers', fourth)).toEqual([])
})

const tenant = { name: 'Fifth', timezone: 'Europe/Berlin', currency: 'EUR', region: 'DEU' }

it('refuses the tenants and extensions of a dealer beyond its limits', async () => {
  const pbx = await start({})
  const { access_token: admin } = await signIn(pbx)
  const token = await tokenOf(pbx, 'dealer1')
  const { id } = (await call(pbx, 'GET /dealer', { token })).json<{ id: string }>()
  const limit = (max_tenants: number) =>
    call(pbx, `POST /dealers/${id}`, { token: admin, body: { max_tenants, max_extensions: 200 } })
  const create = (domain: string, max_extensions: number) =>
    call(pbx, 'POST /tenants', { token, body: { ...tenant, domain, max_extensions } })
  await limit(3)
  expect((await create('fourth.example', 10)).text).toContain('3 tenants')
  await limit(4)
  expect((await create('fourth.example', 9000)).text).toContain('200 extensions')
  expect((await create('fourth.example', 200)).status).toBe(201)
  expect((await create('fifth.example', 10)).status).toBe(400)
})

const roles = {
  moreAccounts: [
    {
      username: 'site',
      role: 'SystemAdmin',
      roleName: 'Site Admin',
      capabilities: ['SystemTenant.FullAccess', 'Trunk.FullAccess'],
    },
    { username: 'viewer', role: 'SystemAdmin', roleName: 'Auditor', capabilities: ['SystemSettings.ViewOnly'] },
    { username: 'phone', role: 'StandardUser' },
  ],
} as const satisfies PracticeOptions

it.each(['22.3', '22.6'] as const)('%s allows roles what their capabilities say', async (version) => {
  const pbx = await start({ version, ...roles })
  const body = { cidr: '192.0.2.0/24', target: 'DENY', expire_at: '2031-01-01T00:00:00Z', description: 'x' }
  const statusOf = async (name: string, operation: string): Promise<number> => {
    const token = await tokenOf(pbx, name)
    return (await call(pbx, operation, { token, ...(operation.startsWith('POST') && { body }) })).status
  }
  expect(await statusOf('viewer', 'GET /ip_filters')).toBe(200)
  expect(await statusOf('viewer', 'POST /ip_filters')).toBe(403)
  expect(await statusOf('viewer', 'GET /ip_filters/export')).toBe(403)
  expect(await statusOf('viewer', 'GET /providers')).toBe(403)
  expect(await statusOf('site', 'GET /providers')).toBe(200)
  expect(await statusOf('site', 'POST /ip_filters')).toBe(403)
  expect(await statusOf('phone', 'GET /tenants')).toBe(403)
  const user = await call(pbx, 'GET /auth/user', { token: await tokenOf(pbx, 'viewer') })
  expect(user.json()).toMatchObject({
    role: 'Auditor',
    role_name: 'Auditor',
    capabilities: ['SystemSettings.ViewOnly'],
  })
})

it('does not report capabilities before 22.3', async () => {
  const pbx = await start({ version: '22.2', ...roles })
  const user = await call(pbx, 'GET /auth/user', { token: await tokenOf(pbx, 'viewer') })
  expect(user.json()).toEqual({ role: 'SystemAdmin', password_verified: true, password_force_reset: false })
})

it('22.1 signs in with the form and reports the role with GET /login', async () => {
  const pbx = await start({ version: '22.1' })
  const { username, password } = pbx
  expect((await call(pbx, 'POST /auth/sign_in', { body: { username, password } })).status).toBe(404)
  const form = { username, password, grant_type: 'password', client_id: oauthClientId }
  const token = (await call(pbx, 'POST /login/oauth/token', { form })).json<Tokens>().access_token
  expect((await call(pbx, 'GET /login', { token })).json()).toMatchObject({ role: 'SystemAdmin' })
  const status = await call(pbx, 'GET /admin/status', { token })
  expect(status.json<{ version: string }>().version).toMatch(/^22\.1\./)
})

it('changes the path of the own account with 22.3', async () => {
  const pbx = await start({ version: '22.3' })
  const { access_token: token } = await signIn(pbx)
  expect((await call(pbx, 'POST /admin/username', { token, body: { name: 'boss' } })).status).toBe(404)
  expect((await call(pbx, 'POST /admin/user/username', { token, body: { name: 'boss' } })).status).toBe(200)
})

it('is upgraded while sessions remain', async () => {
  const pbx = await start({ version: '22.1' })
  const form = { username: pbx.username, password: pbx.password, grant_type: 'password', client_id: oauthClientId }
  const token = (await call(pbx, 'POST /login/oauth/token', { form })).json<Tokens>().access_token
  expect((await call(pbx, 'GET /auth/user', { token })).status).toBe(404)
  await pbx.setFaults({ version: '22.6' })
  expect((await call(pbx, 'GET /auth/user', { token })).json()).toMatchObject({ role_name: 'SystemAdmin' })
  const status = await call(pbx, 'GET /admin/status', { token })
  expect(status.json<{ version: string }>().version).toMatch(/^22\.6\./)
  await pbx.clearFaults()
  expect(pbx.version).toBe('22.1')
})

it('changes the role of a session', async () => {
  const pbx = await start({})
  const { access_token: token } = await signIn(pbx)
  await pbx.setFaults({ actsAs: 'Dealer' })
  expect((await call(pbx, 'GET /auth/user', { token })).json()).toMatchObject({ role: 'Dealer' })
  expect((await call(pbx, 'GET /ip_filters', { token })).status).toBe(403)
  expect((await call(pbx, 'GET /dealer', { token })).json()).toMatchObject({ name: 'dealer1' })
  expect(await namesIn(pbx, '/tenants', token)).toHaveLength(3)
  await pbx.setFaults({ actsAs: 'Admin' })
  expect((await call(pbx, 'GET /tenant', { token })).json()).toMatchObject({ domain: 'tenant1.example' })
})

it('refuses a code after it expired, and accepts a new one', async () => {
  const pbx = await start({ otp: true, codeSeconds: 60 })
  const { username, password } = pbx
  const challenge = await call(pbx, 'POST /auth/sign_in', { body: { username, password } })
  const { token } = challenge.json<{ token: string }>()
  await call(pbx, 'POST /auth/send_otp', { body: { token } })
  pbx.advanceClock(61)
  const verify = () => call(pbx, 'POST /auth/verify_otp', { body: { token, code: pbx.otpCode() } })
  expect((await verify()).status).toBe(400)
  await call(pbx, 'POST /auth/send_otp', { body: { token } })
  expect((await verify()).status).toBe(200)
})

it('blocks the address of one route and not that of the second', async () => {
  const pbx = await start({ blockedAddresses: ['127.0.0.1'], secondRouteFrom: '198.51.100.7' })
  const { username, password } = pbx
  const blocked = await call(pbx, 'POST /auth/sign_in', { body: { username, password } })
  expect([blocked.status, codeOf(blocked)]).toEqual([403, 'DENIED'])
  const second = { url: pbx.secondUrl ?? '' }
  const token = (await call(second, 'POST /auth/sign_in', { body: { username, password } })).json<Tokens>().access_token
  const rule = pbx.rules().find(({ cidr }) => cidr === '127.0.0.1/32')
  expect((await call(second, `POST /ip_filters/${rule?.id ?? ''}/destroy`, { token })).status).toBe(204)
  expect((await call(pbx, 'GET /ip_filters', { token })).status).toBe(200)
  expect(pbx.requests.map(({ address }) => address)).toEqual(['127.0.0.1', '198.51.100.7', '198.51.100.7', '127.0.0.1'])
})
