import type { MergedServer } from '@shared/fleet/merged'
import { comparePhases, isPending, type MergedPhase } from '@shared/fleet/merged-phase'
import { countText } from '@shared/format/count-text'
import { ago } from '@shared/format/age'
import { printNumber } from '@shared/format/print-number'

/** The state of a server in a merged table. */
export const phaseLabels: Readonly<Record<MergedPhase, string>> = {
  waiting: 'Waiting',
  reading: 'Reading…',
  read: 'Read',
  incomplete: 'Incomplete',
  failed: 'Not read',
  'signed-out': 'Signed out',
  paused: 'Paused',
  'no-permission': 'No permission',
}

/** Where the file of a table is: exports of servers are in another place, with a manifest each. */
export const savedText = ({ name, folder }: { readonly name: string; readonly folder: string }): string =>
  `Saved as ${name} in ${folder}. The Exports page lists exports of single servers, not this file.`

export interface MergedSummary {
  /** `46 of 50 servers read · oldest 12 min ago`. */
  readonly text: string
  /** Servers whose rows are missing or may not be current, worst first. */
  readonly missing: readonly MergedServer[]
  readonly isReading: boolean
  /** Servers whose rows are complete. */
  readonly read: number
  /** Servers that cannot be read now, but whose rows of an earlier reading are shown. */
  readonly old: number
}

export function mergedSummary(servers: readonly MergedServer[], now: number): MergedSummary {
  const read = servers.filter(({ phase }) => phase === 'read')
  const isReading = servers.some(({ phase }) => isPending(phase))
  const missing = servers
    .filter(({ phase }) => phase !== 'read' && !isPending(phase))
    .sort((a, b) => comparePhases(a.phase, b.phase))
  const times = servers.flatMap(({ readAt }) => (readAt === undefined ? [] : [readAt])).sort()
  const oldest = times[0] === undefined ? '' : ` · ${times.length === 1 ? 'read' : 'oldest'} ${ago(times[0], now)}`
  const text = `${printNumber(read.length)} of ${countText(servers.length, 'server')} read${oldest}`
  const old = missing.filter(({ rows }) => rows > 0).length
  return { text, missing, isReading, read: read.length, old }
}

/** What a table without rows means; it is never an all-clear about servers that were not read. */
export function nothingText(
  { missing, isReading, read, old }: MergedSummary,
  plural: string,
  isNarrowed: boolean,
): string {
  const found = isNarrowed ? `No ${plural} match the filter` : `No ${plural}`
  if (read === 0 && isReading) return 'Reading…'
  const unread = missing.length - old
  const others = unread === 0 ? '' : `. ${countText(unread, 'server')} not read`
  if (read === 0 && old > 0) return `${found} in earlier rows of ${countText(old, 'server')}${others}`
  if (read === 0) return 'None of these servers was read'
  const on = `${found} on ${read === 1 ? 'the server that was read' : `the ${countText(read, 'server')} that were read`}`
  const soFar = isReading ? ' so far' : ''
  const rest = missing.length === 0 ? '' : `. ${countText(missing.length, 'server')} not read`
  return `${on}${soFar}${rest}`
}
