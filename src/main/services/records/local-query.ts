import type { FilterTerm, Page, PageQuery } from '@shared/domain/page'
import type { FieldSpec } from '@shared/resources/field'
import { plainText } from '@shared/resources/value-text'
import type { ListedRecord } from '../../portsip/records'

const tests: Readonly<Record<FilterTerm['operator'], (cell: string, value: string) => boolean>> = {
  eq: (cell, value) => cell === value,
  ne: (cell, value) => cell !== value,
  gt: (cell, value) => cell > value,
  ge: (cell, value) => cell >= value,
  lt: (cell, value) => cell < value,
  le: (cell, value) => cell <= value,
  startswith: (cell, value) => cell.startsWith(value),
  endswith: (cell, value) => cell.endsWith(value),
  contains: (cell, value) => cell.includes(value),
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [x, y] = [plainText(a), plainText(b)]
  return x === y ? 0 : x < y ? -1 : 1
}

/** Choices stand in the order in which they are described: levels from the highest to the lowest. */
function sortable(fields: readonly FieldSpec[], key: string): (value: unknown) => unknown {
  const field = fields.find((each) => each.key === key)
  if (field?.kind !== 'choice') return (value) => value
  return (value) => field.choices.findIndex((choice) => choice.value === value)
}

/** Searches, filters, sorts and pages a list that the PBX gives only whole. */
export function localPage(
  rows: readonly ListedRecord[],
  query: PageQuery,
  fields: readonly FieldSpec[] = [],
): Page<ListedRecord> {
  const text = (query.search ?? '').trim().toLowerCase()
  const { filter = [], sort, offset, limit } = query
  const found = rows.filter(
    (row) =>
      filter.every(({ key, operator, value }) => tests[operator](plainText(row[key]), value)) &&
      (text === '' || Object.values(row).some((value) => plainText(value).toLowerCase().includes(text))),
  )
  if (sort === undefined) return { items: found.slice(offset, offset + limit), count: found.length }
  const value = sortable(fields, sort.key)
  const sorted = found.toSorted((a, b) => compare(value(a[sort.key]), value(b[sort.key])) * (sort.descending ? -1 : 1))
  return { items: sorted.slice(offset, offset + limit), count: found.length }
}
