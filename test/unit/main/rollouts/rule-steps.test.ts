import { expect, test } from 'vitest'
import type { IpRule } from '@shared/domain/ip-rule'
import { ruleSteps } from '@main/services/rollouts/kinds/rule-steps'
import { request } from './harness'

const now = Date.parse('2026-11-27T12:00:00Z')
const day = (days: number): string => new Date(now + days * 86_400_000).toISOString().replace('.000Z', 'Z')
const rule = (cidr: string, end: string | null = null, target = 'DENY'): IpRule => ({
  ...{ id: `id of ${cidr}`, cidr, target, expire_at: end, description: null },
})

const covered = 'alreadyInPlace'
test.each([
  ['no rule', [], day(30), 'create'],
  ['the same rule', [rule('41.202.0.0/16', day(30))], day(30), covered],
  ['the same rule, longer', [rule('41.202.0.0/16', day(31))], day(30), covered],
  ['the same rule, shorter', [rule('41.202.0.0/16', day(2))], day(30), 'change'],
  ['the same rule, shorter than forever', [rule('41.202.0.0/16', day(900))], null, 'change'],
  ['the same rule, expired', [rule('41.202.0.0/16', day(-1))], day(30), 'change'],
  ['the same rule with host bits', [rule('41.202.7.9/16', day(2))], day(30), 'change'],
  ['the longest of the same rules', [rule('41.202.0.0/16', day(2)), rule('41.202.0.0/16', day(40))], day(30), covered],
  ['a wider rule', [rule('0.0.0.0/0')], null, covered],
  ['a wider rule, shorter', [rule('41.0.0.0/8', day(2))], day(30), 'create'],
  ['a wider rule, expired', [rule('41.0.0.0/8', day(-1))], day(30), 'create'],
  ['a narrower rule', [rule('41.202.7.0/24')], null, 'create'],
  ['an allow rule', [rule('41.202.0.0/16', null, 'ACCEPT')], null, 'create'],
  ['a rule that is no range', [rule('example.com')], null, 'create'],
] as const)('a server with %s', (_, rules, expiresAt, expected) => {
  const [step] = ruleSteps({ ...request, expiresAt }, rules)
  expect(step?.settled?.outcome ?? step?.write.kind).toBe(expected)
})

test('an extended rule keeps its description, and its revert has the end before', () => {
  const before = rule('41.202.0.0/16', day(2))
  const [step] = ruleSteps({ ...request, expiresAt: day(30) }, [{ ...before, description: 'INC-1' }])
  expect(step?.write).toMatchObject({
    ...{ kind: 'change', id: before.id, changes: { expire_at: day(30) } },
    before: { expire_at: day(2), description: 'INC-1' },
  })
})

test.each([
  ['2001:db8::1/128', '2001:db8::/32', 'alreadyInPlace'],
  ['2001:db9::1/128', '2001:db8::/32', undefined],
  ['0.0.0.1/32', '::/0', undefined],
])('%s with the rule %s', (range, cidr, outcome) =>
  expect(ruleSteps({ ...request, ranges: [range] }, [rule(cidr)])[0]?.settled?.outcome).toBe(outcome),
)

test('ten thousand ranges are compared with twenty thousand rules', () => {
  const rules = Array.from({ length: 20_000 }, (_, at) => rule(`45.${at >> 8}.${at & 255}.0/24`))
  const ranges = Array.from({ length: 10_000 }, (_, at) => `45.${at >> 8}.${at & 255}.7/32`)
  const steps = ruleSteps({ ...request, ranges }, rules)
  expect(steps.every(({ settled }) => settled?.outcome === 'alreadyInPlace')).toBe(true)
})
