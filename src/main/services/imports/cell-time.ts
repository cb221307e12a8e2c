import { hourOfHalf } from '@shared/domain/clock-hour'
import { englishMonth } from '@shared/domain/english-month'
import { apiTime, isRealDate } from '@shared/domain/real-date'

const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT)| ?[+-]\d{2}(?::?\d{2})?)$/i
const time = String.raw`(?:(?:,? +|T)(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([ap])\.?m\.?)?)?$`
const form = (date: string): RegExp => new RegExp(`^${date}${time}`, 'i')
const ordered = [
  form(String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})`),
  form(String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})`),
  form(String.raw`(?<day>\d{1,2})(?:\. ?| |-)(?<month>[a-z]{3,9})\.?(?:, ?| |-)(?<year>\d{4})`),
  form(String.raw`(?<month>[a-z]{3,9})\.? (?<day>\d{1,2}),? (?<year>\d{4})`),
]
/** In some countries the month is first. */
const eitherFirst = form(String.raw`(?<day>\d{1,2})[/-](?<month>\d{1,2})[/-](?<year>\d{4})`)

const problem = 'Expected a date or time, such as 2027-01-31 or 2027-01-31T18:00:00Z'
const serialNumber = `A spreadsheet’s serial number of a date. Format the column as a date there. ${problem}`

interface Parts {
  readonly year: string
  readonly month: string
  readonly day: string
  /** Hour, minute, second, and `a` or `p` of a clock with 12 hours. */
  readonly clock: readonly (string | undefined)[]
}

/** The number of a month: itself, or by its English name; not a number for another word. */
const monthOf = (text: string): string => (/^\d/.test(text) ? text : String(englishMonth(text) || Number.NaN))

/** The API writes years with four digits. */
const lastTime = Date.UTC(9999, 11, 31, 23, 59, 59)

const dateOf = ({ year, month, day }: Omit<Parts, 'clock'>): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

/** A time on this computer's clock. A date alone lasts until its end. */
function localTime({ year, month, day, clock: [typed, minute = '59', second, half] }: Parts): number {
  const hour = half === undefined ? (typed ?? '23') : hourOfHalf(Number(typed), half)?.toString()
  if (hour === undefined) return NaN
  const date = dateOf({ year, month, day })
  const time = `${hour.padStart(2, '0')}:${minute}:${second ?? (typed === undefined ? '59' : '00')}`
  const at = Date.parse(`${date}T${time}`)
  const found = new Date(at)
  // The time that the clock leaves out in spring, when `Date` takes another.
  if (Number(hour) % 24 !== found.getHours() || Number(minute) !== found.getMinutes()) return NaN
  // A day ends when its last second is over for the last time.
  return typed === undefined && isTwice(at) ? at + putBack(at) : at
}

const dayMs = 86_400_000

/** Milliseconds by which the clock is put back in the next 24 hours; negative if it is put forward. */
const putBack = (at: number): number =>
  (new Date(at + dayMs).getTimezoneOffset() - new Date(at).getTimezoneOffset()) * 60_000

/** The hour that the clock repeats in autumn: the earlier of both is found, and the other is as much later as the clock is put back. */
function isTwice(at: number): boolean {
  const after = putBack(at)
  return after > 0 && new Date(at + after).getTimezoneOffset() !== new Date(at).getTimezoneOffset()
}

function partsOf(form: RegExp, text: string): Parts | undefined {
  const found = form.exec(text)
  if (found === null) return undefined
  const { year = '', month = '', day = '' } = found.groups ?? {}
  return { year, month: monthOf(month), day, clock: found.slice(4) }
}

/** The readings that a text has. */
function readings(text: string): readonly Parts[] {
  const either = partsOf(eitherFirst, text)
  if (either === undefined) return ordered.flatMap((form) => partsOf(form, text) ?? []).slice(0, 1)
  const { month, day } = either
  return Number(month) === Number(day) ? [either] : [either, { ...either, month: day, day: month }]
}

/** The basic form of ISO 8601, such as 20270131T180000Z. */
const basic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2}(?:\.\d+)?)?(?=Z$|[+-]\d{2}(?::?\d{2})?$)/i
const extended = (text: string): string =>
  text.replace(
    basic,
    (_, year, month, day, hour, minute, second = '00') => `${year}-${month}-${day}T${hour}:${minute}:${second}`,
  )

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
/** The date of an email or HTTP header, such as Sun, 31 Jan 2027 18:00:00 +0100. */
const ofHeader =
  /^(?:([a-z]{3}), )?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}:\d{2}(?::\d{2})?) (?:(UT|UTC|GMT|Z)|([+-]\d{4}))$/i

/** A text of `ofHeader` in the form of ISO 8601; as it is if its day of the week is another one. */
function fromHeader(text: string): string {
  const [, weekday, day = '', month = '', year = '', clock = '', , offset = 'Z'] = ofHeader.exec(text) ?? []
  const date = dateOf({ year, month: monthOf(month), day })
  if (!isRealDate(date)) return text
  const isOfDay = weekday === undefined || weekdays[new Date(`${date}T00:00Z`).getUTCDay()] === weekday.toLowerCase()
  return isOfDay ? `${date}T${clock}${offset}` : text
}

/** A text of `iso` as the API has it. */
const isoTime = (text: string): number =>
  apiTime(
    text
      .replace(/ ?(?:UTC|GMT|Z)$/i, 'Z')
      .replace(/ ?([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`),
  )

/** A time of a file as the API has it. Errors: what is no date, and a date that has two readings. */
export function cellTime(cell: string): { readonly value: string } | { readonly problem: string } {
  // Programs put other blanks before AM, and some keyboards other digits.
  const text = fromHeader(extended(cell.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()))
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return { problem: serialNumber }
  const isIso = iso.test(text)
  const [parts, ...others] = isIso ? [] : readings(text).filter((each) => isRealDate(dateOf(each)))
  const at = isIso ? isoTime(text) : parts === undefined ? NaN : localTime(parts)
  if (others.length > 0) return { problem: 'Day and month can be read in two ways. Enter the date as 2027-01-31' }
  if (Number.isNaN(at) || at > lastTime) return { problem }
  if (parts?.clock[0] !== undefined && isTwice(at))
    return { problem: 'This time occurs twice on that day. Add the offset, as in 2027-01-31T02:30:00+01:00' }
  return { value: `${new Date(at).toISOString().slice(0, 19)}Z` }
}
