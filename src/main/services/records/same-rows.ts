import { identityKey } from '@shared/resources/identity'
import { valueAt } from '@shared/resources/nested'
import type { ListResource } from '@shared/resources/resource'
import { plainText } from '@shared/text/plain-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { findRecords, type FindQuery, type ListedRecord } from '../../portsip/records'
import type { ValuesOf } from './hooks'

/** The rows of a list with the identity of these values; none if the values do not say which record it is. */
export async function sameRows<K extends string>(
  reader: PbxReader,
  list: ListResource<K>,
  values: ValuesOf<K>,
): Promise<readonly ListedRecord<K>[]> {
  const wanted = identityKey(list, values)
  if (wanted === undefined) return []
  const isSame = (row: ListedRecord<K>): boolean => identityKey(list, row) === wanted
  const [key] = list.identity
  const text = plainText(valueAt(values, key))
  const isText = list.paged && list.fields.some((field) => field.key === key && field.kind === 'text')
  const rows = await Promise.all(queriesFor(key, text, isText).map((query) => findRecords(reader, list, query, isSame)))
  return [...new Map(rows.flat().map((row) => [row.id, row])).values()]
}

/**
 * The filter of the API compares texts with their case. Its free search does not, but the API documentation does not name the fields
 * in which it searches, so the text is looked up in both ways.
 */
const queriesFor = <K extends string>(key: K, value: string, isText: boolean): readonly FindQuery<K>[] => [
  { filter: [{ key, operator: 'eq', value }] },
  ...(isText ? [{ search: value }] : []),
]
