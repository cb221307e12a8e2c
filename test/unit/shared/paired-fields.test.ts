import { describe, expect, test } from 'vitest'
import { dangersOf } from '@shared/resources/danger'
import type { FieldSpec } from '@shared/resources/field'
import { resourceIds } from '@shared/resources/ids'
import { problemsOf } from '@shared/resources/problem'
import { resourceOf } from '@shared/resources/registry'

/** How the names of the lower and the upper end of a range differ. */
const ends = [
  ['min', 'max'],
  ['minimum', 'maximum'],
  ['from', 'to'],
  ['start', 'end'],
  ['first', 'last'],
  ['low', 'high'],
  ['lower', 'upper'],
] as const

const partsOf = (key: string): readonly string[] => key.split(/[._]/)

/** The key of the upper end, if this is the key of a lower one. */
function upperKeys(key: string): readonly string[] {
  return partsOf(key).flatMap((part, at) =>
    ends.flatMap(([low, high]) =>
      part === low ? [partsOf(key).with(at, high).join('_'), partsOf(key).with(at, high).join('.')] : [],
    ),
  )
}

const pairs = resourceIds.flatMap((id) => {
  const { fields } = resourceOf(id)
  const byKey = new Map<string, FieldSpec>(fields.map((field) => [field.key, field]))
  return fields.flatMap((lower) =>
    upperKeys(lower.key).flatMap((key) => {
      const upper = byKey.get(key)
      return upper === undefined || lower.readOnly === true ? [] : [{ id, fields, lower, upper }]
    }),
  )
})

describe('the two ends of a range', () => {
  test('are found by their names', () => {
    expect(pairs.map(({ id, lower }) => `${id} ${lower.key}`)).toContain('tenant-password-policy min_length')
  })

  test.each(pairs.map((pair) => [`${pair.id}: ${pair.lower.key}`, pair] as const))('%s name each other', (_, pair) => {
    const { lower, upper } = pair
    expect(lower).toMatchObject({ notAbove: { key: upper.key, label: upper.label } })
    expect(upper).toMatchObject({ notBelow: { key: lower.key, label: lower.label } })
  })

  test.each(pairs.map((pair) => [`${pair.id}: ${pair.lower.key}`, pair] as const))(
    '%s are refused in the wrong order, whichever was changed',
    (_, { fields, lower, upper }) => {
      const problems = problemsOf(fields, { [lower.key]: 12, [upper.key]: 8 })
      expect(problems.get(lower.key)).toBe(`Must not be above ${upper.label} (8)`)
      expect(problems.get(upper.key)).toBe(`Must not be below ${lower.label} (12)`)
      for (const [low, high] of [
        [8, 8],
        [8, 12],
        [8, null],
        [8, 'many'],
      ] as const) {
        const right = problemsOf(fields, { [lower.key]: low, [upper.key]: high })
        expect(right.get(lower.key)).toBeUndefined()
      }
    },
  )
})

describe.each(['notification', 'tenant-notification'] as const)('TLS and STARTTLS of %s', (id) => {
  const { fields } = resourceOf(id)
  const both = 'STARTTLS (automatic): TLS/SSL is on, too.'
  const [tls, starttls] = ['enable_tls_ssl', 'enable_starttls_auto']

  test.each([
    ['both are turned on', { [tls]: true, [starttls]: true }, {}],
    ['STARTTLS is turned on beside TLS', { [starttls]: true }, { [tls]: true }],
    ['TLS is turned on beside STARTTLS', { [tls]: true }, { [starttls]: true }],
  ])('are pointed out if %s', (_, changes, before) => {
    expect(dangersOf(fields, changes, before).map(({ text }) => text)).toEqual([expect.stringContaining(both)])
  })

  test.each([
    ['one replaces the other', { [tls]: false, [starttls]: true }, {}],
    ['another field is changed', { server: 'mail.example.com' }, { [tls]: true, [starttls]: true }],
    ['TLS alone is turned on', { [tls]: true }, { [starttls]: false }],
  ])('are not if %s', (_, changes, before) => {
    const texts = dangersOf(fields, changes, before).map(({ text }) => text)
    expect(texts.filter((text) => text.includes(both))).toEqual([])
  })
})
