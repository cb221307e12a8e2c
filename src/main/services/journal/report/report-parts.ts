import type { JournalEntry, JournalStatus } from '@shared/domain/journal-view'
import type { ListQuery } from '@shared/domain/page'
import { entryChanges, type EntryChange } from '@shared/journal/entry-changes'
import { actionWords, outcomeWords } from '@shared/journal/entry-words'
import { entryField } from '@shared/journal/entry-field'
import { revertedEntries, sourceText } from '@shared/journal/source-words'
import { fieldsOf, userText } from '../journal-rows'
import { filterWords } from './filter-words'
import { printNumber } from '@shared/format/print-number'
import { compareNames } from '@shared/rows/order'
import { dateRange, fullDate, zonedClock, zonedDateTime } from '@shared/format/time'

/** A fact or a total; `isBad` marks one that must not be overlooked. */
export interface ReportFact {
  readonly label: string
  readonly text: string
  readonly isBad?: boolean
}

export interface ReportChange {
  readonly kind: 'change'
  readonly time: string
  readonly what: string
  /** `before` is undefined for a new value, `after` for a removed one. */
  readonly changes: readonly {
    readonly label: string
    readonly before?: string | undefined
    readonly after?: string | undefined
  }[]
  readonly outcome: { readonly label: string; readonly isBad: boolean; readonly details: readonly string[] }
  readonly facts: readonly ReportFact[]
}

/** The parts of a report in order; the texts are plain and not yet escaped. */
export type ReportPart =
  | {
      readonly kind: 'head'
      readonly title: string
      readonly facts: readonly ReportFact[]
      readonly totals: readonly ReportFact[]
      readonly notices: readonly ReportFact[]
    }
  | { readonly kind: 'server'; readonly name: string; readonly address: string }
  | { readonly kind: 'day'; readonly text: string }
  | ReportChange

export interface ReportSource {
  /** In the order of the changes. */
  readonly entries: readonly JournalEntry[]
  readonly query: ListQuery
  readonly status: JournalStatus
  /** Author and time of the report; RFC 3339. */
  readonly user: string
  readonly at: string
}

const isBad = ({ outcome }: JournalEntry): boolean => {
  const { tone } = outcomeWords[outcome]
  return tone === 'warn' || tone === 'danger'
}

/** Whether the journal is reliable; part of every report. */
function notices({ entries: lastSeq, verified = 0, broken, missing, torn }: JournalStatus): readonly ReportFact[] {
  const problems = [
    broken &&
      `Entry ${printNumber(broken.seq)} of the journal was modified, or an entry is missing there. ${verified === 0 ? 'No entries' : `Only entries 1 to ${printNumber(verified)}`} verified.`,
    missing !== undefined &&
      `Entries are missing at the end of the journal. The last entry was ${printNumber(missing)}.`,
    torn !== undefined && 'The last entry was incomplete when the app ended and is missing.',
  ].filter((text) => typeof text === 'string')
  if (problems.length > 0) return problems.map((text) => ({ label: 'Journal', text, isBad: true }))
  const text = lastSeq === 0 ? 'The journal is empty.' : `Entries 1 to ${printNumber(verified)} verified.`
  return [{ label: 'Journal', text }]
}

/** The period of the report: from the filter, otherwise from the entries. */
function period({ entries, query }: ReportSource): string | undefined {
  const filterTime = (operator: 'g' | 'l'): string | undefined =>
    query.filter?.find((term) => term.key === 'at' && term.operator.startsWith(operator))?.value
  const times = entries.map(({ intent }) => intent.at)
  const from =
    filterTime('g') ?? times.reduce<string | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined)
  const to =
    filterTime('l') ?? times.reduce<string | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined)
  const isTime = (time: string | undefined): time is string => !Number.isNaN(Date.parse(time ?? ''))
  if (!isTime(from) || !isTime(to)) return undefined
  return dateRange(from, to < from ? from : to)
}

function totals(entries: readonly JournalEntry[]): readonly ReportFact[] {
  const counts = new Map<JournalEntry['outcome'], { count: number; isBad: boolean }>()
  for (const entry of entries)
    counts.set(entry.outcome, { count: (counts.get(entry.outcome)?.count ?? 0) + 1, isBad: isBad(entry) })
  return (Object.keys(outcomeWords) as JournalEntry['outcome'][]).flatMap((outcome) => {
    const total = counts.get(outcome)
    if (total === undefined) return []
    const { label } = outcomeWords[outcome]
    return [{ label, text: printNumber(total.count), ...(total.isBad && { isBad: true }) }]
  })
}

/** Entries by server ID, because its name may have changed. Sorted by the last name. */
function byServer(entries: readonly JournalEntry[]): readonly (readonly JournalEntry[])[] {
  const groups = new Map<string, JournalEntry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.intent.server.id)
    if (group === undefined) groups.set(entry.intent.server.id, [entry])
    else group.push(entry)
  }
  return [...groups.values()].sort((a, b) => compareNames(serverOf(a).name, serverOf(b).name))
}

const serverOf = (entries: readonly JournalEntry[]) => (entries.at(-1) as JournalEntry).intent.server

function head(source: ReportSource, servers: readonly (readonly JournalEntry[])[]): ReportPart {
  const { entries, query, status, user, at } = source
  const periodText = period(source)
  const filters = filterWords(query)
  const names = servers.map((group) => serverOf(group).name)
  return {
    kind: 'head',
    title: periodText === undefined ? 'Changes' : `Changes, ${periodText}`,
    facts: [
      { label: 'Servers', text: names.length === 0 ? 'None' : names.join(', ') },
      { label: 'Created by', text: user },
      { label: 'Created', text: zonedDateTime(at) },
      { label: 'Filters', text: filters.length === 0 ? 'None' : filters.join('; ') },
      { label: 'Changes', text: printNumber(entries.length) },
    ],
    totals: totals(entries),
    notices: notices(status),
  }
}

function details({ intent, outcome, result }: JournalEntry): readonly string[] {
  const fields = fieldsOf(intent)
  const differing = (result?.differences ?? []).map(
    ({ key, found }) => `Stored value differs: ${entryField(fields, key).label} is ${found || 'not set'}.`,
  )
  const refused = result?.error?.fields?.map(({ path, message }) => `${path}: ${message}`) ?? []
  const explanation = outcome === 'done' ? [] : [outcomeWords[outcome].about]
  return [...explanation, result?.error?.message ?? '', ...refused, ...differing].filter((text) => text !== '')
}

/** Fields that were empty and remain so are left out. */
const isFilled = ({ before = '', after }: EntryChange): boolean => before !== '' || after !== ''

function change(entry: JournalEntry): ReportChange {
  const { intent, notes } = entry
  const { write, user, at, note, seq, source } = intent
  return {
    kind: 'change',
    time: zonedClock(at),
    what: `${actionWords[write.kind]}: ${write.identity}`,
    changes: entryChanges(write)
      .filter(isFilled)
      .map(({ label, before, after }) => ({ label, before, after: write.kind === 'delete' ? undefined : after })),
    outcome: { label: outcomeWords[entry.outcome].label, isBad: isBad(entry), details: details(entry) },
    facts: [
      ...(note === undefined ? [] : [{ label: 'Ticket', text: note }]),
      ...notes.map(({ text, at: addedAt, user: author }) => ({
        label: 'Note',
        text: `${text.replace(/\s+/g, ' ')} (${zonedDateTime(addedAt)}, ${author})`,
      })),
      { label: 'User', text: userText(user) },
      { label: 'Entry', text: String(seq) },
      // Otherwise it looks like any other change.
      ...(revertedEntries(source).length === 0 ? [] : [{ label: 'Source', text: sourceText(source) }]),
    ],
  }
}

/** A report for a customer: by server and day, in chronological order. */
export function* reportParts(source: ReportSource): Iterable<ReportPart> {
  const servers = byServer(source.entries)
  yield head(source, servers)
  for (const entries of servers) {
    const { name, address } = serverOf(entries)
    yield { kind: 'server', name, address }
    let currentDay = ''
    for (const entry of entries) {
      const day = fullDate(entry.intent.at)
      if (day !== currentDay) yield { kind: 'day', text: day }
      currentDay = day
      yield change(entry)
    }
  }
}
