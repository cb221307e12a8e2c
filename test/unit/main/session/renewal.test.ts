import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords } from '@main/portsip/records'
import { FakeTiming } from '@test/fakes/timing'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const firstPage = { offset: 0, limit: 10 }
const renewals = (pbx: Parameters<typeof sentTo>[0]) =>
  sentTo(pbx).filter((line) => line.includes('/auth/refresh_token'))

describe('renewing a session', () => {
  it('happens once for eight parallel calls with status 401, and all continue', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true })
    const client = harness.sessions.reader(id)
    const pages = await Promise.all(Array.from({ length: 8 }, () => listRecords(client, ipRule, firstPage)))
    expect(pages.every((page) => page.items.length === 10)).toBe(true)
    expect(renewals(pbx)).toEqual(['POST /auth/refresh_token 200'])
    expect(harness.sessions.state(id).phase).toBe('signed-in')
  })

  it('stores the new refresh token immediately', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const before = harness.store.secrets.get(`${id}:refresh`)
    await pbx.setFaults({ expireTokens: true })
    await listRecords(harness.sessions.reader(id), ipRule, firstPage)
    expect(harness.store.secrets.get(`${id}:refresh`)).not.toBe(before)
    expect(await harness.restart().connect(id)).toMatchObject({ phase: 'signed-in' })
  })

  it('that is refused requires a new sign-in, and nothing is tried again', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true, refuseRefresh: true })
    const client = harness.sessions.reader(id)
    const failed = await Promise.all(Array.from({ length: 8 }, () => failureOf(listRecords(client, ipRule, firstPage))))
    expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['signed-out']))
    expect(renewals(pbx)).toEqual(['POST /auth/refresh_token 400'])
    expect(harness.sessions.state(id)).toMatchObject({
      phase: 'needs-password',
      passwordStored: true,
      failures: 0,
      error: { code: 'signed-out' },
    })
    expect(harness.store.secrets.has(`${id}:refresh`)).toBe(false)
    expect(await failureOf(listRecords(client, ipRule, firstPage))).toMatchObject({ code: 'signed-out' })
    expect(renewals(pbx)).toHaveLength(1)
  })

  it('without a response is reported, without a loop', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true, dropAfterReceive: true, onlyPath: '/auth/refresh_token' })
    const failure = await failureOf(listRecords(harness.sessions.reader(id), ipRule, firstPage))
    expect(failure).toMatchObject({ code: 'signed-out' })
    expect(failure.message).toContain('lost')
    expect(renewals(pbx)).toHaveLength(1)
    expect(harness.sessions.state(id)).toMatchObject({ phase: 'needs-password' })
    await pbx.clearFaults()
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in' })
  })

  it('does not help if the PBX replies 401 to every token', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ status: 401, onlyPath: '/ip_filters' })
    expect(await failureOf(listRecords(harness.sessions.reader(id), ipRule, firstPage))).toMatchObject({
      code: 'signed-out',
    })
    expect(renewals(pbx)).toHaveLength(1)
  })

  it('happens before the token expires, on a clock without skew', async () => {
    const timing = new FakeTiming()
    const { pbx, id } = await harness.add({ faults: { clockSkewSeconds: 3600 } })
    const sessions = harness.restart({ timing })
    const { username, password } = pbx
    const args = { serverId: id, username, password, domain: '', remember: true, confirmRisk: false }
    expect(await sessions.signIn(args)).toMatchObject({ phase: 'signed-in' })
    timing.advance(1_700_000)
    await listRecords(sessions.reader(id), ipRule, firstPage)
    expect(renewals(pbx)).toHaveLength(0)
    timing.advance(45_000)
    await Promise.all([
      listRecords(sessions.reader(id), ipRule, firstPage),
      listRecords(sessions.reader(id), ipRule, firstPage),
    ])
    expect(renewals(pbx)).toEqual(['POST /auth/refresh_token 200'])
    await sessions.forget([id])
  })

  it('happens after sleep until after the token expired', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    pbx.advanceClock(3600)
    expect((await listRecords(harness.sessions.reader(id), ipRule, firstPage)).items).toHaveLength(10)
    expect(renewals(pbx)).toHaveLength(1)
  })
})

describe('the next start', () => {
  it('resumes with the refresh token, without a password', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const sessions = harness.restart()
    expect(await sessions.connect(id)).toMatchObject({ phase: 'signed-in', role: 'SystemAdmin', passwordStored: true })
    expect(sentTo(pbx).filter((line) => line.includes('/auth/sign_in'))).toHaveLength(1)
    await sessions.forget([id])
    expect(harness.store.secrets.size).toBe(0)
  })

  it('uses the password if the refresh token is refused', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    pbx.dropSessions()
    const sessions = harness.restart()
    expect(await sessions.connect(id)).toMatchObject({ phase: 'signed-in' })
    await sessions.forget([id])
  })

  it('requires the password if the entry was deleted by hand', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    harness.store.secrets.clear()
    expect(await harness.restart().connect(id)).toMatchObject({ phase: 'needs-password', passwordStored: false })
  })
})

describe('signing out', () => {
  it('revokes the session, keeps the password and deletes the refresh token', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    const client = harness.sessions.reader(id)
    expect(await harness.sessions.signOut(id)).toMatchObject({ phase: 'signed-out', passwordStored: true })
    expect(sentTo(pbx).at(-1)).toBe('POST /auth/sign_out 200')
    expect([...harness.store.secrets.keys()]).toEqual([`${id}:password`])
    expect(await failureOf(listRecords(client, ipRule, firstPage))).toMatchObject({ code: 'signed-out' })
  })

  it('works while the PBX is down', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ refuseConnections: true })
    expect(await harness.sessions.signOut(id)).toMatchObject({ phase: 'signed-out' })
    expect(harness.store.secrets.has(`${id}:refresh`)).toBe(false)
  })
})

describe('the keychain', () => {
  it('that fails leaves the session signed in and reports the error', async () => {
    const { pbx, id } = await harness.add()
    harness.store.broken = true
    const state = await harness.signIn(id, pbx)
    expect(state).toMatchObject({ phase: 'signed-in', passwordStored: false, error: { code: 'keychain' } })
    expect(await harness.keychain.status()).toMatchObject({ state: 'unavailable', message: 'The keychain is locked' })
    expect(harness.keychain.useMemory()).toMatchObject({ state: 'memory' })
    expect(await harness.signIn(id, pbx)).toMatchObject({ phase: 'signed-in', passwordStored: true })
    expect(harness.store.secrets.size).toBe(0)
  })

  it('that fails while the secrets are replaced leaves no session that the next run resumes', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    harness.store.broken = true
    const left = ['refresh']
    expect(await harness.signIn(id, pbx)).toMatchObject({ passwordStored: false, undeleted: left })
    harness.store.broken = false
    expect(harness.store.secrets.size).toBe(2)
    await harness.keychain.status()
    const sent = pbx.requests.length
    const next = harness.restart()
    // The password may be the accepted one; the session may be that of another account.
    expect(await next.connect(id)).toMatchObject({ phase: 'signed-in', passwordStored: true })
    expect(next.state(id).undeleted).toBeUndefined()
    expect(pbx.requests.slice(sent).filter(({ path }) => path.includes('refresh'))).toEqual([])
  })

  it('that fails at signing out says so, and the session is not used any more', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    harness.store.broken = true
    await harness.keychain.get(id, 'refresh').catch(() => undefined)
    const state = await harness.sessions.signOut(id)
    expect(state).toMatchObject({ phase: 'signed-out', error: { code: 'keychain' }, undeleted: ['refresh'] })
    harness.store.broken = false
    await harness.keychain.status()
    await expect.poll(() => harness.sessions.state(id).undeleted).toBeUndefined()
    expect(harness.states.at(-1)).not.toHaveProperty('undeleted')
    expect([...harness.store.secrets.keys()]).toEqual([`${id}:password`])
  })

  it('that fails at connecting requires the password and reports the reason', async () => {
    const { id } = await harness.add()
    harness.store.broken = true
    expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'needs-password', error: { code: 'keychain' } })
  })

  it('is not waited for repeatedly, but checked again when its status is requested', async () => {
    harness.store.broken = true
    const states: string[] = []
    harness.keychain.onChange((status) => states.push(status.state))
    await harness.keychain.status()
    const callsBefore = harness.store.asked
    await harness.keychain.get('a', 'password').catch(() => undefined)
    expect(harness.store.asked).toBe(callsBefore)
    harness.store.broken = false
    expect(await harness.keychain.status()).toMatchObject({ state: 'ok' })
    expect(states).toEqual(['unavailable', 'ok'])
  })
})

describe('messages', () => {
  it('contain no password and no token, in states, log and errors', async () => {
    const password = 'PLANTED-secret-1'
    const { pbx, id } = await harness.add({ password })
    await harness.signIn(id, pbx, { password: 'PLANTED-wrong-2' })
    await harness.signIn(id, pbx)
    const refresh = harness.store.secrets.get(`${id}:refresh`) ?? ''
    await pbx.setFaults({ expireTokens: true })
    await listRecords(harness.sessions.reader(id), ipRule, firstPage)
    await pbx.setFaults({ expireTokens: true, dropAfterReceive: true })
    const failure = await listRecords(harness.sessions.reader(id), ipRule, firstPage).catch((error: unknown) => error)
    const output = JSON.stringify([harness.states, harness.log, failure, String(failure), harness.sessions.list()])
    expect(output).not.toContain('PLANTED')
    expect(refresh).not.toBe('')
    for (const secret of [refresh, ...harness.store.secrets.values()]) expect(output).not.toContain(secret)
    expect(harness.log.some((line) => line.startsWith(`POST /auth/sign_in ${id} 200`))).toBe(true)
  })

  it('keep servers apart', async () => {
    const one = await harness.add()
    const two = await harness.add({ faults: { refuseConnections: true } }, { trusted: false })
    await Promise.all([harness.signIn(one.id, one.pbx), harness.sessions.connect(two.id)])
    expect(harness.sessions.state(one.id).phase).toBe('signed-in')
    expect(harness.sessions.state(two.id).phase).toBe('unreachable')
  })
})

describe('cancel', () => {
  it('ends a connection attempt', async () => {
    const { id } = await harness.add()
    const connecting = harness.sessions.connect(id)
    harness.sessions.cancel(id)
    expect(await connecting).toMatchObject({ phase: 'signed-out' })
  })

  it('ends the requests of a page and leaves those with their own signal', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ latencyMs: 100 })
    const client = harness.sessions.reader(id)
    const ofPage = failureOf(listRecords(client, ipRule, firstPage))
    const ofJob = listRecords(client, ipRule, firstPage, new AbortController().signal)
    harness.sessions.cancel(id)
    expect(await ofPage).toMatchObject({ code: 'cancelled' })
    expect((await ofJob).items).toHaveLength(10)
  })
})
