import { describe, expect, test } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { comparables, differences, meantDifferences, resourceAt } from './described'
import { describedVersions, reference, referenceOf } from './reference'

/** Makes a field say one thing that is wrong; undefined where it says nothing of the kind. */
const mistakes: Readonly<Record<string, (field: FieldSpec) => Partial<Record<string, unknown>> | undefined>> = {
  name: ({ key }) => ({ key: `${key}_x` }),
  maximum: (field) => ('max' in field && field.kind === 'number' ? { max: field.max + 1 } : undefined),
  minimum: (field) => ('min' in field && field.kind === 'number' ? { min: field.min + 1 } : undefined),
  'greatest length': (field) => ('maxLength' in field ? { maxLength: field.maxLength + 1 } : undefined),
  'least length': (field) => ('minLength' in field ? { minLength: field.minLength + 1 } : undefined),
  pattern: (field) => ('pattern' in field ? { pattern: `${field.pattern}x` } : undefined),
  choices: (field) => ('choices' in field ? { choices: field.choices.slice(1) } : undefined),
  default: (field) =>
    field.default === undefined
      ? undefined
      : { default: typeof field.default === 'boolean' ? !field.default : `${field.default}x` },
  need: (field) => (field.required === true ? { required: false } : undefined),
  kind: ({ kind }) => (kind === 'switch' ? { kind: 'text' } : { kind: 'switch' }),
}

/** What differs with or without the mistake. */
const isMeant = (where: string): boolean => Object.values(meantDifferences).some((except) => except?.[where])

/** The keys that the lines of a comparison begin with. */
const named = (lines: readonly string[], keys: readonly string[]): readonly string[] =>
  keys.filter((key) => lines.some((line) => line.startsWith(`${key}.`) || line.startsWith(`${key}_x.`)))

describe.each(resourceIds)('the description of %s', (id) => {
  test.each(Object.entries(mistakes))(
    'is not as the reference says when the %s of its fields is another',
    (aspect, mistake) => {
      const resource = resourceAt(resourceOf(id), reference.version)
      const changed = resource.fields.filter(
        (field) => mistake(field) !== undefined && !isMeant(`${field.key}.${aspect}`),
      )
      const fields = resource.fields.map((field) => ({ ...field, ...mistake(field) }) as FieldSpec)
      const lines = comparables({ ...resource, fields }).flatMap((each) => differences(each, reference))
      const keys = changed.map(({ key }) => key)
      expect(named(lines, keys)).toEqual(keys)
    },
  )
})

/** The field as if it came, went or changed with other generations of the PBX than it does. */
const otherGenerations = ({ since, until, revised, ...field }: FieldSpec): readonly FieldSpec[] =>
  [
    since !== undefined && [field, { ...field, since: '22.5' }],
    until !== undefined && [field, { ...field, until: '22.3' }],
    // The facts say nothing of the policy of passwords.
    revised !== undefined &&
      revised.rule === undefined && [field, { ...field, revised: { ...revised, since: '22.5' } }],
  ].flatMap((each) => each || []) as FieldSpec[]

const gated = resourceIds.flatMap((id) =>
  resourceOf(id).fields.flatMap((field) => otherGenerations(field).map((other) => ({ id, key: field.key, other }))),
)

test.each(gated)('the description of $id is not as the facts say when $key is of other generations', (each) => {
  const { id, key, other } = each
  const fields = resourceOf(id).fields.map((field) => (field.key === key ? other : field))
  const lines = describedVersions.flatMap((version) =>
    comparables(resourceAt({ ...resourceOf(id), fields } as Resource, version)).flatMap((comparable) =>
      differences(comparable, referenceOf(version)),
    ),
  )
  expect(named(lines, [key])).toEqual([key])
})
