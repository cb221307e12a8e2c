import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPracticeFleet, type FleetServer, type PracticeFleet } from '@demo/fleet'
import { customerAt } from '@demo/fleet/customers'
import { kindAt, type FleetKind } from '@demo/fleet/kinds'
import { call, codeOf, signIn, type Reply } from './client'

let fleet: PracticeFleet
beforeAll(async () => {
  fleet = await startPracticeFleet({ count: 40 })
})
afterAll(() => fleet.stop())

function first(kind: FleetKind): FleetServer {
  const server = fleet.servers.find((candidate) => candidate.kind === kind)
  if (server === undefined) throw new Error(`The fleet has no server of the kind ${kind}`)
  return server
}

/** The reply to a sign-in with the stored password; from version 22.2 on. */
function signInAsStored({ url, username, password = '' }: FleetServer): Promise<Reply> {
  return call({ url }, 'POST /auth/sign_in', { body: { username, password } })
}

async function read(server: FleetServer, path: string): Promise<Record<string, number | string>> {
  if (server.pbx === undefined) throw new Error('A black hole has no status')
  const { access_token: token } = await signIn(server.pbx)
  return (await call(server, `GET ${path}`, { token })).json()
}

const status = (kind: FleetKind) => read(first(kind), '/admin/status')
const daysUntil = (time: unknown): number => Math.round((Date.parse(String(time)) - Date.now()) / 86_400_000)

test('200 customers have different names in five folders, each with a service level', () => {
  const customers = Array.from({ length: 200 }, (_, index) => customerAt(index))
  expect(new Set(customers.map(({ name }) => name)).size).toBe(200)
  expect(new Set(customers.map(({ folder }) => folder)).size).toBe(5)
  expect(customers.every(({ tags }) => ['gold', 'silver', 'bronze'].includes(tags[0] ?? ''))).toBe(true)
  expect(customers.slice(0, 2).map(({ name }) => name)).toEqual(['Berlin Klinik', 'Acme Boston'])
})

test('more than half of 40 servers are fine, each other kind occurs, and the next 40 are the same', () => {
  const kinds = Array.from({ length: 80 }, (_, index) => kindAt(index))
  expect(kinds.slice(0, 40).filter((kind) => kind === 'fine')).toHaveLength(22)
  expect(new Set(kinds).size).toBe(19)
  expect(kinds.slice(40)).toEqual(kinds.slice(0, 40))
})

test('a fleet of the same seed has the same servers with the same data', async () => {
  const again = await startPracticeFleet({ count: 3 })
  const describe = ({ name, folder, kind, username, password, pbx }: FleetServer) => [
    ...[name, folder, kind, username, password],
    ...(pbx?.rules().map(({ cidr }) => cidr) ?? []),
  ]
  expect(again.servers.map(describe)).toEqual(fleet.servers.slice(0, 3).map(describe))
  await again.stop()
})

test('a fine server presents its pinned certificate, accepts the stored password and is not near a limit', async () => {
  for (const server of fleet.servers.filter(({ kind }) => kind === 'fine')) {
    expect((await call(server, 'GET /info', { ca: server.certificate })).fingerprint256).toBe(server.fingerprint256)
    expect(server.password).toBe(server.pbx?.password)
    const facts = await read(server, '/admin/status')
    expect(Number(facts['current_users']) / Number(facts['licensed_users'])).toBeLessThan(0.85)
    expect(Number(facts['current_calls']) / Number(facts['max_concurrent_calls'])).toBeLessThan(0.7)
    expect(daysUntil(facts['maintenance_expires_at'])).toBeGreaterThan(100)
    expect(daysUntil(new X509Certificate(server.certificate ?? '').validTo)).toBeGreaterThan(100)
    const allowed = server.pbx?.rules().filter(({ target, expire_at }) => target === 'ACCEPT' && expire_at !== null)
    expect(allowed?.every(({ expire_at }) => daysUntil(expire_at) > 100)).toBe(true)
  }
})

test('there are servers of each version, and a few with 2,000 rules', async () => {
  expect(new Set(fleet.servers.map(({ pbx }) => pbx?.version))).toEqual(new Set(['22.0', '22.2', '22.6', undefined]))
  const large = fleet.servers.filter(({ pbx }) => pbx?.rules().length === 2000)
  expect(large.map(({ kind }) => kind)).toEqual(['fine', 'fine', 'fine'])
})

test('users and calls are at their limits', async () => {
  expect(await status('users-near-limit')).toMatchObject({ current_users: 194, licensed_users: 200 })
  expect(await status('calls-at-limit')).toMatchObject({ current_calls: 64, max_concurrent_calls: 64 })
})

test('the maintenance has ended, or ends soon', async () => {
  expect(daysUntil((await status('maintenance-ended'))['maintenance_expires_at'])).toBe(-12)
  expect(daysUntil((await status('maintenance-ends'))['maintenance_expires_at'])).toBe(20)
})

test.each([8, 25, 50] as const)('a certificate ends in %i days', async (days) => {
  const server = first(`certificate-ends-in-${days}-days`)
  expect((await call(server, 'GET /info', { ca: server.certificate })).status).toBe(200)
  expect(daysUntil(new X509Certificate(server.certificate ?? '').validTo)).toBe(days)
})

test('the allow rules of SBC, IM server and cluster expire within seven days', async () => {
  const { items } = (await read(first('allow-rules-expire'), '/ip_filters')) as unknown as {
    items: { target: string; expire_at: string | null; description: string }[]
  }
  const expiring = items.filter(({ target, expire_at }) => target === 'ACCEPT' && daysUntil(expire_at) === 5)
  expect(expiring.map(({ description }) => description)).toEqual(
    expect.arrayContaining(['SBC 1', 'IM server', 'Cluster: media and queue servers']),
  )
})

test('a server refuses connections until it is back', async () => {
  const server = first('refuses-connections')
  await expect(call(server, 'GET /info')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await server.pbx?.clearFaults()
  expect((await call(server, 'GET /info', { ca: server.certificate })).status).toBe(200)
})

test('a black hole accepts a connection and sends no byte', async () => {
  const socket = connect(Number(new URL(first('black-hole').url).port), '127.0.0.1')
  await once(socket, 'connect')
  const received: Buffer[] = []
  socket.on('data', (piece: Buffer) => received.push(piece)).end('GET / HTTP/1.1\r\n\r\n')
  await once(socket, 'close')
  expect(received).toEqual([])
})

test('a changed certificate is not the pinned one', async () => {
  const server = first('certificate-changed')
  const { fingerprint256 } = await call(server, 'GET /info')
  expect(server.fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  expect(fingerprint256).not.toBe(server.fingerprint256)
  await expect(call(server, 'GET /info', { ca: server.certificate })).rejects.toThrow('self-signed certificate')
})

test('a server blocks this address', async () => {
  const reply = await signInAsStored(first('blocked'))
  expect([reply.status, codeOf(reply)]).toEqual([403, 'DENIED'])
})

test('a bad gateway answers every request with 502', async () => {
  const server = first('bad-gateway')
  expect([(await call(server, 'GET /info')).status, (await signInAsStored(server)).status]).toEqual([502, 502])
})

test('a slow server delays its answers and is otherwise fine', async () => {
  expect(first('slow').pbx?.faults.latencyMs).toBe(800)
  expect((await signInAsStored(first('slow'))).status).toBe(200)
})

test('a sign-in requires a verification code', async () => {
  const server = first('otp')
  const { two_factor_enabled: isTwoFactor, token } = (await signInAsStored(server)).json()
  expect(isTwoFactor).toBe(true)
  await call(server, 'POST /auth/send_otp', { body: { token } })
  const body = { token, code: server.pbx?.otpCode() }
  expect((await call(server, 'POST /auth/verify_otp', { body })).status).toBe(200)
})

test('a stored password is wrong, or there is none', async () => {
  const server = first('wrong-password')
  expect(codeOf(await signInAsStored(server))).toBe('UNAUTHORIZED')
  expect((await signInAsStored({ ...server, password: server.pbx?.password })).status).toBe(200)
  expect(first('no-password').password).toBeUndefined()
})

test('an untrusted server responds, but its certificate is not pinned', async () => {
  const { url, certificate, fingerprint256 } = first('untrusted')
  expect((await call({ url }, 'GET /info')).status).toBe(200)
  expect([certificate, fingerprint256]).toEqual([undefined, undefined])
})

test('a stopped fleet listens nowhere', async () => {
  const stopped = await startPracticeFleet({ count: 10 })
  await stopped.stop()
  for (const server of stopped.servers)
    await expect(call(server, 'GET /info')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
