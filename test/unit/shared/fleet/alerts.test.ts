import { describe, expect, it } from 'vitest'
import { alertsOf, limitLevel, type AlertLevel } from '@shared/fleet/alerts'
import { printNumber } from '@shared/format/print-number'
import { localDate } from '@shared/format/time'
import { certificate, dealerLimits, facts, inDays, limits, noRules, now, presented } from './sample'

const noPin = {}
const alerts = (changes: Parameters<typeof facts>[0]) => alertsOf(facts(changes), noPin, now)
const lines = (changes: Parameters<typeof facts>[0]) => alerts(changes).map(({ level, text }) => `${level}: ${text}`)

describe('a limit', () => {
  const levels: readonly (readonly [used: number, level: AlertLevel | undefined])[] = [
    [0, undefined],
    [899, undefined],
    [900, 'warning'],
    [979, 'warning'],
    [980, 'critical'],
    [1000, 'critical'],
    [1200, 'critical'],
  ]
  it.each(levels)('with %i of 1,000 used: %s', (used, level) => {
    expect(limitLevel({ used, limit: 1000 })).toBe(level)
  })

  it('has its usage in the text', () => {
    const usage = { used: 1960, limit: 2000 }
    expect(lines({ limits: { ...limits, users: usage, calls: usage, tenants: usage } })).toEqual([
      `critical: Users: ${printNumber(1960)} of ${printNumber(2000)}`,
      `critical: Current calls: ${printNumber(1960)} of ${printNumber(2000)}`,
      `critical: Tenants: ${printNumber(1960)} of ${printNumber(2000)}`,
    ])
  })

  it('of a dealer or a tenant is a separate alert, not one of the license', () => {
    const usage = { used: 98, limit: 100 }
    const dealer = alerts({ limits: dealerLimits(usage, usage) })
    expect(dealer.map(({ kind, text }) => [kind, text])).toEqual([
      ['dealer-users', 'Dealer users: 98 of 100'],
      ['tenants', 'Dealer tenants: 98 of 100'],
    ])
    const tenant = alerts({ limits: { ...dealerLimits(usage, {}), owner: 'tenant' } })
    expect(tenant.map(({ kind, text }) => [kind, text])).toEqual([['tenant-users', 'Tenant users: 98 of 100']])
  })

  it.each([{}, { used: 5 }, { limit: 5 }, { used: 5, limit: 0 }])('of which %j is known makes no alert', (usage) => {
    expect(alerts({ limits: { ...limits, users: usage, calls: usage, tenants: usage } })).toEqual([])
  })
})

const second = 1 / (24 * 60 * 60)
type Boundaries = readonly (readonly [days: number, level: AlertLevel | undefined])[]

describe('the certificate', () => {
  const levels: Boundaries = [
    [60, undefined],
    [60 - second, 'notice'],
    [30, 'notice'],
    [30 - second, 'warning'],
    [10, 'warning'],
    [10 - second, 'critical'],
    [0, 'critical'],
  ]
  it.each(levels)('that expires in %d days: %s', (days, level) => {
    const end = inDays(days)
    const expected = level === undefined ? [] : [`${level}: Certificate expires ${localDate(end)}`]
    expect(lines({ certificate: { ...presented, validTo: end } })).toEqual(expected)
  })

  it('is critical once it has expired', () => {
    const end = inDays(-3)
    expect(lines({ certificate: { ...presented, validTo: end } })).toEqual([
      `critical: Certificate expired ${localDate(end)}`,
    ])
  })

  it('is the trusted one until one was read', () => {
    const pin = { ...certificate, validTo: inDays(5) }
    expect(alertsOf(undefined, { pin }, now).map(({ kind }) => kind)).toEqual(['certificate'])
    expect(alertsOf(facts(), { pin }, now)).toEqual([])
  })
})

describe('the maintenance', () => {
  const levels: Boundaries = [
    [60, undefined],
    [60 - second, 'notice'],
    [30, 'notice'],
    [30 - second, 'warning'],
    [0, 'warning'],
    [-second, 'critical'],
  ]
  it.each(levels)('that expires in %d days: %s', (days, level) => {
    const end = inDays(days)
    const word = days < 0 ? 'expired' : 'expires'
    const expected = level === undefined ? [] : [`${level}: Maintenance ${word} ${localDate(end)}`]
    expect(lines({ limits: { ...limits, maintenanceExpiresAt: end } })).toEqual(expected)
  })
})

describe('allow rules', () => {
  const rules = (count: number, ...days: readonly number[]) => ({
    expiringRules: { ...noRules, count, soonest: days.map((day) => ({ cidr: '10.0.0.1/32', expiresAt: inDays(day) })) },
  })
  const levels: Boundaries = [
    [30, undefined],
    [30 - second, 'notice'],
    [7, 'notice'],
    [7 - second, 'warning'],
    [2, 'warning'],
    [2 - second, 'critical'],
  ]
  it.each(levels)('of which the first expires in %d days: %s', (days, level) => {
    const expected =
      level === undefined ? [] : [`${level}: 12 allow rules expire, the first ${localDate(inDays(days))}`]
    expect(lines(rules(12, days, 29))).toEqual(expected)
  })

  it('are counted in words, and one that expired since it was read is not called expiring', () => {
    expect(lines(rules(1, 5))).toEqual([`warning: 1 allow rule expires ${localDate(inDays(5))}`])
    expect(lines(rules(2, -1, 5))).toEqual([`critical: 2 allow rules expired, the first ${localDate(inDays(-1))}`])
  })

  it('that could not be read make no alert', () => {
    expect(alerts({ expiringRules: { ...noRules, problem: 'No permission' } })).toEqual([])
  })
})

describe('alerts', () => {
  it('are listed from the most to the least urgent', () => {
    const all = alerts({
      limits: { ...limits, users: { used: 95, limit: 100 }, maintenanceExpiresAt: inDays(50) },
      certificate: { ...presented, validTo: inDays(5) },
      expiringRules: { ...noRules, count: 1, soonest: [{ cidr: '10.0.0.1/32', expiresAt: inDays(5) }] },
    })
    expect(all.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      'certificate critical',
      'users warning',
      'rules warning',
      'maintenance notice',
    ])
  })

  it('need a value: nothing known, nothing near its limit, and text that is no time make none', () => {
    expect(alertsOf(undefined, noPin, now)).toEqual([])
    expect(alerts({})).toEqual([])
    const invalid = { ...presented, validTo: 'soon' }
    expect(alerts({ certificate: invalid, limits: { ...limits, maintenanceExpiresAt: '' } })).toEqual([])
  })
})
