import { afterEach, expect, test } from 'vitest'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { call } from './client'

const running: PracticePbx[] = []
const start = async (options: PracticeOptions): Promise<PracticePbx> => {
  const pbx = await startPracticePbx({ rules: 0, ...options })
  running.push(pbx)
  return pbx
}
afterEach(() => Promise.all(running.splice(0).map((pbx) => pbx.close())))

const trusting = (pbx: PracticePbx, ca: string) => call(pbx, 'GET /info', { ca })

test('a self-signed certificate is valid for clients that trust it, on every loopback name', async () => {
  const pbx = await start({})
  expect((await trusting(pbx, pbx.identity.cert)).status).toBe(200)
  const url = pbx.url.replace('127.0.0.1', 'localhost')
  expect((await call({ url }, 'GET /info', { ca: pbx.identity.cert })).status).toBe(200)
})

test('one that chains to an authority is valid for clients that trust the authority', async () => {
  const pbx = await start({ certificate: 'ca-signed' })
  expect((await trusting(pbx, pbx.identity.ca ?? '')).status).toBe(200)
})

test('an expired one and one for another name are not', async () => {
  const expired = await start({ certificate: 'expired' })
  await expect(trusting(expired, expired.identity.cert)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' })
  const foreign = await start({ certificate: 'wrong-name' })
  await expect(trusting(foreign, foreign.identity.cert)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
})

test('a stored key pair has the same fingerprint again', async () => {
  const first = await start({})
  const second = await start({ identity: first.identity })
  expect((await call(second, 'GET /info')).fingerprint256).toBe(first.fingerprint256)
})
