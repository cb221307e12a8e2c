import { afterEach, expect, test } from 'vitest'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { call, codeOf, signIn, type Tokens } from './client'

const running: PracticePbx[] = []
const start = async (options?: PracticeOptions): Promise<PracticePbx> => {
  const pbx = await startPracticePbx({ rules: 5, tenants: 3, ...options })
  running.push(pbx)
  return pbx
}
afterEach(() => Promise.all(running.splice(0).map((pbx) => pbx.close())))

const oauth = { client_id: '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a', scope: 'all' }

test('a system administrator signs in, reads the role and signs out', async () => {
  const pbx = await start()
  const { access_token: token, expires_in } = await signIn(pbx)
  expect(expires_in).toBe(1800)
  const user = await call(pbx, 'GET /auth/user', { token })
  expect(user.json()).toEqual({ role: 'SystemAdmin', password_verified: true, password_force_reset: false })
  expect((await call(pbx, 'POST /auth/sign_out', { token })).status).toBe(200)
  expect((await call(pbx, 'GET /auth/user', { token })).status).toBe(401)
})

test('wrong credentials are 400 UNAUTHORIZED, an unknown domain is 404, a body without a password is VALIDATE_FAILED', async () => {
  const pbx = await start()
  const wrong = await call(pbx, 'POST /auth/sign_in', { body: { username: 'admin', password: 'no' } })
  expect([wrong.status, codeOf(wrong)]).toEqual([400, 'UNAUTHORIZED'])
  const body = { username: 'admin', password: 'no', domain: 'nobody.example' }
  expect((await call(pbx, 'POST /auth/sign_in', { body })).status).toBe(404)
  const invalid = await call(pbx, 'POST /auth/sign_in', { body: { username: 'admin' } })
  expect([invalid.status, codeOf(invalid)]).toEqual([400, 'VALIDATE_FAILED'])
  expect(invalid.json<{ errors: { detail: { field: string }[] }[] }>().errors[0]?.detail[0]?.field).toBe('password')
})

test('the second step accepts the code that was sent, once', async () => {
  const pbx = await start({ otp: true })
  const { username, password } = pbx
  const first = await call(pbx, 'POST /auth/sign_in', { body: { username, password } })
  const { two_factor_enabled, token } = first.json<{ two_factor_enabled: boolean; token: string }>()
  expect(two_factor_enabled).toBe(true)
  const early = await call(pbx, 'POST /auth/verify_otp', { body: { token, code: '000000' } })
  expect([early.status, codeOf(early)]).toEqual([400, 'UNAUTHORIZED'])
  expect((await call(pbx, 'POST /auth/send_otp', { body: { token } })).status).toBe(200)
  const body = { token, code: pbx.otpCode() }
  const verified = await call(pbx, 'POST /auth/verify_otp', { body })
  const { access_token } = verified.json<Tokens>()
  expect((await call(pbx, 'GET /auth/user', { token: access_token })).status).toBe(200)
  expect((await call(pbx, 'POST /auth/verify_otp', { body })).status).toBe(400)
})

test('a refresh returns new tokens and ends the old ones', async () => {
  const pbx = await start()
  const old = await signIn(pbx)
  const body = { refresh_token: old.refresh_token }
  const fresh = (await call(pbx, 'POST /auth/refresh_token', { body })).json<Tokens>()
  expect(fresh.refresh_token).not.toBe(old.refresh_token)
  expect((await call(pbx, 'GET /auth/user', { token: old.access_token })).status).toBe(401)
  expect((await call(pbx, 'GET /auth/user', { token: fresh.access_token })).status).toBe(200)
  expect((await call(pbx, 'POST /auth/refresh_token', { body })).status).toBe(400)
})

test('an access token ends when it expires, and when every session is dropped', async () => {
  const pbx = await start({ tokenSeconds: 60 })
  const { access_token: token } = await signIn(pbx)
  pbx.advanceClock(59)
  expect((await call(pbx, 'GET /auth/user', { token })).status).toBe(200)
  pbx.advanceClock(2)
  expect((await call(pbx, 'GET /auth/user', { token })).status).toBe(401)
  const second = await signIn(pbx)
  pbx.dropSessions()
  expect((await call(pbx, 'GET /auth/user', { token: second.access_token })).status).toBe(401)
  const body = { refresh_token: second.refresh_token }
  expect((await call(pbx, 'POST /auth/refresh_token', { body })).status).toBe(400)
})

test('22.0 supports only the form-encoded sign-in', async () => {
  const pbx = await start({ version: '22.0' })
  const { username, password } = pbx
  expect((await call(pbx, 'POST /auth/sign_in', { body: { username, password } })).status).toBe(404)
  const form = { ...oauth, grant_type: 'password', username, password }
  const foreign = await call(pbx, 'POST /login/oauth/token', { form: { ...form, client_id: 'other' } })
  expect([foreign.status, codeOf(foreign)]).toEqual([400, 'VALIDATE_FAILED'])
  const tokens = (await call(pbx, 'POST /login/oauth/token', { form })).json<Tokens>()
  const login = await call(pbx, 'GET /login', { token: tokens.access_token })
  expect(login.json()).toMatchObject({ role: 'SystemAdmin', access_token: tokens.access_token })
  const again = { ...oauth, grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  const fresh = (await call(pbx, 'POST /login/oauth/token', { form: again })).json<Tokens>()
  expect((await call(pbx, 'POST /login/oauth/token', { form: again })).status).toBe(400)
  await call(pbx, 'POST /login/oauth/revoke', { form: { token: fresh.refresh_token } })
  expect((await call(pbx, 'GET /login', { token: fresh.access_token })).status).toBe(401)
})

test('the portal’s sign-in works by cookie', async () => {
  const pbx = await start()
  const { username, password } = pbx
  expect((await call(pbx, 'GET /login')).status).toBe(401)
  const reply = await call(pbx, 'POST /login', { body: { username, password } })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  expect((await call(pbx, 'GET /login', { headers: { cookie } })).json()).toMatchObject({ role: 'SystemAdmin' })
  expect((await call(pbx, 'POST /logout', { headers: { cookie } })).status).toBe(204)
  expect((await call(pbx, 'GET /login', { headers: { cookie } })).status).toBe(401)
})

test('22.6 returns more fields of the user', async () => {
  const pbx = await start({ version: '22.6', passwordForceReset: true })
  const { access_token: token } = await signIn(pbx, 'Admin')
  expect((await call(pbx, 'GET /auth/user', { token })).json()).toMatchObject({
    role: 'Admin',
    domain: 'tenant1.example',
    role_name: 'Admin',
    password_force_reset: true,
  })
})

test('roles: a dealer gets dealers and its own tenants, a tenant’s administrator none of them', async () => {
  const pbx = await start({ tenants: 9 })
  const dealer = (await signIn(pbx, 'Dealer')).access_token
  const admin = (await signIn(pbx, 'Admin')).access_token
  const paths = ['/admin/status', '/ip_filters', '/ip_filters/export', '/tenants', '/dealers']
  const statuses = (token: string) =>
    Promise.all(paths.map(async (path) => (await call(pbx, `GET ${path}`, { token })).status))
  expect(await statuses(dealer)).toEqual([403, 403, 403, 200, 200])
  expect(await statuses(admin)).toEqual([403, 403, 403, 403, 403])
  expect((await call(pbx, 'GET /tenants', { token: dealer })).json()).toMatchObject({ count: 3 })
  expect(codeOf(await call(pbx, 'GET /ip_filters'))).toBe('UNAUTHORIZED')
  expect((await call(pbx, 'GET /info')).status).toBe(200)
})
