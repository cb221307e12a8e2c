import { identityKey } from '@shared/resources/identity'
import { valueAt } from '@shared/resources/nested'
import type { ListResource } from '@shared/resources/resource'
import { plainText } from '@shared/resources/value-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { findRecords, type ListedRecord } from '../../portsip/records'
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
  // A PBX that filters compares texts with their case.
  const isText = list.paged && list.fields.some((field) => field.key === key && field.kind === 'text')
  const spellings = isText ? [...new Set([text, text.toLowerCase()])] : [text]
  const rows = await Promise.all(
    spellings.map((value) => findRecords(reader, list, [{ key, operator: 'eq', value }], isSame)),
  )
  return [...new Map(rows.flat().map((row) => [row.id, row])).values()]
}
