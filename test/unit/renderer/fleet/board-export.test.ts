import { expect, it } from 'vitest'
import { exportedBoard } from '@/features/fleet/board-export'
import { dealerLimits, facts, limits, noRules, row } from '../../shared/fleet/sample'

const cellOf = (exported: ReturnType<typeof exportedBoard>, label: string): string | undefined =>
  exported.rows[0]?.[exported.columns.indexOf(label)]

it('has numbers alone in their cells, times in RFC 3339, and empty cells for what is not known', () => {
  const known = exportedBoard([row({ facts: facts({ limits: { ...limits, users: { used: 5, limit: 10 } } }) })], 'now')
  expect([cellOf(known, 'Users'), cellOf(known, 'Licensed users')]).toEqual(['5', '10'])
  expect(cellOf(known, 'Limits read at')).toBe(limits.readAt)
  expect(cellOf(known, 'Exported at')).toBe('now')
  const unread = facts({ limits: undefined, expiringRules: { ...noRules, problem: 'No permission' } })
  const unknown = exportedBoard([row({ facts: unread })], 'now')
  for (const label of ['Users', 'Maintenance ends', 'Allow rules that expire within 30 days'])
    expect(cellOf(unknown, label)).toBe('')
})

it('has the limits of a dealer in columns of their own, not as licenses', () => {
  const dealer = exportedBoard([row({ facts: facts({ limits: dealerLimits({ used: 5, limit: 10 }) }) })], 'now')
  const labels = ['Account limits of', 'Account users', 'Account user limit', 'Account tenants', 'Account tenant limit']
  expect(labels.map((label) => cellOf(dealer, label))).toEqual(['dealer', '5', '10', '1', '10'])
  expect([cellOf(dealer, 'Users'), cellOf(dealer, 'Licensed users')]).toEqual(['', ''])
  const license = exportedBoard([row()], 'now')
  expect(labels.map((label) => cellOf(license, label))).toEqual(labels.map(() => ''))
})
