import { computed } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import type { AppError } from '@shared/ipc/result'
import type { TableColumn } from '@/components/table/types'
import {
  entryColumns,
  entryRow,
  exportColumns,
  exportRow,
  placeOfEntry,
  placeOfExport,
  type FoundRow,
} from './found-rows'
import { useEntrySearch, useExportSearch } from './use-search'

/** What was found beside the rows of servers, in a table. */
export interface FoundSection {
  readonly id: 'journal' | 'exports'
  readonly title: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly FoundRow[]
  /** How many match, of which some may not be among the rows. */
  readonly count: number
  readonly status: string
  /** What was not searched although the rest was. */
  readonly note: string
  readonly error: AppError | undefined
  /** False while what is shown belongs to the text before. */
  readonly isCurrent: boolean
  readonly placeOf: (row: FoundRow) => RouteLocationRaw
  readonly retry: () => unknown
}

type Search<H> = Pick<
  ReturnType<typeof useEntrySearch> | ReturnType<typeof useExportSearch>,
  'error' | 'isCurrent' | 'isSlow' | 'find'
> & {
  readonly result: { readonly value: { readonly hits: readonly H[]; readonly count: number } | undefined }
}

/** The state of a search in words. Nothing is stated about what was not searched yet, or could not be. */
function statusText<H>({ result, error, isCurrent, isSlow }: Search<H>, singular: string, where: string): string {
  if (error.value !== undefined) return 'Not searched'
  const { hits = [], count = 0 } = result.value ?? {}
  if (!isCurrent.value && (count === 0 || isSlow.value)) return `Searching ${where}…`
  if (count === 0) return `No ${singular}s found`
  return count > hits.length
    ? `The first ${printNumber(hits.length)} of ${countText(count, singular)}`
    : countText(count, singular)
}

const shownMax = 100

/** The journal and the exports for the text of the search. */
export function useFoundSections(typed: () => string) {
  const entries = useEntrySearch(typed, shownMax)
  const exports = useExportSearch(typed, shownMax)
  const damaged = computed(() => {
    const lines = entries.result.value?.unreadable ?? 0
    return lines === 0 ? '' : `${countText(lines, 'line')} of the journal cannot be read and were not searched.`
  })

  return computed((): readonly FoundSection[] => [
    {
      id: 'journal',
      title: 'Journal',
      columns: entryColumns,
      rows: (entries.result.value?.hits ?? []).map(entryRow),
      count: entries.result.value?.count ?? 0,
      status: statusText(entries, 'change', 'the journal'),
      note: damaged.value,
      error: entries.error.value,
      isCurrent: entries.isCurrent.value,
      placeOf: ({ id }) => placeOfEntry({ seq: Number(id) }),
      retry: entries.find,
    },
    {
      id: 'exports',
      title: 'Exports',
      columns: exportColumns,
      rows: (exports.result.value?.hits ?? []).map(exportRow),
      count: exports.result.value?.count ?? 0,
      status: statusText(exports, 'export', 'the exports'),
      note: '',
      error: exports.error.value,
      isCurrent: exports.isCurrent.value,
      placeOf: ({ id }) => placeOfExport({ id }),
      retry: exports.find,
    },
  ])
}
