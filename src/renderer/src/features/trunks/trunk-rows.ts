import { countDids, didRangeWith, parseDids, type DidRange } from '@shared/domain/did'
import type { Page, PageQuery } from '@shared/domain/page'
import type { Trunk, TrunkAssignment } from '@shared/domain/trunk'
import { visibleText } from '@shared/domain/visible-text'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import { compareNames } from '@shared/rows/order'
import { queryPage } from '@shared/rows/query'
import { columnsOf, type TableColumn } from '@/components/table/types'
import { markUnreadRow } from '@/components/table/unread-cells'

export type AssignmentRow = TrunkAssignment & { readonly tenant: string; readonly numbers: number }

export const trunkName = ({ name, id }: Pick<Trunk, 'name' | 'id'>): string => visibleText(name ?? '') || id

export const tenantName = ({ name, id }: Pick<TrunkAssignment, 'name' | 'id'>): string => visibleText(name ?? '') || id

export const assignmentColumns: readonly TableColumn<keyof AssignmentRow>[] = [
  { kind: 'text', key: 'tenant', label: 'Tenant', width: 200, sortable: true },
  ...columnsOf(trunkAssignment.fields),
  { kind: 'number', key: 'numbers', label: 'DIDs', width: 90, sortable: true },
]

export function rowOf(assignment: TrunkAssignment): AssignmentRow {
  const numbers = Number(countDids(parseDids(assignment.did_numbers)))
  const row = { ...assignment, tenant: tenantName(assignment), numbers }
  const { unread = [] } = assignment
  // The number of DIDs is calculated from the pool.
  const cells = unread.includes('did_numbers') ? [...unread, 'numbers'] : unread
  markUnreadRow(row, cells, 'GET /providers/{id}/assignees')
  return row
}

/** One page of assignments. The PBX returns all of a trunk, so filtering and sorting are done here; a number also matches the range that contains it. */
export const assignmentPage = (rows: readonly AssignmentRow[], query: PageQuery): Page<AssignmentRow> =>
  queryPage(rows, query, {
    searched: ({ tenant, domain, did_numbers }) => [tenant, domain, did_numbers],
    alsoFound: ({ did_numbers }, part) =>
      /^[1-9]\d*$/.test(part) && didRangeWith(parseDids(did_numbers), part) !== undefined,
    order: () => compareNames,
  })

export interface NumberOwner {
  readonly assignment: TrunkAssignment
  readonly range: DidRange
  /** True if the range contains the number; false if it only starts with the digits. */
  readonly exact: boolean
}

/** The owners of a typed number, without +, 0 or 00. If no range contains it, the ranges that start with its digits. */
export function ownersOf(typed: string, assignments: readonly TrunkAssignment[]): readonly NumberOwner[] {
  const number = typed.replace(/\D/g, '').replace(/^0+/, '')
  if (number === '') return []
  const pools = assignments.map((assignment) => ({ assignment, ranges: parseDids(assignment.did_numbers) }))
  const exact = pools.flatMap(({ assignment, ranges }): NumberOwner[] => {
    const range = didRangeWith(ranges, number)
    return range === undefined ? [] : [{ assignment, range, exact: true }]
  })
  if (exact.length > 0) return exact
  return pools.flatMap(({ assignment, ranges }) =>
    ranges
      .filter(({ from, to }) => from.startsWith(number) || to.startsWith(number))
      .map((range): NumberOwner => ({ assignment, range, exact: false })),
  )
}
