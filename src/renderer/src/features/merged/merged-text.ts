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
  partly: 'Read in part',
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
  /** Servers that were read except for lists that their accounts may not read. */
  readonly partly: number
  /** Servers without rows, because their accounts may not read the resource. */
  readonly noPermission: number
  /** Servers of whose rows the accounts do not see all. */
  readonly scoped: number
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
  const partly = servers.filter(({ phase }) => phase === 'partly').length
  const inPart = partly === 0 ? '' : `, ${printNumber(partly)} in part`
  const text = `${printNumber(read.length)} of ${countText(servers.length, 'server')} read${inPart}${oldest}`
  const old = missing.filter(({ phase, rows }) => rows > 0 && phase !== 'partly').length
  const noPermission = missing.filter(({ phase, rows }) => rows === 0 && phase === 'no-permission').length
  const scoped = servers.filter(({ scope }) => scope !== undefined).length
  return { text, missing, isReading, read: read.length, partly, noPermission, scoped, old }
}

/** `3 servers not read, 1 of them without permission`; empty if there are none. */
export function notReadText(count: number, noPermission: number): string {
  if (count === 0) return ''
  const reason =
    noPermission === 0
      ? ''
      : noPermission === count
        ? ': no permission'
        : `, ${printNumber(noPermission)} of them without permission`
  return `${countText(count, 'server')} not read${reason}`
}

/** What a table without rows means; it is never an all-clear about servers that were not read. */
export function nothingText(
  { missing, isReading, read, noPermission, scoped, old }: MergedSummary,
  plural: string,
  isNarrowed: boolean,
): string {
  const seen = scoped === 0 ? plural : `${plural} that your accounts see`
  const found = isNarrowed ? `No ${seen} match the filter` : `No ${seen}`
  if (read === 0 && isReading) return 'Reading…'
  const unread = missing.length - old
  const others = unread === 0 ? '' : `. ${notReadText(unread, noPermission)}`
  if (read === 0 && old > 0) return `${found} in earlier rows of ${countText(old, 'server')}${others}`
  if (read === 0) return missing.length === 0 ? 'None of these servers was read' : notReadText(unread, noPermission)
  const on = `${found} on ${read === 1 ? 'the server that was read' : `the ${countText(read, 'server')} that were read`}`
  const soFar = isReading ? ' so far' : ''
  const rest = missing.length === 0 ? '' : `. ${notReadText(missing.length, noPermission)}`
  return `${on}${soFar}${rest}`
}
