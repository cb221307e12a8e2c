import { comparable } from './compare'
import { valueAt, type ApiRecord } from './nested'
import type { ListResource } from './resource'
import { valueText } from './value-text'

const identityFields = ({ identity, fields }: ListResource) =>
  identity.flatMap((key) => fields.find((field) => field.key === key) ?? [])

/** The identity of a record, in the form in which two are compared. */
export const identityKey = (list: ListResource, record: ApiRecord): string =>
  identityFields(list)
    .map((field) => comparable(field, valueAt(record, field.key)))
    .join(' ')

/** The identity of a record in a sentence: `203.0.113.0/24 (Block)`, `UDP 5060`. */
export const identityText = (list: ListResource, record: ApiRecord): string =>
  identityFields(list)
    .map((field, index) => {
      const text = valueText(field, valueAt(record, field.key))
      return index > 0 && field.kind === 'choice' ? `(${text})` : text
    })
    .join(' ')
