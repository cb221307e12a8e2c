import type { MergedId } from '@shared/fleet/merged-ids'
import { exportedOf } from '@shared/resources/exported'
import type { FieldSpec } from '@shared/resources/field'
import { resourceOf } from '@shared/resources/registry'
import { valueText } from '@shared/resources/value-text'
import { searchText } from '@shared/rows/search'
import type { StoredRow } from './stored-row'

export interface StoredFields {
  readonly fields: readonly FieldSpec[]
  /** The place of each field in the cells of a row. */
  readonly places: ReadonlyMap<string, number>
  /** What names a row to a person, as a table shows it. */
  readonly title: (row: StoredRow) => string
  /**
   * What a search looks in, folded: the title first, then the row as a table shows it, with amounts also as plain
   * numbers. Values are between zero characters.
   */
  readonly text: (row: StoredRow) => string
}

/** The fields that name a row, where it is not the first one. */
const titles: { readonly [resource in MergedId]?: readonly string[] } = {
  transports: ['protocol', 'port'],
  'trunk-assignments': ['tenant_name', 'trunk_name'],
}

const made = new Map<MergedId, StoredFields>()

function make(resource: MergedId): StoredFields {
  const { fields, single } = exportedOf(resource)
  const nameKeys = titles[resource] ?? [nameKeyOf(resource)]
  const placed = fields.map((field, at) => ({ field, at }))
  const named = nameKeys.flatMap((key) => placed.filter(({ field }) => field.key === key))
  const searched = placed.filter(
    ({ field }) =>
      single ||
      field.kind === 'text' ||
      field.kind === 'id' ||
      (field.inTable !== undefined && field.inTable !== false),
  )
  const title = ({ cells }: StoredRow): string =>
    named
      .map(({ field, at }) => valueText(field, cells[at]))
      .filter((text) => text !== '')
      .join(' · ')
  return {
    fields,
    places: new Map(placed.map(({ field, at }) => [field.key, at])),
    title,
    text: (row) =>
      searchText([
        '',
        title(row),
        ...searched.flatMap(({ field, at }) => {
          const value = row.cells[at]
          return [valueText(field, value), ...(typeof value === 'number' ? [value] : [])]
        }),
        '',
      ]),
  }
}

function nameKeyOf(resource: MergedId): string {
  if (resource === 'trunk-assignments') return ''
  const described = resourceOf(resource)
  return described.kind === 'list' ? described.nameKey : ''
}

/** How the rows of a resource are stored; the same in main and in the thread that keeps them. */
export function storedFields(resource: MergedId): StoredFields {
  const known = made.get(resource)
  if (known !== undefined) return known
  const fields = make(resource)
  made.set(resource, fields)
  return fields
}
