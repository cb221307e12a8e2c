import type { JournalRow } from '@shared/domain/journal-view'
import type { TermOf } from '@shared/domain/page'

type JournalTerm = TermOf<keyof JournalRow>

/** The filters of the journal; empty texts do not filter. `from` and `to` are local days of the range, such as `2026-11-24`. */
export interface JournalFilters {
  readonly server: string
  readonly folder: string
  readonly tag: string
  readonly user: string
  readonly resource: string
  readonly action: string
  readonly outcome: string
  readonly time: '' | 'today' | 'last-7' | 'last-30' | 'range'
  readonly from: string
  readonly to: string
}

export const noFilters: JournalFilters = {
  server: '',
  folder: '',
  tag: '',
  user: '',
  resource: '',
  action: '',
  outcome: '',
  time: '',
  from: '',
  to: '',
}

const compared = ['server', 'folder', 'user', 'resource', 'action', 'outcome'] as const
const days = { today: 1, 'last-7': 7, 'last-30': 30 } as const

/** The first moment of the day that is `back` days before this one, in the local zone. */
function startOfDay(time: number, back = 0): Date {
  const day = new Date(time)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - back)
  return day
}

/** The last moment of a day, which has 23 to 25 hours. */
const endOfDay = (time: number): Date => new Date(startOfDay(time, -1).getTime() - 1)

function timeTerms({ time, from, to }: JournalFilters, now: number): readonly JournalTerm[] {
  const since = (day: Date): JournalTerm => ({ key: 'at', operator: 'ge', value: day.toISOString() })
  if (time === '') return []
  if (time !== 'range') return [since(startOfDay(now, days[time] - 1))]
  // Without a time of day, the text would be parsed as UTC.
  const [first, last] = [from, to].map((day) => Date.parse(`${day}T00:00`))
  return [
    ...(first === undefined || Number.isNaN(first) ? [] : [since(startOfDay(first))]),
    ...(last === undefined || Number.isNaN(last)
      ? []
      : [{ key: 'at', operator: 'le', value: endOfDay(last).toISOString() } as const]),
  ]
}

export const filterTerms = (filters: JournalFilters, now: number): readonly JournalTerm[] => [
  ...compared
    .filter((key) => filters[key] !== '')
    // The tags of a row are compared as JSON: with the quotes, "gold" does not match "golden".
    .map((key): JournalTerm => ({ key, operator: 'eq', value: filters[key] })),
  ...(filters.tag === '' ? [] : [{ key: 'tags', operator: 'contains', value: JSON.stringify(filters.tag) } as const]),
  ...timeTerms(filters, now),
]
