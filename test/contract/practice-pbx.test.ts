import { Agent } from 'node:https'
import { afterEach, expect, test } from 'vitest'
import { operationsOf } from '@demo/operations'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { call as callOnce, signIn, type Reply, type Sent, type Tokens } from '../unit/demo/client'
import { checkAnswer, checkRequest, type Traffic } from './check-traffic'
import { reference, referenceOf } from './reference'
import { uses } from './uses'

const running: PracticePbx[] = []
/** Each uses some hundred operations over real HTTPS. */
const long = { timeout: 120_000 }
const agent = new Agent({ keepAlive: true })
afterEach(() => {
  agent.destroy()
  return Promise.all(running.splice(0).map((pbx) => pbx.close()))
})

/** Over connections that stay open: what travels is the same. */
const call = (pbx: PracticePbx, operation: string, sent: Sent = {}): Promise<Reply> =>
  callOnce(pbx, operation, { agent, ...sent })

const start = async (options: PracticeOptions): Promise<PracticePbx> => {
  const pbx = await startPracticePbx({ rules: 300, tenants: 150, dealers: 20, ...options })
  running.push(pbx)
  return pbx
}

const bodyOf = ({ text, headers }: Reply): unknown =>
  headers['content-type']?.includes('application/json') === true ? (JSON.parse(text) as unknown) : undefined

/** Uses every operation once or more, as every role, and with requests that are refused. */
async function useEverything(pbx: PracticePbx): Promise<void> {
  const { username, password } = pbx
  const { access_token: token, refresh_token } = await signIn(pbx)
  const refreshed = await call(pbx, 'POST /auth/refresh_token', { body: { refresh_token } })
  const session = refreshed.status === 404 ? await signIn(pbx) : refreshed.json<Tokens>()
  const signed = { token: session.access_token }
  await call(pbx, 'GET /auth/user', { token })
  await call(pbx, 'POST /auth/sign_in', { body: { username, password: 'wrong' } })
  const login = await call(pbx, 'POST /login', { body: { username, password } })
  const headers = { cookie: String(login.headers['set-cookie']).split(';')[0] ?? '' }
  await call(pbx, 'GET /login', { headers })
  await call(pbx, 'POST /logout', { headers })
  for (const path of ['/auth/user', '/info', '/info?domain=tenant1.example', '/admin/status', '/ip_filters/export'])
    await call(pbx, `GET ${path}`, signed)
  for (const query of ['', '?top=100&skip=100', "?filter=target eq 'DENY'&orderby=cidr desc&search=scan"])
    for (const list of ['/ip_filters', '/tenants', '/dealers'])
      if (query === '' || list !== '/dealers') await call(pbx, `GET ${list}${encodeURI(query)}`, signed)
  for (const list of ['/tenants', '/dealers']) {
    const { items } = (await call(pbx, `GET ${list}`, signed)).json<{ items: { id: string }[] }>()
    for (const { id } of items.slice(0, 10)) await call(pbx, `GET ${list}/${id}`, signed)
  }
  const body = { cidr: '192.0.2.0/24', target: 'DENY', expire_at: null, description: 'x' }
  const { id } = (
    await call(pbx, 'POST /ip_filters', { ...signed, body: { ...body, expire_at: '2031-01-01T00:00:00Z' } })
  ).json<{
    id: string
  }>()
  await call(pbx, `GET /ip_filters/${id}`, signed)
  await call(pbx, `POST /ip_filters/${id}`, { ...signed, body: { description: 'y' } })
  await call(pbx, `POST /ip_filters/${id}/destroy`, signed)
  await call(pbx, `GET /ip_filters/${id}`, signed)
  for (const role of ['Dealer', 'Admin'] as const) {
    const { access_token } = await signIn(pbx, role)
    for (const path of ['/auth/user', '/tenants', '/dealers', '/ip_filters', '/admin/status'])
      await call(pbx, `GET ${path}`, { token: access_token })
  }
  for (const use of uses) {
    await use(async (operation, body, { role = 'SystemAdmin', ...more } = {}) => {
      const sent = role === 'SystemAdmin' ? signed : { token: (await signIn(pbx, role)).access_token }
      return call(pbx, operation, { ...sent, ...(body !== undefined && { body }), ...more })
    })
  }
  await call(pbx, 'POST /auth/sign_out', signed)
}

async function useSecondStep(pbx: PracticePbx): Promise<void> {
  const { username, password } = pbx
  const first = await call(pbx, 'POST /auth/sign_in', { body: { username, password } })
  const { token } = first.json<{ token: string }>()
  await call(pbx, 'POST /auth/send_otp', { body: { token } })
  await call(pbx, 'POST /auth/verify_otp', { body: { token, code: pbx.otpCode() } })
}

const template = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

test('every answer of the practice PBX validates, and every operation was used', long, async () => {
  const [plain, second] = await Promise.all([start({ version: '22.2' }), start({ otp: true })])
  await useEverything(plain)
  await useSecondStep(second)
  const traffic: Traffic[] = [...plain.requests, ...second.requests]
  expect(traffic.flatMap((each) => checkAnswer(reference, each))).toEqual([])
  expect(traffic.flatMap((each) => checkRequest(reference, each))).toEqual([])

  const used = new Set(
    traffic.filter(({ status }) => status < 300).map(({ method, path }) => reference.find(method, path)),
  )
  const unused = operationsOf('22.2')
    .map(({ method, path }) => `${method} ${template(path)}`)
    .filter((name) => !name.includes('/login/oauth/') && !used.has(name))
  expect(unused).toEqual([])
})

test.each(['22.0', '22.1', '22.3', '22.6'] as const)(
  'so it is as a PBX %s, with what that has and lacks',
  long,
  async (version) => {
    const pbx = await start({ version })
    await useEverything(pbx)
    const reference = referenceOf(version)
    expect(pbx.requests.flatMap((each) => checkAnswer(reference, each))).toEqual([])
    expect(pbx.requests.flatMap((each) => checkRequest(reference, each))).toEqual([])
  },
)

test('a PBX 22.6 answers fields that 22.2 does not have', async () => {
  const pbx = await start({ version: '22.6' })
  const { access_token: token } = await signIn(pbx)
  await call(pbx, 'GET /auth/user', { token })
  const user = pbx.requests.find(({ path }) => path === '/auth/user') as Traffic
  expect(checkAnswer(referenceOf('22.6'), user)).toEqual([])
  expect(checkAnswer(reference, user).join()).toContain('capabilities')
})

test('what travels is what was recorded', async () => {
  const pbx = await start({})
  const { access_token: token } = await signIn(pbx)
  const replies = await Promise.all(
    ['/ip_filters', '/tenants', '/dealers', '/admin/status', '/info'].map((path) =>
      call(pbx, `GET ${path}`, { token }),
    ),
  )
  const recorded = new Set(pbx.requests.map(({ answer }) => JSON.stringify(answer)))
  for (const reply of replies) expect(recorded).toContain(JSON.stringify(bodyOf(reply)))
})

test('the checks find what is wrong', () => {
  const request = {
    method: 'GET',
    path: '/ip_filters',
    query: {},
    body: undefined,
    status: 200,
    answer: { count: 0, items: [] },
  }
  expect(checkAnswer(reference, request)).toEqual([])
  const rule = { id: 'a', cidr: '192.0.2.0/24', target: 'DENY', expire_at: null, description: null }
  const answered = (row: object) => checkAnswer(reference, { ...request, answer: { count: 1, items: [row] } })
  expect(answered(rule)).toEqual([])
  expect(answered({ ...rule, target: 'DROP' })).not.toEqual([])
  expect(answered({ ...rule, expire_at: '2031-01-01' })).not.toEqual([])
  expect(answered({ ...rule, description: 'x'.repeat(256) })).not.toEqual([])
  expect(answered({ ...rule, expires: null })).not.toEqual([])
  expect(checkAnswer(reference, { ...request, status: 201 })).not.toEqual([])
  expect(checkAnswer(reference, { ...request, status: 400, answer: {} })).not.toEqual([])
  expect(checkRequest(reference, { ...request, query: { top: '101' } })).not.toEqual([])
  expect(checkRequest(reference, { ...request, query: { $top: '10' } })).not.toEqual([])
  expect(checkRequest(reference, { ...request, path: '/ip_filter' })).not.toEqual([])
  const post = { ...request, method: 'POST' }
  expect(checkRequest(reference, { ...post, body: { cidr: '192.0.2.0/24', target: 'DENY' } })).toEqual([])
  expect(checkRequest(reference, { ...post, body: { cidr: '192.0.2.0/24' } })).not.toEqual([])
  expect(checkRequest(reference, { ...post, body: { cidr: '192.0.2.0/24', target: 'DENY', ttl: 1 } })).not.toEqual([])
  expect(checkRequest(reference, { ...post, path: '/ip_filters/a/destroy', body: {} })).not.toEqual([])
})
