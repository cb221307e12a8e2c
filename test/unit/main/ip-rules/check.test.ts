import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import type { RecordCheck, RecordValues } from '@shared/domain/record'
import { confirmed, received, refusal, startRules, type StartedRules } from './practice'

const draft = (cidr: string, extra: RecordValues = {}): RecordValues => ({ cidr, target: 'DENY', ...extra })
const ranges = (found: RecordCheck) => found.overlaps?.rows.map((rule) => rule['cidr'])

describe('the own address behind a router', () => {
  it('is guarded if the PBX reported it when it blocked the app', async () => {
    const practice = await startRules({}, {}, '203.0.113.7')
    const found = await practice.service.check({ ...practice.at, changes: draft('203.0.113.0/24') })
    expect(found.guards).toContainEqual(expect.objectContaining({ kind: 'own-address', addresses: ['203.0.113.7'] }))
    expect(found.notes).toEqual([])
    await practice.close()
  })
})

describe('a check that cannot read all rules', () => {
  const cannot = expect.objectContaining({
    kind: 'incomplete-check',
    message: expect.stringContaining('GET /ip_filters returned 1 of 2 rows') as string,
  }) as object

  it('stops a block rule, and nothing is sent', async () => {
    const rules = await startRules({ recordLimit: 500 })
    rules.pbx.addRule({ cidr: '41.1.0.0/16', target: 'DENY' })
    rules.pbx.addRule({ cidr: '41.2.0.0/16', target: 'ACCEPT' })
    await rules.pbx.setFaults({ hiddenRow: 1, onlyPath: 'GET /ip_filters' })
    expect((await rules.service.check({ ...rules.at, changes: draft('41.0.0.0/8') })).guards).toContainEqual(cannot)
    const create = { ...rules.at, values: draft('41.0.0.0/8'), confirmation: confirmed }
    expect((await refusal(rules.service.create(create))).code).toBe('guarded')
    expect(received(rules.pbx, 'POST', /ip_filters/)).toEqual([])
    await rules.close()
  })

  it('is reported for an allow rule, without blocking it', async () => {
    const rules = await startRules()
    for (const cidr of ['41.1.0.0/16', '41.2.0.0/16']) rules.pbx.addRule({ cidr, target: 'DENY' })
    await rules.pbx.setFaults({ hiddenRow: 1, onlyPath: 'GET /ip_filters' })
    const { guards, notes } = await rules.service.check({
      ...rules.at,
      changes: draft('41.0.0.0/8', { target: 'ACCEPT' }),
    })
    expect(guards).toEqual([])
    expect(notes).toContainEqual('GET /ip_filters returned 1 of 2 rows.')
    await rules.close()
  })

  it('of what is deleted stops it', async () => {
    const rules = await startRules()
    const ids = Array.from(
      { length: 30 },
      (_, index) => rules.pbx.addRule({ cidr: `41.0.0.${index}/32`, target: 'ACCEPT' }).id,
    )
    await rules.pbx.setFaults({ hiddenRow: 1, onlyPath: 'GET /ip_filters' })
    const guards = await rules.service.checkDestroy({ ...rules.at, ids })
    expect(guards).toMatchObject([{ kind: 'incomplete-check' }])
    await rules.close()
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
  const check = (changes: RecordValues, id?: string) => rules.service.check({ ...rules.at, changes, id })

  it('names what covers it and what lies inside', async () => {
    const inner = await check(draft('41.202.7.9'))
    expect(ranges(inner)?.toSorted()).toEqual(['41.202.0.0/16', '41.202.7.0/24'])
    const outer = await check(draft('41.202.0.0/15'))
    expect(ranges(outer)).toEqual(expect.arrayContaining(['41.202.0.0/16', '41.203.0.0/16']))
    expect(outer.notes).toEqual([])
  })

  it('leaves out the rule that is edited', async () => {
    const id = rules.pbx.rules().find((rule) => rule.cidr === '41.202.7.0/24')?.id ?? ''
    const found = await check(draft('41.202.7.0/24'), id)
    expect(ranges(found)).toEqual(['41.202.0.0/16'])
  })

  it('of a rule that is there says what it overlaps, and what harm a change would do', async () => {
    const id = rules.pbx.addRule({ cidr: '198.19.5.0/24', target: 'DENY' }).id
    const untouched = await check({ description: 'x' }, id)
    expect(ranges(untouched)).toEqual(['198.18.0.0/15'])
    expect(untouched.guards).toEqual([])
    expect((await check({ expire_at: '2031-01-01T00:00:00Z' }, id)).guards).toContainEqual(
      expect.objectContaining({ kind: 'accepted-address' }),
    )
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
    expect(found.notes?.join()).toContain(printNumber(1000))
    expect(found.overlaps?.rows).toHaveLength(50)
    expect(found.overlaps?.count).toBeGreaterThan(900)
    expect(found.guards.map((guard) => guard.kind)).toEqual(['own-address', 'pbx-address', 'accepted-address'])
  })

  it('tells which field cannot be read', async () => {
    expect((await check(draft('300.1.1.1'))).problems).toEqual([expect.objectContaining({ path: 'cidr' })])
  })

  it('ends an earlier check when a newer one comes', async () => {
    const earlier = refusal(check(draft('41.202.7.9')))
    const [first, second] = await Promise.all([earlier, check(draft('41.202.7.8'))])
    expect(first.code).toBe('cancelled')
    expect(ranges(second)).toContain('41.202.7.0/24')
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
      const found = await rules.service.check({ ...rules.at, changes: draft('41.202.7.9') })
      expect(ranges(found)).toContain('41.202.0.0/16')
      expect(found.notes).toEqual([])
      expect(received(rules.pbx, 'GET', /^\/ip_filters$/).at(-1)?.query['filter']).toBeUndefined()
    } finally {
      await rules.close()
    }
  })
})
