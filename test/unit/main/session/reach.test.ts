import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PracticeFaults } from '@shared/domain/practice'
import { ipRule } from '@shared/resources/ip-rule'
import { createRecord, listRecords } from '@main/portsip/records'
import { failureOf, Harness } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness({ idleMs: 300, connectMs: 300 })
})
afterEach(() => harness.close())

const firstPage = { offset: 0, limit: 10 }
const rule = { cidr: '198.51.100.0/24', target: 'DENY', expire_at: null, description: '' } as const

async function signedIn(options: Parameters<Harness['add']>[0] = {}) {
  const { pbx, id } = await harness.add(options)
  await harness.signIn(id, pbx)
  const client = harness.sessions.reader(id)
  const read = () => listRecords(client, ipRule, firstPage)
  const write = () => harness.send(id, (writer) => createRecord(writer, ipRule, rule))
  return { pbx, id, client, read, write, state: () => harness.sessions.state(id) }
}

const pushed = () => harness.states.at(-1)
const down = { refuseConnections: true } as const

const silences: readonly (readonly [string, Partial<PracticeFaults>, string])[] = [
  ['a refused connection', down, 'Connection refused'],
  ['a connection that is reset', { dropAfterReceive: true }, 'The connection was lost before'],
  ['a reply that breaks off', { dropMidBody: true }, 'The connection was lost before'],
  ['a reply that does not come', { latencyMs: 60_000 }, 'The response stalled'],
  ['a reply of one byte a second', { slowBytes: true }, 'The response stalled'],
  ['502', { status: 502 }, '502'],
  ['503', { status: 503 }, '503'],
  ['a redirect', { redirect: true }, 'The server redirects to'],
]

describe.each(silences)('%s', (_, faults, reason) => {
  it('makes the server unreachable while the session continues; the next response ends it', async () => {
    const { pbx, read, state } = await signedIn()
    const { lastSeen } = state()
    await pbx.setFaults(faults)
    await failureOf(read())
    expect(pushed()).toMatchObject({ phase: 'signed-in', lastSeen })
    expect(pushed()?.unreachable?.error.message).toContain(reason)
    const since = state().unreachable?.since ?? ''
    expect(Date.parse(since)).toBeGreaterThanOrEqual(Date.parse(lastSeen ?? ''))
    await failureOf(read())
    expect(state().unreachable?.since).toBe(since)
    await pbx.clearFaults()
    await read()
    expect(pushed()?.unreachable).toBeUndefined()
    expect(pushed()?.phase).toBe('signed-in')
  })

  it('does so in a write', async () => {
    const { pbx, write, state } = await signedIn()
    await pbx.setFaults(faults)
    await failureOf(write())
    expect(state().unreachable).toBeDefined()
    await pbx.clearFaults()
    await write()
    expect(state().unreachable).toBeUndefined()
  })
})

describe('every kind of request counts', () => {
  it('a download, at its beginning and in its middle', async () => {
    const { pbx, client, state } = await signedIn({ rules: 2000 })
    const exported = async (): Promise<void> => {
      const { stream } = await client.download({ operation: 'GET /ip_filters/export', path: '/ip_filters/export' })
      for await (const piece of stream) void piece
    }
    for (const faults of [down, { dropMidBody: true }]) {
      await pbx.setFaults(faults)
      await failureOf(exported())
      expect(state().unreachable).toBeDefined()
      await pbx.clearFaults()
      await exported()
      expect(state().unreachable).toBeUndefined()
    }
  })

  it('a renewal without a response, which also ends the session', async () => {
    const { pbx, read, state } = await signedIn()
    await pbx.setFaults({ expireTokens: true, dropAfterReceive: true, onlyPath: '/auth/refresh_token' })
    await failureOf(read())
    expect(state()).toMatchObject({ phase: 'needs-password', unreachable: { error: { code: 'offline' } } })
    await pbx.clearFaults()
    expect(await harness.sessions.connect(state().serverId)).toMatchObject({ phase: 'signed-in' })
    expect(state().unreachable).toBeUndefined()
  })

  it('a job with its own signal, and a second session', async () => {
    const { pbx, id, client, state } = await signedIn()
    const second = await harness.sessions.openSecond(id, undefined)
    await pbx.setFaults(down)
    await failureOf(listRecords(client, ipRule, firstPage, new AbortController().signal))
    expect(state().unreachable).toBeDefined()
    await pbx.clearFaults()
    await listRecords(second.reader, ipRule, firstPage)
    expect(state().unreachable).toBeUndefined()
    await pbx.setFaults(down)
    await failureOf(listRecords(second.reader, ipRule, firstPage))
    expect(state().unreachable).toBeDefined()
  })

  it('the handshake of the certificate page', async () => {
    const { pbx, id, state } = await signedIn()
    await pbx.setFaults(down)
    await failureOf(harness.sessions.shownCertificate(id))
    expect(pushed()?.unreachable?.error.message).toBe('Connection refused')
    await pbx.clearFaults()
    await harness.sessions.shownCertificate(id)
    // A handshake is no response of the PBX; only a request gets one.
    expect(state().unreachable).toBeDefined()
  })

  it('a sign-in: the form remains, and the server is unreachable', async () => {
    const { pbx, id } = await harness.add()
    await harness.sessions.connect(id)
    await pbx.setFaults(down)
    expect(await harness.signIn(id, pbx)).toMatchObject({
      phase: 'needs-password',
      unreachable: { error: { message: 'Connection refused' } },
    })
    const { since } = harness.sessions.state(id).unreachable ?? {}
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'unreachable', unreachable: { since } })
    await pbx.clearFaults()
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'needs-password' })
    expect(harness.sessions.state(id).unreachable).toBeUndefined()
  })
})

describe('the connection', () => {
  let other: Server | undefined
  afterEach(() => other?.close())

  it('to a port that another program uses is unreachable: no encryption', async () => {
    const { pbx, read, state } = await signedIn()
    await pbx.setFaults(down)
    other = createServer().listen(Number(new URL(pbx.url).port), '127.0.0.1')
    await once(other, 'listening')
    await failureOf(read())
    expect(state()).toMatchObject({ phase: 'signed-in', unreachable: { error: { code: 'tls-invalid' } } })
  })

  it('with another certificate is no unreachable server', async () => {
    const { pbx, read, state } = await signedIn()
    await pbx.setFaults(down)
    await failureOf(read())
    await pbx.setFaults({ refuseConnections: false, certificateChanged: true })
    expect(await failureOf(read())).toMatchObject({ code: 'tls-changed' })
    expect(state()).toMatchObject({ phase: 'untrusted', error: { code: 'tls-changed' } })
    expect(state().unreachable).toBeUndefined()
  })

  it('is judged separately for each address', async () => {
    const { pbx, id, read, state } = await signedIn()
    harness.patch(id, { secondAddress: pbx.url.replace('127.0.0.1', 'localhost') })
    await harness.sessions.useAddress(id, 'second')
    await read()
    await pbx.setFaults(down)
    await failureOf(read())
    expect(state()).toMatchObject({ address: 'second', unreachable: { error: { code: 'offline' } } })
    await pbx.clearFaults()
    expect((await harness.sessions.useAddress(id, 'first')).unreachable).toBeUndefined()
    await read()
    expect(state()).toMatchObject({ phase: 'signed-in', address: 'first' })
  })

  it('is not known any more after a sign-out', async () => {
    const { pbx, id, read, state } = await signedIn()
    await pbx.setFaults(down)
    await failureOf(read())
    await harness.sessions.signOut(id)
    expect(state().unreachable).toBeUndefined()
  })
})

describe('no unreachable server', () => {
  it.each([400, 403, 429, 500] as const)('a PBX that responds with %i', async (status) => {
    const { pbx, read, state } = await signedIn()
    await pbx.setFaults(down)
    await failureOf(read())
    await pbx.setFaults({ refuseConnections: false, status, onlyPath: '/ip_filters' })
    await failureOf(read())
    expect(state().unreachable).toBeUndefined()
  })

  it('a request that is canceled', async () => {
    const { pbx, id, client, state } = await signedIn()
    await pbx.setFaults({ latencyMs: 60_000 })
    const job = new AbortController()
    const reading = Promise.all([
      failureOf(listRecords(client, ipRule, firstPage)),
      failureOf(listRecords(client, ipRule, firstPage, job.signal)),
    ])
    harness.sessions.cancel(id)
    job.abort()
    expect((await reading).map(({ code }) => code)).toEqual(['cancelled', 'cancelled'])
    expect(state().unreachable).toBeUndefined()
  })
})

it('the time of the last response is pushed, not requested', async () => {
  const times = ['2026-11-24T12:00:00Z', '2026-11-24T12:30:00Z'].map((time) => Date.parse(time))
  let now = times[0] ?? 0
  const late = new Harness({ wallClock: () => now, timing: { now: () => now, after: () => () => undefined } })
  const { pbx, id } = await late.add()
  await late.signIn(id, pbx)
  now = times[1] ?? 0
  await listRecords(late.sessions.reader(id), ipRule, firstPage)
  expect(late.states.at(-1)?.lastSeen).toBe('2026-11-24T12:30:00.000Z')
  await late.close()
})

it('an outage has the times of its first and of its last failure', async () => {
  let now = Date.parse('2026-11-24T12:00:00Z')
  const late = new Harness({ wallClock: () => now })
  const { pbx, id } = await late.add()
  await late.signIn(id, pbx)
  await pbx.setFaults(down)
  for (const minutes of [1, 2]) {
    now += minutes * 60_000
    await failureOf(listRecords(late.sessions.reader(id), ipRule, firstPage))
  }
  expect(late.sessions.state(id).unreachable).toMatchObject({
    since: '2026-11-24T12:01:00.000Z',
    failedAt: '2026-11-24T12:03:00.000Z',
  })
  await late.close()
})
