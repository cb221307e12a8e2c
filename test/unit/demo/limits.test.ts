import { X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { call, codeOf, signIn } from './client'

const running: PracticePbx[] = []
const start = async (options?: PracticeOptions): Promise<PracticePbx> => {
  const pbx = await startPracticePbx({ rules: 0, ...options })
  running.push(pbx)
  return pbx
}
afterEach(() => Promise.all(running.splice(0).map((pbx) => pbx.close())))

/** Whole days from now, rounded. */
const daysUntil = (time: unknown): number => Math.round((Date.parse(String(time)) - Date.now()) / 86_400_000)

async function read(pbx: PracticePbx, path: string): Promise<Record<string, unknown>> {
  const { access_token: token } = await signIn(pbx)
  return (await call(pbx, `GET ${path}`, { token })).json()
}

test('without options, a server has room for users and calls, and its maintenance and certificate last', async () => {
  const pbx = await start({ rules: 100 })
  const status = await read(pbx, '/admin/status')
  expect(status).toMatchObject({ current_calls: 37, max_concurrent_calls: 400 })
  expect(Number(status['licensed_users'])).toBeGreaterThan(Number(status['current_users']))
  expect(daysUntil(status['maintenance_expires_at'])).toBe(41)
  expect(await read(pbx, '/license')).toMatchObject({ max_sim_calls: 400 })
  expect(daysUntil(new X509Certificate(pbx.identity.cert).validTo)).toBe(365)
  const usual = pbx.rules().filter(({ target, expire_at }) => target === 'ACCEPT' && daysUntil(expire_at) <= 7)
  expect(usual.map(({ description }) => description)).toContain('MSP office Berlin, egress')
})

test('users, calls and maintenance are as the options say', async () => {
  const pbx = await start({
    currentUsers: 194,
    licensedUsers: 200,
    currentCalls: 64,
    maxConcurrentCalls: 64,
    maintenanceDays: -3,
  })
  const status = await read(pbx, '/admin/status')
  expect(status).toMatchObject({
    current_users: 194,
    licensed_users: 200,
    online_users: 157,
    current_calls: 64,
    max_concurrent_calls: 64,
  })
  expect(daysUntil(status['maintenance_expires_at'])).toBe(-3)
  expect(await read(pbx, '/license')).toMatchObject({ max_sim_calls: 64 })
})

test.each([8, 700, -2])('a certificate expires in %i days', async (certificateDays) => {
  const { cert } = (await start({ certificateDays })).identity
  const { validFrom, validTo } = new X509Certificate(cert)
  expect(daysUntil(validTo)).toBe(certificateDays)
  expect(daysUntil(validFrom)).toBeLessThan(Math.min(0, certificateDays))
})

test('the allow rules of SBC, IM server and cluster expire together, and no other one soon', async () => {
  const pbx = await start({ rules: 2000, serviceRuleDays: 5 })
  const expiring = pbx.rules().filter(({ target, expire_at }) => target === 'ACCEPT' && expire_at !== null)
  expect(expiring.map(({ description }) => description)).toEqual([
    'SBC 1',
    'SBC 2',
    'IM server',
    'Data Flow server',
    'Cluster: media and queue servers',
  ])
  expect(new Set(expiring.map(({ expire_at }) => daysUntil(expire_at)))).toEqual(new Set([5]))
})

test('an address that is blocked at the start is refused until its rule is deleted', async () => {
  const pbx = await start({ blockedAddresses: ['127.0.0.1'] })
  expect(codeOf(await call(pbx, 'GET /info'))).toBe('DENIED')
  expect((await call(pbx, 'GET /info', { localAddress: '127.0.0.2' })).status).toBe(200)
  const [rule] = pbx.rules()
  expect(rule).toMatchObject({ cidr: '127.0.0.1/32', target: 'DENY' })
  pbx.removeRule(rule?.id ?? '')
  expect((await call(pbx, 'GET /info')).status).toBe(200)
})
