import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import { confirmed, overridden, received, refusal } from '../ip-rules/practice'
import { startRecords, type StartedRecords } from './practice'

let fleet: StartedRecords
beforeAll(async () => (fleet = await startRecords({ version: '22.6' })))
afterAll(() => fleet.close())

const at = () => ({ serverId: fleet.serverId, resource: 'network' }) as const
const check = (changes: RecordValues) => fleet.records.check({ ...at(), changes })
const warnings = async (changes: RecordValues) => (await check(changes)).warnings.join('\n')

test.each(['127.0.0.1', '127.9.9.9', '0.0.0.0', '224.0.0.1', '255.255.255.255', '10.1.1', '::1'])(
  '%s is no private IPv4 address of a server',
  async (private_ipv4) => {
    const refused = fleet.records.update({ ...at(), before: {}, changes: { private_ipv4 }, confirmation: overridden })
    expect((await refusal(refused)).fields?.[0]?.path).toBe('private_ipv4')
    expect(received(fleet.pbx, 'POST', /network/)).toEqual([])
  },
)

test.each(['::1', '::', 'ff02::1', '10.1.1.1', '::ffff:127.0.0.1'])(
  '%s is no IPv6 address of a server',
  async (text) => {
    const changes = { public_ipv6: text }
    const refused = fleet.records.update({ ...at(), before: { enable_ipv6: true }, changes, confirmation: overridden })
    expect((await refusal(refused)).fields?.[0]?.path).toBe('public_ipv6')
  },
)

test('a new private address, or none, names what stops and waits for the override', async () => {
  for (const [private_ipv4, words] of [
    ['10.20.0.99', '10.20.0.10 becomes 10.20.0.99'],
    ['', '10.20.0.10 is removed'],
  ] as const) {
    const { guards } = await check({ private_ipv4 })
    expect(guards).toEqual([expect.objectContaining({ kind: 'address-change' })])
    expect(guards[0]?.message).toContain(words)
    expect(guards[0]?.message).toMatch(/Phones, trunks, the SBC and the IM server/)
  }
  const changes = { private_ipv4: '10.20.0.99' }
  const attempt = { ...at(), before: {}, changes }
  expect((await refusal(fleet.records.update({ ...attempt, confirmation: confirmed }))).code).toBe('guarded')
})

test('the same address written in another way changes nothing', async () => {
  expect(await check({ public_ipv6: '2001:DB8:20:0::10' })).toEqual({ guards: [], warnings: [] })
})

test.each(['10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1', '169.254.1.1'])(
  '%s is reported as not public',
  async (public_ipv4) => expect(await warnings({ public_ipv4 })).toContain(`${public_ipv4} is not a public address`),
)

test('names bring their certificates along, and name servers are looked at', async () => {
  expect(await warnings({ web_domain: 'new.example.com' })).toContain('must cover new.example.com')
  expect(await warnings({ web_domain: '' })).toContain('Without a web domain')
  expect(await warnings({ web_domain: '198.51.100.1' })).toContain('Few certificates cover an IP address')
  expect(await warnings({ sbc_domain: 'sbc2.example.com' })).toContain('The certificate of the SBC must cover')
  expect(await warnings({ secondary_dns_server: '9.9.9.9' })).toContain('Both DNS servers are the same')
  expect(await warnings({ secondary_dns_server: 'dns.example' })).toContain('dns.example is not an IP address')
  expect(await warnings({ primary_dns_server: '' })).toContain('Without a primary DNS server')
  expect(await warnings({ secondary_dns_server: '149.112.112.112' })).toBe('')
})
