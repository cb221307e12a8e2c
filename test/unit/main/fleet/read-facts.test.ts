import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JsonStore } from '@main/storage/json-store'
import { factsFileSchema, type StoredFacts } from '@shared/fleet/facts'
import { FleetFacts } from '@main/services/fleet/facts'
import { noteState } from '@main/services/fleet/note-state'
import { readAfterSignIn, readFacts } from '@main/services/fleet/read-facts'
import { FakeTiming } from '@test/fakes/timing'
import { failureOf, Harness, sentTo } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

let harness: Harness
let facts: FleetFacts
beforeEach(() => {
  harness = new Harness({ connectMs: 1_000 })
  const empty = { version: 1, servers: [] } as const
  const file = `${temporaryFolder()}/fleet-facts.json`
  facts = new FleetFacts({
    store: new JsonStore({ file, schema: factsFileSchema, version: 1, empty }),
    onChange: () => undefined,
    report: () => undefined,
    timing: new FakeTiming(),
  })
  harness.sessions.onChange((state) => noteState(facts, state))
})
afterEach(() => harness.close())

const now = Date.parse('2030-01-01T00:00:00Z')
const readAt = new Date(now).toISOString()
const deps = () => ({ servers: harness.servers, sessions: harness.sessions, facts, now: () => now })
const read = (id: string) => readFacts(id, deps())
const known = (id: string): StoredFacts | undefined => facts.get(id)

describe('a sign-in', () => {
  it('stores role, version and limits; certificate and rules are read after it', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const { role, version, facts: limits, lastSeen } = harness.sessions.state(id)
    expect(known(id)).toMatchObject({ role, version, limits, lastResponse: lastSeen })
    expect(known(id)?.limits?.users.limit).toBeGreaterThan(0)
    expect(known(id)?.expiringRules).toBeUndefined()
    await readAfterSignIn(id, deps())
    expect(known(id)?.certificate).toMatchObject({ readAt, fingerprint256: pbx.fingerprint256 })
    expect(known(id)?.expiringRules).toMatchObject({ readAt, count: expect.any(Number) as number })
  })

  it('as a dealer has limits, but no rules: they are not requested', async () => {
    const { pbx, id } = await harness.add()
    const dealer = pbx.accounts.find(({ role }) => role === 'Dealer')
    if (dealer === undefined) throw new Error('No dealer')
    await harness.signIn(id, pbx, { username: dealer.username, password: dealer.password })
    await read(id)
    expect(known(id)).toMatchObject({ role: 'Dealer', limits: { readAt }, certificate: { readAt } })
    expect(known(id)?.expiringRules).toBeUndefined()
    expect(sentTo(pbx).filter((line) => line.includes('/ip_filters'))).toEqual([])
  })

  it('stays known after signing out', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const before = known(id)
    await harness.sessions.signOut(id)
    expect(known(id)).toMatchObject({ role: before?.role, limits: before?.limits })
  })
})

describe('another account on the same server', () => {
  const accountOf = (pbx: Awaited<ReturnType<Harness['add']>>['pbx'], role: string) => {
    const account = pbx.accounts.find((candidate) => candidate.role === role)
    if (account === undefined) throw new Error(`No ${role}`)
    const { username, password, domain = '' } = account
    return { username, password, domain }
  }

  it.each([
    ['Dealer', 'dealer'],
    ['Admin', 'tenant'],
    ['StandardUser', undefined],
  ])('that is a %s keeps no limits and rules that a system administrator has read', async (role, owner) => {
    const { pbx, id } = await harness.add({ moreAccounts: [{ username: 'phone', role: 'StandardUser' }] })
    await harness.signIn(id, pbx)
    await read(id)
    expect(known(id)).toMatchObject({ limits: { owner: 'server' }, expiringRules: { readAt } })
    await harness.sessions.signOut(id)
    await harness.signIn(id, pbx, accountOf(pbx, role))
    const after = known(id)
    expect([after?.role, after?.limits?.owner]).toEqual([role, owner])
    expect(after?.limits?.maintenanceExpiresAt).toBeUndefined()
    expect(after?.expiringRules).toBeUndefined()
    expect(after).toMatchObject({ version: expect.any(String) as string, certificate: { readAt } })
  })

  it('that is a system administrator keeps no limits of a dealer, also if the status cannot be read', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx, accountOf(pbx, 'Dealer'))
    expect(known(id)?.limits?.owner).toBe('dealer')
    await harness.sessions.signOut(id)
    await pbx.setFaults({ status: 500, onlyPath: '/admin/status' })
    await harness.signIn(id, pbx)
    expect(known(id)).toMatchObject({ role: 'SystemAdmin' })
    expect(known(id)?.limits).toBeUndefined()
  })

  it('that is the same system administrator keeps the limits with their time if the status cannot be read', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const before = known(id)?.limits
    await harness.sessions.signOut(id)
    await pbx.setFaults({ status: 500, onlyPath: '/admin/status' })
    await harness.signIn(id, pbx)
    expect(known(id)?.limits).toEqual(before)
  })
})

describe('facts of an earlier version', () => {
  it('have no limits, because they may be those of a dealer', () => {
    const { owner: _owner, ...limits } = { owner: 'server', readAt, users: { used: 1 }, calls: {}, tenants: {} }
    const serverId = '00000000-0000-4000-8000-000000000001'
    const parsed = factsFileSchema.parse({ version: 1, servers: [{ serverId, role: 'Dealer', limits }] })
    expect(parsed.servers).toEqual([{ serverId, role: 'Dealer' }])
  })
})

describe('reading', () => {
  it('a server that is signed in reads everything again', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await read(id)
    expect(known(id)).toMatchObject({ limits: { readAt }, certificate: { readAt }, expiringRules: { readAt } })
    expect(harness.sessions.state(id).facts?.readAt).toBe(readAt)
  })

  it('a server that is not signed in shows its certificate, without a request', async () => {
    const { pbx, id } = await harness.add()
    await read(id)
    expect(known(id)?.certificate).toMatchObject({ readAt, fingerprint256: pbx.fingerprint256 })
    expect(sentTo(pbx)).toEqual([])
    expect(harness.sessions.state(id).phase).toBe('signed-out')
  })

  it('a server that does not respond keeps what is known, and makes it unreachable', async () => {
    const { pbx, id } = await harness.add()
    await read(id)
    const before = known(id)
    await pbx.setFaults({ refuseConnections: true })
    expect((await failureOf(read(id))).message).toContain('Connection refused')
    expect(known(id)).toEqual(before)
    expect(harness.sessions.state(id).unreachable?.error.message).toContain('Connection refused')
  })

  it('a status that fails leaves the old one with its time', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const before = known(id)?.limits
    await pbx.setFaults({ status: 500, onlyPath: '/admin/status' })
    await failureOf(read(id))
    expect(known(id)?.limits).toEqual(before)
  })

  it('reads the certificate for an account whose role is unknown and that cannot read the status', async () => {
    const { pbx, id } = await harness.add()
    const admin = pbx.accounts.find(({ role }) => role === 'Admin')
    if (admin === undefined) throw new Error('No tenant administrator')
    const { username, password, domain = '' } = admin
    await harness.signIn(id, pbx, { username, password, domain })
    const { servers } = harness
    const withoutRole = (serverId: string) => {
      const { role, isTenantUser, ...state } = servers.state(serverId)
      expect([role, isTenantUser]).toEqual(['Admin', true])
      return state
    }
    const ofServers = { record: servers.record.bind(servers), reader: servers.reader.bind(servers), state: withoutRole }
    const before = known(id)?.limits
    await readFacts(id, { ...deps(), servers: ofServers })
    expect(known(id)?.certificate?.readAt).toBe(readAt)
    // They came with the sign-in.
    expect(known(id)?.limits?.users).toEqual(before?.users)
    expect(known(id)?.expiringRules?.problem).toEqual(expect.any(String))
    await pbx.setFaults({ status: 500, onlyPath: '/admin/status' })
    await failureOf(readFacts(id, { ...deps(), servers: ofServers }))
  })

  it.each(['22.2', '22.6'] as const)('during which the session is renewed reads the user once: %s', async (version) => {
    const { pbx, id } = await harness.add({ version })
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true })
    const from = pbx.requests.length
    await read(id)
    await harness.sessions.noteStatus(id, undefined, -1)
    expect(
      sentTo(pbx)
        .slice(from)
        .filter((line) => line.includes('/auth/user')),
    ).toEqual(['GET /auth/user 200'])
    expect(known(id)?.certificate?.readAt).toBe(readAt)
  })

  it('does not wait for the role that is read beside it', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const { sessions } = harness
    const never = {
      check: sessions.check.bind(sessions),
      roleReads: () => 0,
      noteStatus: () => new Promise<void>(() => undefined),
    }
    await readFacts(id, { ...deps(), sessions: never })
    expect(known(id)?.expiringRules?.readAt).toBe(readAt)
  })

  it.each([
    ['removed', (id: string) => void harness.records.delete(id)],
    ['given another address', (id: string) => harness.patch(id, { address: 'https://other.example.com:8887' })],
  ])('stores nothing of a server that is %s meanwhile', async (_, change) => {
    const { id } = await harness.add()
    const record = harness.get(id)
    const { sessions } = harness
    const check = async (serverId: string) => {
      const presented = await sessions.check(serverId)
      change(serverId)
      return presented
    }
    await readFacts(id, {
      ...deps(),
      sessions: { check, roleReads: () => 0, noteStatus: () => Promise.resolve() },
    }).catch(() => undefined)
    expect(known(id)?.certificate?.readAt).not.toBe(readAt)
    harness.records.set(id, record)
  })
})

describe('a certificate that is not trusted', () => {
  it('is known with the time at which it was presented', async () => {
    const { pbx, id } = await harness.add({}, { trusted: false })
    const { since } = await harness.sessions.connect(id)
    expect(known(id)).toMatchObject({ certificate: { readAt: since, fingerprint256: pbx.fingerprint256 } })
    expect(known(id)?.limits).toBeUndefined()
  })
})
