import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dealers } from '@shared/resources/dealer'
import { ipRule } from '@shared/resources/ip-rule'
import { createRecord, listRecords, showRecord } from '@main/portsip/records'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const page = { offset: 0, limit: 10 }
const other = { code: 'signed-out', message: 'The renewed session belongs to another account' }

describe.each(['22.0', '22.2', '22.6'] as const)('a session that %s renews for another account', (version) => {
  it('ends before anything is sent with it', async () => {
    const { pbx, id } = await harness.add({ version })
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true, renewsAs: 'dealer1' })
    const from = pbx.requests.length
    const reader = harness.sessions.reader(id)
    const create = harness.send(id, (writer) => createRecord(writer, ipRule, { cidr: '41.202.7.9/32', target: 'DENY' }))
    expect(await failureOf(create)).toMatchObject(other)
    const old = version === '22.0'
    expect(sentTo(pbx).slice(from)).toEqual([
      'POST /ip_filters 401',
      `POST ${old ? '/login/oauth/token' : '/auth/refresh_token'} 200`,
      `GET ${old ? '/login' : '/auth/user'} 200`,
    ])
    expect(harness.sessions.state(id)).toMatchObject({ phase: 'needs-password', error: other })
    expect(harness.store.secrets.has(`${id}:refresh`)).toBe(false)
    expect(await failureOf(listRecords(reader, ipRule, page))).toMatchObject({
      code: 'signed-out',
    })
    expect(sentTo(pbx).slice(from)).toHaveLength(3)
  })
})

it('a dealer does not become another dealer with the same role', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  const north = { name: 'north', level: 'RESELLER', password: 'Valid-Word-58', max_tenants: 1, max_extensions: 1 }
  await harness.send(id, (writer) => createRecord(writer, dealers, north))
  await harness.signIn(id, pbx, { username: 'dealer1' })
  await pbx.setFaults({ expireTokens: true, renewsAs: 'north' })
  const reader = harness.sessions.reader(id)
  expect(await failureOf(showRecord(reader, dealers, 'any'))).toMatchObject(other)
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'needs-password', error: other })
})

it('the same account continues, and one more request verifies that it is the same', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  await pbx.setFaults({ expireTokens: true })
  const from = pbx.requests.length
  await listRecords(harness.sessions.reader(id), ipRule, page)
  expect(sentTo(pbx).slice(from, from + 3)).toEqual([
    'GET /ip_filters 401',
    'POST /auth/refresh_token 200',
    'GET /auth/user 200',
  ])
  expect(sentTo(pbx).slice(from)).toContain('GET /ip_filters 200')
})

it.each(['Dealer', undefined] as const)(
  'a role that changed meanwhile is that of the same account after a renewal: %s',
  async (actsAs) => {
    const { pbx, id } = await harness.add({ version: '22.6' })
    await harness.signIn(id, pbx)
    await pbx.setFaults({ actsAs: 'Dealer' })
    await harness.sessions.noteStatus(id, undefined)
    expect(harness.sessions.state(id).role).toBe('Dealer')
    await pbx.clearFaults()
    await pbx.setFaults({ actsAs, expireTokens: true })
    await listRecords(harness.sessions.reader(id), dealers, page)
    expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in' })
  },
)

describe('the user of a renewed token is read once', () => {
  /** Resolves when a running refresh has ended. */
  const settled = (id: string) => harness.sessions.noteStatus(id, undefined, -1)
  const users = (lines: readonly string[]) => lines.filter((line) => line.startsWith('GET /auth/user'))

  it('by the check of its owner and by the refresh', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true })
    const from = pbx.requests.length
    await listRecords(harness.sessions.reader(id), ipRule, page)
    await settled(id)
    expect(users(sentTo(pbx).slice(from))).toEqual(['GET /auth/user 200'])
  })

  it('and again for the next status, which is not about a renewal', async () => {
    const { pbx, id } = await harness.add()
    await harness.signIn(id, pbx)
    await pbx.setFaults({ expireTokens: true })
    await listRecords(harness.sessions.reader(id), ipRule, page)
    await settled(id)
    const from = pbx.requests.length
    await harness.sessions.noteStatus(id, undefined)
    expect(users(sentTo(pbx).slice(from))).toEqual(['GET /auth/user 200'])
  })

  it('also if the refresh itself renewed it, and what it says is used', async () => {
    const { pbx, id } = await harness.add({ version: '22.6' })
    await harness.signIn(id, pbx)
    // The status of the refresh is the first request with the token that has ended.
    await pbx.setFaults({ status: 403, onlyPath: 'GET /ip_filters', times: 1 })
    await failureOf(listRecords(harness.sessions.reader(id), ipRule, page))
    await pbx.setFaults({ expireTokens: true, capabilities: ['Trunk.FullAccess'] })
    await settled(id)
    await listRecords(harness.sessions.reader(id), ipRule, page)
    await settled(id)
    expect(harness.sessions.state(id).capabilities).toEqual(['Trunk.FullAccess'])
  })
})

it('an owner that cannot be read now is read before the next call; the session and its refresh token remain', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  await pbx.setFaults({ expireTokens: true, dropMidBody: true, onlyPath: 'GET /auth/user' })
  const client = harness.sessions.reader(id)
  await failureOf(listRecords(client, ipRule, page))
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'signed-in' })
  await pbx.clearFaults()
  await listRecords(client, ipRule, page)
  expect(sentTo(pbx).filter((line) => line.startsWith('POST /auth/refresh_token'))).toHaveLength(1)
})

it('at the next start, the session of a tenant’s administrator is not that of the system', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  await pbx.setFaults({ renewsAs: 'dealer1' })
  harness.patch(id, { domain: 'tenant.example' })
  const sessions = harness.restart()
  expect(await sessions.connect(id)).toMatchObject({ phase: 'needs-password', error: other })
  await sessions.forget([id])
})
