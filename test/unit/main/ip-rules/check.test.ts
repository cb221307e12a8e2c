import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ipRuleInputSchema, type IpRuleInput } from '@shared/domain/ip-rule'
import { received, refusal, startRules, type StartedRules } from './practice'

const draft = (cidr: string, extra: Partial<IpRuleInput> = {}): IpRuleInput =>
  ipRuleInputSchema.parse({ cidr, target: 'DENY', expire_at: null, description: '', ...extra })

describe('the own address behind a router', () => {
  it('is guarded where the PBX told it when it blocked us', async () => {
    const told = await startRules({}, {}, '203.0.113.7')
    const found = await told.service.check({ serverId: told.serverId, input: draft('203.0.113.0/24') })
    expect(found.guards).toContainEqual(expect.objectContaining({ kind: 'own-address', addresses: ['203.0.113.7'] }))
    expect(found.ownAddressNote).toBeUndefined()
    await told.close()
  })
})

describe('checking a draft against a PBX', () => {
  let rules: StartedRules
  beforeAll(async () => {
    rules = await startRules({ rules: 3000, seed: 5 })
    rules.pbx.addRule({ cidr: '41.202.0.0/16', target: 'DENY', description: 'all of it' })
    rules.pbx.addRule({ cidr: '41.202.7.0/24', target: 'DENY' })
    rules.pbx.addRule({ cidr: '41.203.0.0/16', target: 'DENY' })
    rules.pbx.addRule({ cidr: '2001:db8:0:0:5::/80', target: 'ACCEPT' })
    rules.pbx.addRule({ cidr: '198.18.0.0/15', target: 'ACCEPT', description: 'SBC' })
  })
  afterAll(() => rules.close())
  const check = (input: IpRuleInput, id?: string) => rules.service.check({ serverId: rules.serverId, input, id })

  it('normalises it and names what covers it and what lies inside', async () => {
    const inner = await check(draft('41.202.7.9'))
    expect(inner.normalised).toEqual({ text: '41.202.7.9/32', family: 'ipv4', prefix: 32 })
    expect(inner.overlaps.map((rule) => rule.cidr).sort()).toEqual(['41.202.0.0/16', '41.202.7.0/24'])
    const outer = await check(draft('41.202.0.0/15'))
    expect(outer.overlaps.map((rule) => rule.cidr)).toEqual(expect.arrayContaining(['41.202.0.0/16', '41.203.0.0/16']))
    expect(outer.complete).toBe(true)
  })

  it('leaves out the rule that is edited', async () => {
    const id = rules.pbx.rules().find((rule) => rule.cidr === '41.202.7.0/24')?.id ?? ''
    const found = await check(draft('41.202.7.0/24'), id)
    expect(found.overlaps.map((rule) => rule.cidr)).toEqual(['41.202.0.0/16'])
  })

  it.each([
    ['10.9.0.0/16', 'own-address'],
    ['127.0.0.0/8', 'pbx-address'],
    ['198.19.5.0/24', 'accepted-address'],
    ['2001:db8::/48', 'accepted-address'],
  ])('stops a DENY of %s: %s', async (cidr, kind) => {
    expect((await check(draft(cidr))).guards.map((guard) => guard.kind)).toContain(kind)
  })

  it('stops no ACCEPT of the same ranges', async () => {
    expect((await check(draft('10.9.0.0/16', { target: 'ACCEPT' }))).guards).toEqual([])
  })

  it('says so when more rules lie in the range than it reads, and still finds what an ACCEPT protects', async () => {
    const found = await check(draft('0.0.0.0/0'))
    expect(found.complete).toBe(false)
    expect(found.note).toContain('1,000')
    expect(found.overlaps).toHaveLength(50)
    expect(found.guards.map((guard) => guard.kind)).toEqual(['own-address', 'pbx-address', 'accepted-address'])
  })

  it('tells which field cannot be read', async () => {
    expect((await refusal(check(draft('300.1.1.1')))).fields?.[0]?.path).toBe('cidr')
  })

  it('ends an earlier check when a newer one comes', async () => {
    const earlier = refusal(check(draft('41.202.7.9')))
    const [first, second] = await Promise.all([earlier, check(draft('41.202.7.8'))])
    expect(first.code).toBe('cancelled')
    expect(second.normalised.text).toBe('41.202.7.8/32')
  })

  it('asks for few pages, not for the whole list', async () => {
    const before = received(rules.pbx, 'GET', /^\/ip_filters$/).length
    await check(draft('41.202.7.9'))
    expect(received(rules.pbx, 'GET', /^\/ip_filters$/).length - before).toBeLessThan(6)
  })
})

describe('a PBX that refuses the filter', () => {
  it('is read through instead', async () => {
    const rules = await startRules({ rules: 300 })
    try {
      rules.pbx.addRule({ cidr: '41.202.0.0/16', target: 'DENY' })
      await rules.pbx.setFaults({ status: 400, onlyPath: 'GET /ip_filters', times: 1 })
      const found = await rules.service.check({ serverId: rules.serverId, input: draft('41.202.7.9') })
      expect(found.overlaps.map((rule) => rule.cidr)).toContain('41.202.0.0/16')
      expect(found.complete).toBe(true)
      expect(received(rules.pbx, 'GET', /^\/ip_filters$/).at(-1)?.query['filter']).toBeUndefined()
    } finally {
      await rules.close()
    }
  })
})
