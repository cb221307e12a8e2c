import type { ExportFormat, ExportRequest, ExportScope, ExportResource } from '@shared/domain/export'
import { exportedOf } from '@shared/resources/exported'
import type { ListQuery } from '@shared/domain/page'
import type { TableSelection } from '@/components/table/types'
import { countText } from '@shared/format/count-text'

export type ScopeKind = ExportScope['kind']

export interface ListState {
  readonly query: ListQuery
  readonly selection: TableSelection
  /** Rows that the list's query matches, where that is known. */
  readonly count?: number | undefined
}

interface ScopeChoice {
  readonly kind: ScopeKind
  readonly label: string
  readonly count?: number
}

const isNarrowed = (query: ListQuery): boolean => query.search !== undefined || (query.filter?.length ?? 0) > 0

/** What can be exported from a list as it stands: its rows, what its filter leaves, what is chosen. */
export function scopeChoices({ query, selection, count }: ListState, resource: ExportResource): readonly ScopeChoice[] {
  const { single, label, plural: many } = exportedOf(resource)
  if (single) return [{ kind: 'all', label: `The ${label.toLowerCase()} of the server` }]
  const narrowed = isNarrowed(query)
  const all: ScopeChoice = {
    kind: 'all',
    label: `All ${many} of the server`,
    ...(narrowed || count === undefined ? {} : { count }),
  }
  const filtered: readonly ScopeChoice[] = narrowed
    ? [
        {
          kind: 'filtered',
          label: `The ${many} that match the search and filters`,
          ...(count === undefined ? {} : { count }),
        },
      ]
    : []
  const chosen: readonly ScopeChoice[] =
    selection.mode === 'some' && selection.ids.length > 0
      ? [{ kind: 'selection', label: `Selected ${many}`, count: selection.ids.length }]
      : []
  return [all, ...filtered, ...chosen]
}

/** The narrowest: who chose or filtered first means that. */
export const firstScope = (list: ListState, resource: ExportResource): ScopeKind =>
  scopeChoices(list, resource).at(-1)?.kind ?? 'all'

/** The PBX's own file has all rows always. */
export const scopeFor = (format: ExportFormat, wanted: ScopeKind): ScopeKind => (format === 'native' ? 'all' : wanted)

export function scopeOf(kind: ScopeKind, { query, selection }: ListState): ExportScope {
  if (kind === 'filtered') return { kind, query }
  if (kind === 'selection' && selection.mode === 'some') return { kind, ids: selection.ids }
  return { kind: 'all' }
}

export const requestOf = (
  target: Pick<ExportRequest, 'serverId' | 'resource'>,
  format: ExportFormat,
  wanted: ScopeKind,
  list: ListState,
): ExportRequest => ({ ...target, format, scope: scopeOf(scopeFor(format, wanted), list) })

export function scopeCountText(choice: ScopeChoice, resource: ExportResource): string {
  const { singular: one, plural: many } = exportedOf(resource)
  return choice.count === undefined ? '' : countText(choice.count, one, many)
}
