import { comparable } from './compare'
import type { FieldSpec } from './field'
import { valueAt, type ApiRecord } from './nested'
import { normalValue } from './normal'
import { valueText } from './value-text'

interface Identified {
  readonly fields: readonly FieldSpec[]
  readonly identity: readonly string[]
  readonly unique?: readonly string[]
}

const fieldsAt = ({ fields }: Identified, keys: readonly string[]): readonly FieldSpec[] =>
  keys.flatMap((key) => fields.find((field) => field.key === key) ?? [])

/** Values as they are compared, upper and lower case and forms of Unicode alike; undefined if one of them is blank. */
function keyOf(fields: readonly FieldSpec[], record: ApiRecord): string | undefined {
  const values = fields.map((field) =>
    comparable(field, normalValue(field, valueAt(record, field.key)))
      .normalize('NFKC')
      .toLowerCase(),
  )
  return values.includes('') ? undefined : JSON.stringify(values)
}

/** The identity of a record in the form in which two of them are compared; undefined if a part of it is blank. */
export const identityKey = (list: Identified, record: ApiRecord): string | undefined =>
  keyOf(fieldsAt(list, list.identity), record)

/** A record that shares one of these with another one of its server is the same as it, or in conflict with it: its identity, and its unique values. */
export const conflictKeys = (list: Identified, record: ApiRecord): readonly string[] =>
  [list.identity, ...(list.unique ?? []).map((key) => [key])].flatMap((keys) => {
    const key = keyOf(fieldsAt(list, keys), record)
    return key === undefined ? [] : `${keys.join(' ')} ${key}`
  })

/** The identity of a record in a sentence: `203.0.113.0/24 (Block)`, `UDP 5060`. */
export const identityText = (list: Identified, record: ApiRecord): string =>
  fieldsAt(list, list.identity)
    .map((field, index) => {
      const text = valueText(field, valueAt(record, field.key))
      return index > 0 && field.kind === 'choice' ? `(${text})` : text
    })
    .join(' ')
