import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords } from '@main/portsip/records'
import { onlyRoots } from '@main/portsip/trusted-roots'
import { failureOf, Harness } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const firstPage = { offset: 0, limit: 10 }

describe('the certificate of a server', () => {
  it('must be confirmed once, before anything is sent, and is pinned', async () => {
    const { pbx, id } = await harness.add({}, { trusted: false })
    await harness.sessions.remember(id, pbx.password)
    const state = await harness.sessions.connect(id)
    expect(state).toMatchObject({ phase: 'untrusted', certificateProblem: 'It is self-signed.' })
    expect(state.certificate?.fingerprint256).toBe(pbx.fingerprint256)
    expect(state.certificate?.altNames.join()).toContain('127.0.0.1')
    expect(state.pinned).toBeUndefined()
    expect(pbx.requests).toHaveLength(0)
    expect(await harness.sessions.trust(id, pbx.fingerprint256)).toMatchObject({ phase: 'signed-in' })
    expect(harness.records.get(id)?.pin?.fingerprint256).toBe(pbx.fingerprint256)
  })

  it('is not trusted by confirming another one', async () => {
    const { id } = await harness.add({}, { trusted: false })
    await harness.sessions.connect(id)
    expect(await failureOf(harness.sessions.trust(id, 'AA:'.repeat(31) + 'AA'))).toMatchObject({ code: 'conflict' })
    expect(harness.records.get(id)?.pin).toBeUndefined()
  })

  it('stops a password that was typed before it was checked', async () => {
    const { pbx, id } = await harness.add({}, { trusted: false })
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'untrusted', username: pbx.username })
    expect(pbx.requests).toHaveLength(0)
  })

  it.each([
    ['expired', /It expired on [^:]*\d{4}[^:]*\.$/],
    ['wrong-name', /^It is self-signed\. It does not cover the address of this server\.$/],
    ['ca-signed', /authority|intermediate/],
  ] as const)('that is %s is described like that', async (certificate, words) => {
    const { pbx, id } = await harness.add({ certificate }, { trusted: false })
    const state = await harness.sessions.connect(id)
    expect(state.phase).toBe('untrusted')
    expect(state.certificateProblem).toMatch(words)
    await harness.sessions.remember(id, pbx.password)
    expect(await harness.sessions.trust(id, pbx.fingerprint256)).toMatchObject({ phase: 'signed-in' })
  })

  it('that chains to a root and has the right name requires no confirmation', async () => {
    const { pbx, id } = await harness.add({ certificate: 'ca-signed' }, { trusted: false })
    const sessions = harness.restart({ roots: onlyRoots([pbx.identity.ca ?? '']) })
    expect(await sessions.connect(id)).toMatchObject({ phase: 'needs-password' })
    await sessions.forget([id])
  })

  it('that chains but names another host must be confirmed', async () => {
    const { pbx, id } = await harness.add(
      { certificate: 'ca-signed', certificateNames: ['pbx.elsewhere.example'] },
      { trusted: false },
    )
    const sessions = harness.restart({ roots: onlyRoots([pbx.identity.ca ?? '']) })
    const state = await sessions.connect(id)
    expect(state).toMatchObject({ phase: 'untrusted' })
    expect(state.certificateProblem).toContain('does not cover the address')
    await sessions.forget([id])
  })

  it('that changed stops everything before credentials are sent, and both are shown', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const before = pbx.fingerprint256
    await pbx.setFaults({ certificateChanged: true })
    const sent = pbx.requests.length
    harness.sessions.cancel(id)
    const client = harness.sessions.reader(id)
    // Connections from before the change may still work; new ones must not.
    await harness.sessions.recordChanged(record(id), { ...record(id), notes: 'x' })
    await pbx.setFaults({ refuseConnections: true })
    await pbx.setFaults({ refuseConnections: false })
    expect(await failureOf(listRecords(client, ipRule, firstPage))).toMatchObject({ code: 'tls-changed' })
    const state = harness.sessions.state(id)
    expect(state).toMatchObject({ phase: 'untrusted' })
    expect(state.pinned?.fingerprint256).toBe(before)
    expect(state.certificate?.fingerprint256).toBe(pbx.fingerprint256)
    expect(() => harness.sessions.reader(id)).toThrow(/signed in/)
    expect(pbx.requests).toHaveLength(sent)
    expect(await harness.sessions.trust(id, pbx.fingerprint256)).toMatchObject({ phase: 'signed-in' })
  })

  it('that differs from the pin must be confirmed even if it chains', async () => {
    const { pbx, id } = await harness.add({ certificate: 'ca-signed' }, { trusted: false })
    await harness.sessions.connect(id)
    const { certificate } = harness.sessions.state(id)
    if (certificate === undefined) throw new Error('No certificate was shown')
    const old = { ...certificate, fingerprint256: certificate.fingerprint256.replace(/^../, 'FF').replace(/..$/, '00') }
    harness.patch(id, { pin: old })
    const sessions = harness.restart({ roots: onlyRoots([pbx.identity.ca ?? '']) })
    expect(await sessions.connect(id)).toMatchObject({
      phase: 'untrusted',
      pinned: old,
      error: { code: 'tls-changed' },
    })
    expect(pbx.requests).toHaveLength(0)
    await sessions.forget([id])
  })
})

describe('the address of a server', () => {
  it('in plain HTTP is refused unless it is this computer', async () => {
    const { id } = await harness.add()
    harness.patch(id, { address: 'http://pbx.example.com:8888' })
    expect(await harness.sessions.connect(id)).toMatchObject({ error: { code: 'rejected' } })
  })

  it('without a listening server is unreachable, and reached again later', async () => {
    const { pbx, id } = await harness.add({ faults: { refuseConnections: true } }, { trusted: false })
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'unreachable', error: { code: 'offline' } })
    await pbx.setFaults({ refuseConnections: false })
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'untrusted' })
  })

  it('can be switched: the session continues if the same certificate is presented there', async () => {
    const { pbx, id } = await harness.add()
    harness.patch(id, { secondAddress: pbx.url.replace('127.0.0.1', 'localhost') })
    await harness.signIn(id, pbx)
    expect(await harness.sessions.useAddress(id, 'second')).toMatchObject({ phase: 'signed-in', address: 'second' })
    expect((await listRecords(harness.sessions.reader(id), ipRule, firstPage)).items).toHaveLength(10)
  })

  it('can be switched: another certificate requires a new sign-in, and nothing is sent before', async () => {
    const first = await harness.add()
    const other = await harness.add({ certificate: 'valid-self-signed' })
    harness.patch(first.id, { secondAddress: other.pbx.url })
    await harness.signIn(first.id, first.pbx)
    const sent = other.pbx.requests.length
    expect(await harness.sessions.useAddress(first.id, 'second')).toMatchObject({ phase: 'signed-out' })
    expect(await harness.sessions.connect(first.id)).toMatchObject({
      phase: 'untrusted',
      error: { code: 'tls-untrusted' },
    })
    expect(other.pbx.requests).toHaveLength(sent)
  })

  it('has its own trusted certificate: neither is called changed when the addresses are switched', async () => {
    const first = await harness.add()
    const other = await harness.add({ certificate: 'valid-self-signed' }, { trusted: false })
    const { id } = first
    harness.patch(id, { secondAddress: other.pbx.url })
    await harness.sessions.useAddress(id, 'second')
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'untrusted' })
    await harness.sessions.trust(id, other.pbx.fingerprint256)
    for (const choice of ['first', 'second', 'first'] as const) {
      await harness.sessions.useAddress(id, choice)
      expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'needs-password', address: choice })
    }
    await other.pbx.setFaults({ certificateChanged: true })
    await harness.sessions.useAddress(id, 'second')
    const state = await harness.sessions.connect(id)
    expect(state).toMatchObject({ phase: 'untrusted', error: { code: 'tls-changed' } })
    expect(state.pinned?.fingerprint256).not.toBe(first.pbx.fingerprint256)
  })

  it('that is changed to another host ends the session and deletes the secrets', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const before = record(id)
    const after = { ...before, address: 'https://other.example.com:8887' }
    harness.patch(id, after)
    await harness.sessions.recordChanged(before, after)
    expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-out', passwordStored: false })
    expect(harness.store.secrets.size).toBe(0)
  })
})

function record(id: string) {
  const server = harness.records.get(id)
  if (server === undefined) throw new Error('No such server')
  return server
}

it('a waiting call does not send the token of a later session to an earlier host', async () => {
  const first = await harness.add()
  const other = await harness.add()
  await harness.signIn(first.id, first.pbx)
  const client = harness.sessions.reader(first.id)
  await first.pbx.setFaults({ expireTokens: true, latencyMs: 100, onlyPath: '/ip_filters' })
  const waiting = failureOf(listRecords(client, ipRule, firstPage, new AbortController().signal))
  const before = record(first.id)
  const after = { ...before, address: other.pbx.url }
  const pin = record(other.id).pin
  harness.patch(first.id, { ...after, ...(pin && { pin }) })
  await harness.sessions.recordChanged(before, record(first.id))
  expect(await harness.signIn(first.id, other.pbx)).toMatchObject({ phase: 'signed-in' })
  expect(['signed-out', 'offline']).toContain((await waiting).code)
  expect(harness.sessions.state(first.id).phase).toBe('signed-in')
})
