import { clipText } from '@shared/domain/clip-text'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import type { ListResource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord, type ListedRecord } from '../../portsip/records'

const keptMax = 200_000
const nameMax = 200
/** A job over more rows names those that were never listed by their ids. */
const readMax = 50

/** How a person calls a row; empty where nothing says. */
function nameOf({ fields, nameKey }: ListResource, record: ApiRecord): string {
  const field = fields.find(({ key }) => key === nameKey)
  return field === undefined ? '' : clipText(valueText(field, valueAt(record, nameKey)), nameMax)
}

/** Names of rows for the words of jobs: known from the lists that were read. */
export class RowNames {
  private readonly names = new Map<string, string>()

  remember(server: string, list: ListResource, rows: readonly ListedRecord[]): void {
    if (this.names.size > keptMax) this.names.clear()
    for (const row of rows) this.names.set(`${server}/${list.id}/${row.id}`, nameOf(list, row))
  }

  /** The names of these rows by id; some that are not known are read, the others keep their ids. */
  async of(client: PbxReader, server: string, list: ListResource, ids: readonly string[]) {
    const known = (id: string): string | undefined => this.names.get(`${server}/${list.id}/${id}`)
    const unknown = ids.filter((id) => known(id) === undefined).slice(0, readMax)
    const read = async (id: string): Promise<readonly [string, string]> => {
      const record = await showRecord(client, list, id).catch(() => ({}))
      return [id, nameOf(list, record)]
    }
    const found = new Map(await Promise.all(unknown.map(read)))
    return (id: string): string => (known(id) ?? found.get(id)) || id
  }
}
