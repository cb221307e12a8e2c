import { isPending } from '@shared/fleet/merged-phase'
import type { SearchedServer } from '@shared/fleet/search'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'

/** A search of the palette for what is typed; without a result as long as it runs. */
interface FoundCount {
  /** Hits that are listed. */
  readonly shown: number
  /** All that were found. */
  readonly total: number
}

export const sumOf = (found: readonly (FoundCount | undefined)[]): FoundCount => ({
  shown: found.reduce((sum, each) => sum + (each?.shown ?? 0), 0),
  total: found.reduce((sum, each) => sum + (each?.total ?? 0), 0),
})

/**
 * `25 of 143 results`: of the records, changes and exports that were found, not of the pages and actions that are listed
 * beside them. Empty while nothing was found and a search still runs.
 */
export function resultsText(found: readonly (FoundCount | undefined)[]): string {
  const { shown, total } = sumOf(found)
  if (total === 0) return found.includes(undefined) ? '' : 'No results'
  return shown < total ? `${printNumber(shown)} of ${countText(total, 'result')}` : countText(total, 'result')
}

/** `30 of 40 servers searched, 2 in part, 3 in earlier rows`. */
export function searchedText(servers: readonly SearchedServer[]): string {
  const isReading = servers.some(({ phase }) => isPending(phase))
  const count = (wanted: SearchedServer['phase']): number => servers.filter(({ phase }) => phase === wanted).length
  const partly = count('partly')
  const old = servers.filter(
    ({ phase, readAt }) => phase !== 'read' && phase !== 'partly' && readAt !== undefined,
  ).length
  return [
    `${printNumber(count('read'))} of ${countText(servers.length, 'server')} searched${isReading ? '…' : ''}`,
    ...(partly > 0 ? [`${printNumber(partly)} in part`] : []),
    ...(old > 0 && !isReading ? [`${printNumber(old)} in earlier rows`] : []),
  ].join(', ')
}
