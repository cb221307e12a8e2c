import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { PracticeOptions } from '@demo/practice-pbx'
import type { PracticeFaults } from '@shared/domain/practice'
import type { SessionState, SignInArgs } from '@shared/domain/session'
import { ipRule } from '@shared/resources/ip-rule'
import { createRecord, listRecords } from '@main/portsip/records'
import { showOwnTenant } from '@main/portsip/tenants'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const page = { offset: 0, limit: 10 }
const other = { code: 'signed-out', message: 'The renewed session belongs to another account' }
const unverified = { code: 'signed-out', message: 'The PBX does not report whose session this is since it was renewed' }
const rule = { cidr: '41.202.7.9/32', target: 'DENY' }

/** The user cannot be read, and neither can what else tells accounts apart. */
const unreadable: readonly Partial<PracticeFaults>[] = [
  { status: 500, onlyPath: 'GET /auth/user' },
  { status: 403, onlyPath: 'GET /auth/user' },
  { dropAfterReceive: true, onlyPath: 'GET /auth/user' },
  { brokenJson: true, onlyPath: 'GET /auth/user' },
  { body: '{}', onlyPath: 'GET /auth/user' },
  { body: '<html>sign in</html>', onlyPath: 'GET /auth/user' },
]

/** Signs in while the user cannot be read. */
async function signedIn(
  faults: Partial<PracticeFaults>,
  options: PracticeOptions = {},
  args: Partial<SignInArgs> = {},
) {
  const { pbx, id } = await harness.add(options)
  await pbx.setFaults(faults)
  expect(await harness.signIn(id, pbx, args)).toMatchObject({ phase: 'signed-in' })
  const from = pbx.requests.length
  return {
    pbx,
    id,
    state: (): SessionState => harness.sessions.state(id),
    reader: harness.sessions.reader(id),
    create: () => harness.send(id, (writer) => createRecord(writer, ipRule, rule)),
    created: () => sentTo(pbx).slice(from).includes('POST /ip_filters 200'),
    ended: () =>
      new Promise<SessionState>((resolve) =>
        harness.sessions.onChange((after) => {
          if (after.phase === 'needs-password') resolve(after)
        }),
      ),
  }
}

const dealer = { username: 'dealer1' }
const showNothing = { operation: 'GET /dealers', path: '/dealers', schema: z.looseObject({}) }

describe('an account whose user could not be read at the sign-in', () => {
  it.each(unreadable)('is not changed into another one by a renewal: %o', async (fault) => {
    const { pbx, id, reader, create, created, ended, state } = await signedIn(fault)
    await pbx.clearFaults()
    const end = ended()
    await pbx.setFaults({ expireTokens: true, renewsAs: 'dealer1' })
    expect(await failureOf(create())).toMatchObject(other)
    expect(await end).toMatchObject({ error: other })
    expect(created()).toBe(false)
    expect(state()).toMatchObject({ phase: 'needs-password', error: other })
    expect(harness.store.secrets.has(`${id}:refresh`)).toBe(false)
    expect(await failureOf(listRecords(reader, ipRule, page))).toMatchObject({ code: 'signed-out' })
  })

  it('sends changes as before: its tokens come from the sign-in', async () => {
    const { create, created, state } = await signedIn({ status: 500, onlyPath: 'GET /auth/user' })
    await create()
    expect(created()).toBe(true)
    expect(state().isUnverified).toBeUndefined()
  })

  it('is known from the next status on, and a renewal is compared with it', async () => {
    const { pbx, id, create, created } = await signedIn({ status: 500, onlyPath: 'GET /auth/user' }, {}, dealer)
    await pbx.clearFaults()
    await harness.sessions.noteStatus(id, undefined)
    expect(harness.sessions.state(id).role).toBe('Dealer')
    await pbx.setFaults({ expireTokens: true, renewsAs: pbx.username })
    expect(await failureOf(create())).toMatchObject(other)
    expect(created()).toBe(false)
  })

  it('is a dealer whose name is not the typed one', async () => {
    const { pbx, reader, ended } = await signedIn({ status: 500, onlyPath: 'GET /auth/user' }, {}, dealer)
    await pbx.clearFaults()
    const [, second] = pbx.accounts.filter(({ role }) => role === 'Dealer')
    const end = ended()
    const named = JSON.stringify({ id: 'd2', name: second?.username ?? 'north' })
    await pbx.setFaults({ expireTokens: true, body: named, onlyPath: 'GET /dealer' })
    expect(await failureOf(listRecords(reader, ipRule, page))).toMatchObject(other)
    expect(await end).toMatchObject({ error: other })
  })

  it('is a dealer whose name is the typed one, in any case', async () => {
    const { pbx, reader, state } = await signedIn(
      { status: 500, onlyPath: 'GET /auth/user' },
      {},
      { username: 'dealer1' },
    )
    await pbx.clearFaults()
    await pbx.setFaults({ expireTokens: true, body: '{"id":"d1","name":"Dealer1"}', onlyPath: 'GET /dealer' })
    await failureOf(listRecords(reader, ipRule, page))
    expect(state()).toMatchObject({ phase: 'signed-in' })
    expect(state().isUnverified).toBeUndefined()
  })

  it.each(unreadable)('may be read but not changed while a renewed session says nothing: %o', async (fault) => {
    const { pbx, id, state, create, created } = await signedIn(fault, {}, dealer)
    await pbx.setFaults({ ...fault, expireTokens: true })
    await harness.sessions.reader(id).get(showNothing)
    expect(state()).toMatchObject({ phase: 'signed-in', isUnverified: true })
    expect(await failureOf(create())).toMatchObject(unverified)
    expect(created()).toBe(false)
    expect(sentTo(pbx).some((line) => line.startsWith('POST /ip_filters'))).toBe(false)
    expect(state()).toMatchObject({ phase: 'needs-password', error: unverified })
  })

  it('sends changes again once the renewed session is known to be its own', async () => {
    const fault = { status: 500, onlyPath: 'GET /auth/user' } as const
    const { pbx, id, state } = await signedIn(fault, {}, dealer)
    await pbx.setFaults({ ...fault, expireTokens: true })
    await harness.sessions.reader(id).get(showNothing)
    expect(state().isUnverified).toBe(true)
    await pbx.clearFaults()
    await harness.send(id, (writer) => writer.post({ operation: 'POST /dealer', path: '/dealer', body: {} }))
    expect(sentTo(pbx)).toContain('POST /dealer 200')
    expect(state()).toMatchObject({ phase: 'signed-in' })
    expect(state().isUnverified).toBeUndefined()
  })

  it('is that of its tenant only', async () => {
    const { pbx, id } = await harness.add({ version: '22.6' })
    const admin = pbx.accounts.find(({ role }) => role === 'Admin')
    await pbx.setFaults({ status: 500, onlyPath: 'GET /auth/user' })
    await harness.signIn(id, pbx, { username: admin?.username ?? '', domain: admin?.domain ?? '' })
    await pbx.clearFaults()
    const elsewhere = JSON.stringify({ role: 'Admin', domain: 'elsewhere.example' })
    await pbx.setFaults({ expireTokens: true, body: elsewhere, onlyPath: 'GET /auth/user' })
    expect(await failureOf(showOwnTenant(harness.sessions.reader(id)))).toMatchObject(other)
  })
})

describe('a system administrator on a PBX that reports no user at all', () => {
  const none = { status: 403, onlyPath: 'GET /auth/user' } as const

  it('is known by the status of the system, which no dealer can read', async () => {
    const { pbx, create, created, state } = await signedIn(none)
    await pbx.setFaults({ ...none, expireTokens: true })
    await create()
    expect(created()).toBe(true)
    expect(state().phase).toBe('signed-in')
  })

  it('does not become a dealer', async () => {
    const { pbx, create, created } = await signedIn(none)
    await pbx.setFaults({ ...none, expireTokens: true, renewsAs: 'dealer1', onlyPath: undefined, status: 0 })
    expect(await failureOf(create())).toMatchObject(other)
    expect(created()).toBe(false)
  })
})

it.each(['22.0', '22.1', '22.2'] as const)(
  'on %s, the role is read at the path that the version has',
  async (version) => {
    const { pbx, state } = await signedIn({}, { version })
    expect(state()).toMatchObject({ role: 'SystemAdmin' })
    expect(sentTo(pbx)).toContain(version < '22.2' ? 'GET /login 200' : 'GET /auth/user 200')
  },
)

it('at the next start, the session of another dealer is not taken for that of the account', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx, dealer)
  harness.patch(id, { username: 'dealer2' })
  await harness.keychain.set(id, 'refresh', harness.store.secrets.get(`${id}:refresh`) ?? '')
  const sessions = harness.restart()
  expect(await sessions.connect(id)).toMatchObject({ phase: 'needs-password', error: other })
  await sessions.forget([id])
})
