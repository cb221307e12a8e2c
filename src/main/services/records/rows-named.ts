import { valueAt, type ApiRecord } from '@shared/resources/nested'
import type { ListResource } from '@shared/resources/resource'
import type { PbxReader } from '../../portsip/pbx-client'
import { findRecords, wholeList, type ListedRecord } from '../../portsip/records'

/** The rows of a list with this name, for telling whether a record was created. */
export async function rowsNamed(
  reader: PbxReader,
  list: ListResource,
  name: unknown,
): Promise<readonly ListedRecord[]> {
  const hasName = (row: ApiRecord): boolean => valueAt(row, list.nameKey) === name
  return list.paged
    ? findRecords(reader, list, [{ key: list.nameKey, operator: 'eq', value: String(name) }], hasName)
    : (await wholeList(reader, list)).filter(hasName)
}
