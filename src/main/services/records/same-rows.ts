import type { RecordValues } from '@shared/domain/record'
import { identityKey } from '@shared/resources/identity'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import type { ListResource } from '@shared/resources/resource'
import type { PbxReader } from '../../portsip/pbx-client'
import { findRecords, wholeList, type ListedRecord } from '../../portsip/records'

/** The rows of a list with the identity of these values. */
export async function sameRows(
  reader: PbxReader,
  list: ListResource,
  values: RecordValues,
): Promise<readonly ListedRecord[]> {
  const [key] = list.identity
  const wanted = identityKey(list, values).toLowerCase()
  const isSame = (row: ApiRecord): boolean => identityKey(list, row).toLowerCase() === wanted
  return list.paged
    ? findRecords(reader, list, [{ key, operator: 'eq', value: String(valueAt(values, key)) }], isSame)
    : (await wholeList(reader, list)).filter(isSame)
}
