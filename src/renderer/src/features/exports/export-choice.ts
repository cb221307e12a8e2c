import type { ExportFormat, ExportRequest, ExportScope, ExportResource } from '@shared/domain/export'
import { exportedOf } from '@shared/resources/exported'
import type { ListQuery } from '@shared/domain/page'
import type { TableSelection } from '@/components/table/types'
import { countText } from '@shared/format/count-text'

export type ScopeKind = ExportScope['kind']

export interface ListState {
  readonly query: ListQuery
  readonly selection: TableSelection
  /** Rows that match the query of the list, if known. */
  readonly count?: number | undefined
}

interface ScopeChoice {
  readonly kind: ScopeKind
  readonly label: string
  readonly count?: number
}

const isNarrowed = (query: ListQuery): boolean => query.search !== undefined || (query.filter?.length ?? 0) > 0

/** What can be exported from a list: all rows, those that match its query, the selected ones. */
export function scopeChoices({ query, selection, count }: ListState, resource: ExportResource): readonly ScopeChoice[] {
  const { single, label, plural } = exportedOf(resource)
  if (single) return [{ kind: 'all', label: `The ${label.toLowerCase()} of the server` }]
  const narrowed = isNarrowed(query)
  const all: ScopeChoice = {
    kind: 'all',
    label: `All ${plural} of the server`,
    ...(narrowed || count === undefined ? {} : { count }),
  }
  const filtered: readonly ScopeChoice[] = narrowed
    ? [
        {
          kind: 'filtered',
          label: `The ${plural} that match the search and filters`,
          ...(count === undefined ? {} : { count }),
        },
      ]
    : []
  const selected: readonly ScopeChoice[] =
    selection.mode === 'some' && selection.ids.length > 0
      ? [{ kind: 'selection', label: `Selected ${plural}`, count: selection.ids.length }]
      : []
  return [all, ...filtered, ...selected]
}

/** The narrowest scope: a selection or filter was made for it. */
export const firstScope = (list: ListState, resource: ExportResource): ScopeKind =>
  scopeChoices(list, resource).at(-1)?.kind ?? 'all'

/** The file of the PBX always has all rows. */
export const scopeFor = (format: ExportFormat, requested: ScopeKind): ScopeKind =>
  format === 'native' ? 'all' : requested

export function scopeOf(kind: ScopeKind, { query, selection }: ListState): ExportScope {
  if (kind === 'filtered') return { kind, query }
  if (kind === 'selection' && selection.mode === 'some') return { kind, ids: selection.ids }
  return { kind: 'all' }
}

export const requestOf = (
  target: Pick<ExportRequest, 'serverId' | 'resource'>,
  format: ExportFormat,
  requested: ScopeKind,
  list: ListState,
): ExportRequest => ({ ...target, format, scope: scopeOf(scopeFor(format, requested), list) })

export function scopeCountText(choice: ScopeChoice, resource: ExportResource): string {
  const { singular, plural } = exportedOf(resource)
  return choice.count === undefined ? '' : countText(choice.count, singular, plural)
}
