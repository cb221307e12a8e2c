import { afterEach, beforeEach, expect, it } from 'vitest'
import { adminStatus } from '@main/portsip/admin-status'
import { serverInfo } from '@main/portsip/info'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords, createRecord } from '@main/portsip/records'
import { failureOf, Harness, sentTo } from './harness'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

const firstPage = { offset: 0, limit: 10 }

it('the status of the system is returned without its license key', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  const client = harness.sessions.reader(id)
  const status = await adminStatus(client)
  expect(status.license_type).toBe('ENTERPRISE')
  expect(JSON.stringify(status)).not.toMatch(/license_key|7B41/)
  expect((await serverInfo(client)).web_domain).toBe('pbx.example.com')
})

it('a block caused by someone else behind this address is reported, and stops everything', async () => {
  const { pbx, id } = await harness.add({ lockOutAfter: 1 })
  const colleague = harness.restart()
  await harness.signIn(id, pbx)
  const client = harness.sessions.reader(id)
  const wrong = {
    serverId: id,
    username: pbx.username,
    password: 'wrong',
    domain: '',
    remember: false,
    confirmRisk: true,
  }
  await colleague.signIn(wrong)
  await colleague.signIn(wrong)
  expect(await failureOf(listRecords(client, ipRule, firstPage))).toMatchObject({ code: 'denied' })
  expect(harness.sessions.state(id)).toMatchObject({ phase: 'denied', error: { address: '127.0.0.1' } })
  // The address is remembered for the guards of IP rules; behind a router there is no other way to learn it.
  expect(harness.sessions.seenAs(id)).toBe('127.0.0.1')
  const sent = pbx.requests.length
  expect(await failureOf(listRecords(client, ipRule, firstPage))).toMatchObject({ code: 'signed-out' })
  expect(await harness.sessions.connect(id)).toMatchObject({ phase: 'denied' })
  expect(pbx.requests).toHaveLength(sent)
})

it('a network failure ends no session, and no write is sent twice when the network is back', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  const client = harness.sessions.reader(id)
  await pbx.setFaults({ refuseConnections: true })
  expect(await failureOf(listRecords(client, ipRule, firstPage))).toMatchObject({ code: 'offline' })
  expect(harness.sessions.state(id).phase).toBe('signed-in')
  await pbx.setFaults({ refuseConnections: false })
  expect((await listRecords(client, ipRule, firstPage)).items).toHaveLength(10)
  await pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /ip_filters' })
  const rule = { cidr: '198.51.100.0/24', target: 'DENY', expire_at: null, description: '' } as const
  expect(await failureOf(harness.send(id, (writer) => createRecord(writer, ipRule, rule)))).toMatchObject({
    code: 'unknown-outcome',
  })
  expect(sentTo(pbx).filter((line) => line.startsWith('POST /ip_filters'))).toHaveLength(1)
  expect(harness.sessions.state(id).phase).toBe('signed-in')
})

it('a write with an expired token is sent once the token is renewed, and takes effect once', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  await pbx.setFaults({ expireTokens: true })
  const rule = { cidr: '198.51.100.0/24', target: 'DENY', expire_at: null, description: '' } as const
  const made = await harness.send(id, (writer) => createRecord(writer, ipRule, rule))
  expect(
    pbx
      .rules()
      .filter(({ cidr }) => cidr === rule.cidr)
      .map((stored) => stored.id),
  ).toContain(made)
  expect(pbx.rules()).toHaveLength(21)
})

it('a pause that the PBX requests is reported, and the request is sent after it', async () => {
  const { pbx, id } = await harness.add()
  await harness.signIn(id, pbx)
  await pbx.setFaults({ status: 429, retryAfter: '20', onlyPath: 'GET /ip_filters', times: 1 })
  const before = Date.now()
  expect((await listRecords(harness.sessions.reader(id), ipRule, firstPage)).items).toHaveLength(10)
  const { phase, waitUntil = '' } = harness.states.at(-1) ?? {}
  expect(phase).toBe('signed-in')
  expect(Date.parse(waitUntil) - before).toBeGreaterThanOrEqual(20_000)
})
