import { describe, expect, it } from 'vitest'
import { parseCidr } from '@shared/domain/cidr'
import type { IpRule } from '@shared/domain/ip-rule'
import { emptyServerDraft } from '@shared/domain/server'
import { setLocale } from '@shared/format/locale'
import type { PbxReader } from '@main/portsip/pbx-client'
import { protectedAddresses } from '@main/services/ip-rules/addresses'
import { denyGuards, editGuards, removalGuards } from '@main/services/ip-rules/guards'

const now = Date.parse('2026-06-01T12:00:00Z')
const nobody = { own: [], pbx: [] }
const range = (text: string) => {
  const parsed = parseCidr(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.cidr
}
const rule = (cidr: string, extra: Partial<IpRule> = {}): IpRule => ({ id: cidr, cidr, target: 'ACCEPT', ...extra })
const input = (cidr: string, extra: Partial<IpRule> = {}): IpRule => ({
  id: '',
  cidr,
  target: 'ACCEPT',
  expire_at: null,
  description: '',
  ...extra,
})

describe('a DENY', () => {
  it('that covers this computer, the PBX and an accepted range is stopped for each', () => {
    const addresses = { own: ['10.0.0.7', 'fe80::1'], pbx: ['10.0.0.2'] }
    const guards = denyGuards(range('10.0.0.0/24'), addresses, [rule('10.0.0.128/25'), rule('10.1.0.0/16')], now)
    expect(guards.map((guard) => [guard.kind, guard.addresses])).toEqual([
      ['own-address', ['10.0.0.7']],
      ['pbx-address', ['10.0.0.2']],
      ['accepted-address', ['10.0.0.128/25']],
    ])
  })

  it('that lies inside an accepted range is stopped as well', () => {
    expect(denyGuards(range('10.0.0.5'), nobody, [rule('10.0.0.0/8')], now)).toHaveLength(1)
  })

  it('is not stopped by an ACCEPT that ended, or by a DENY', () => {
    const others = [rule('10.0.0.0/8', { expire_at: '2026-05-31T00:00:00Z' }), rule('10.0.0.0/9', { target: 'DENY' })]
    expect(denyGuards(range('10.0.0.5'), nobody, others, now)).toEqual([])
  })

  it('with markup in a neighbour’s range does not fail', () => {
    expect(denyGuards(range('10.0.0.5'), nobody, [rule('<b>10.0.0.0/8</b>')], now)).toEqual([])
  })
})

describe('removing an ACCEPT', () => {
  it('is stopped while the rule counts', () => {
    const rules = [rule('10.0.0.1/32'), rule('10.0.0.2/32', { target: 'DENY' })]
    expect(removalGuards(rules, now).map((guard) => guard.addresses)).toEqual([['10.0.0.1/32']])
    expect(removalGuards([rule('10.0.0.1/32', { expire_at: '2026-01-01T00:00:00Z' })], now)).toEqual([])
  })

  it('is stated in the locale of the system', () => {
    setLocale('de-DE')
    try {
      const rules = Array.from({ length: 1600 }, (_, at) => rule(`10.0.${at >> 8}.${at & 255}/32`))
      expect(removalGuards(rules, now)[0]?.message).toMatch(/^1\.600 allow rules are removed/)
    } finally {
      setLocale('')
    }
  })

  it.each([
    ['a DENY instead', input('10.0.0.0/24', { target: 'DENY' }), 1],
    ['a smaller range', input('10.0.0.0/25'), 1],
    ['an end where there was none', input('10.0.0.0/24', { expire_at: '2030-01-01T00:00:00Z' }), 1],
    ['a wider range', input('10.0.0.0/16'), 0],
    ['another description', input('10.0.0.0/24', { description: 'SBC' }), 0],
  ])('by an edit: %s', (_name, after, stopped) => {
    expect(editGuards(rule('10.0.0.0/24'), after, now)).toHaveLength(stopped)
  })

  it('lets an end be put off', () => {
    const before = rule('10.0.0.0/24', { expire_at: '2026-07-01T00:00:00Z' })
    expect(editGuards(before, input('10.0.0.0/24', { expire_at: '2027-07-01T00:00:00Z' }), now)).toEqual([])
    expect(editGuards(before, input('10.0.0.0/24', { expire_at: '2026-06-02T00:00:00Z' }), now)).toHaveLength(1)
  })
})

describe('whether a router may stand between this computer and the PBX', () => {
  const record = { ...emptyServerDraft, id: 'x', name: 'x', activeAddress: 'first' } as const
  const sources = { interfaces: () => [], resolve: () => Promise.resolve([]) }
  const client = (local: string | undefined): PbxReader => ({
    get: () => Promise.reject(new Error('GET /info is not answered')),
    download: () => Promise.reject(new Error('not asked')),
    localAddress: () => local,
    remoteAddress: () => undefined,
  })

  it.each([
    ['https://198.51.100.5:8887', '192.168.1.20', undefined, true],
    ['https://198.51.100.5:8887', '::ffff:10.0.0.5', undefined, true],
    ['https://198.51.100.5:8887', undefined, undefined, true],
    ['https://198.51.100.5:8887', '41.202.7.9', undefined, false],
    ['https://198.51.100.5:8887', '192.168.1.20', '41.202.7.9', false],
    ['https://127.0.0.1:8887', '127.0.0.1', undefined, false],
  ])('%s from %s, seen as %s: %s', async (address, local, seenAs, behindRouter) => {
    const found = await protectedAddresses({ ...record, address }, client(local), sources, seenAs)
    expect(found.behindRouter).toBe(behindRouter)
    if (seenAs !== undefined) expect(found.own).toContain(seenAs)
  })
})
