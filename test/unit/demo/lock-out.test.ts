import { afterEach, expect, test } from 'vitest'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { call, codeOf, signIn, type Reply } from './client'

const running: PracticePbx[] = []
const start = async (options?: PracticeOptions): Promise<PracticePbx> => {
  const pbx = await startPracticePbx({ rules: 0, ...options })
  running.push(pbx)
  return pbx
}
afterEach(() => Promise.all(running.splice(0).map((pbx) => pbx.close())))

const elsewhere = { localAddress: '127.0.0.2' }
const wrong = { username: 'admin', password: 'wrong' }

async function fail(pbx: PracticePbx, times: number): Promise<Reply[]> {
  const replies: Reply[] = []
  for (let at = 0; at < times; at++) replies.push(await call(pbx, 'POST /auth/sign_in', { body: wrong }))
  return replies
}

test('the sixth failure blocks the address from everything, as a DENY rule that another address sees and deletes', async () => {
  const pbx = await start()
  const { access_token: token } = await signIn(pbx)
  const replies = await fail(pbx, 6)
  expect(replies.map(codeOf)).toEqual([...Array<string>(5).fill('UNAUTHORIZED'), 'DENIED'])
  const message = replies[5]?.json<{ errors: { message: string }[] }>().errors[0]?.message
  const [rule] = pbx.rules()
  expect(rule).toMatchObject({ cidr: '127.0.0.1/32', target: 'DENY' })
  expect(message).toBe(`the client IP address 127.0.0.1 has been blocked until ${rule?.expire_at}`)
  expect(codeOf(await call(pbx, 'GET /ip_filters', { token }))).toBe('DENIED')
  expect(codeOf(await call(pbx, 'GET /info'))).toBe('DENIED')

  const list = await call(pbx, 'GET /ip_filters', { token, ...elsewhere })
  expect(list.json()).toMatchObject({ count: 1, items: [rule] })
  expect((await call(pbx, `POST /ip_filters/${rule?.id}/destroy`, { token, ...elsewhere })).status).toBe(204)
  expect((await call(pbx, 'GET /ip_filters', { token })).status).toBe(200)
})

test('a block ends with its time, and a success resets the count', async () => {
  const pbx = await start({ lockOutAfter: 2, lockOutSeconds: 30 })
  await fail(pbx, 2)
  await signIn(pbx)
  expect((await fail(pbx, 3)).map(codeOf)).toEqual(['UNAUTHORIZED', 'UNAUTHORIZED', 'DENIED'])
  pbx.advanceClock(31)
  expect(codeOf((await fail(pbx, 1))[0] as Reply)).toBe('UNAUTHORIZED')
})

test('an address that an ACCEPT rule covers is not counted', async () => {
  const pbx = await start()
  pbx.addRule({ cidr: '127.0.0.0/8', target: 'ACCEPT' })
  expect(new Set((await fail(pbx, 10)).map(codeOf))).toEqual(new Set(['UNAUTHORIZED']))
})

test('wrong codes of the second step and the form-encoded sign-in count, too', async () => {
  const pbx = await start({ lockOutAfter: 1 })
  await call(pbx, 'POST /auth/verify_otp', { body: { token: 'none', code: '1' } })
  const form = { ...wrong, grant_type: 'password', client_id: '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a' }
  expect(codeOf(await call(pbx, 'POST /login/oauth/token', { form }))).toBe('DENIED')
  pbx.clearLockOuts()
  expect((await call(pbx, 'GET /info')).status).toBe(200)
})

test('more requests in a minute than allowed are 429 with Retry-After, only for that address', async () => {
  const pbx = await start({ perMinute: 3 })
  for (let at = 0; at < 3; at++) expect((await call(pbx, 'GET /info')).status).toBe(200)
  const refused = await call(pbx, 'GET /info')
  expect(refused.status).toBe(429)
  const seconds = Number(refused.headers['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
  expect((await call(pbx, 'GET /info', elsewhere)).status).toBe(200)
  pbx.advanceClock(seconds)
  expect((await call(pbx, 'GET /info')).status).toBe(200)
})
