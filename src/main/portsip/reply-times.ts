import { hourOfHalf } from '@shared/domain/clock-hour'
import { englishMonth } from '@shared/domain/english-month'
import { isRealDate } from '@shared/domain/real-date'
import { visibleText } from '@shared/domain/visible-text'
import { replyValues } from '@shared/limits/reply'

/** A larger difference between the clocks is corrected, because the remaining time is counted on this computer. */
const skewMinMs = 60_000
const farMs = 366 * 86_400_000

const weekday = '(?:[a-z]{3,9},? +)?'
const month = '(?<month>[a-z]{3,9})\\.?'
const clock =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d+)?)?(?: ?(?<half>[ap])\\.?m\\.?(?![a-z]))?'
/** Names such as CST mean several zones, so only UTC and an offset are read; a name may follow the offset. */
const zone = ' ?(?:(?:z|utc?|gmt)(?![a-z0-9+-])|(?:utc|gmt)? ?(?<offset>[+-]\\d{2}:?\\d{2})(?![\\d:]))'

/** Dates whose order of day and month is certain. `01/02/2026` is not: it may be January or February. */
const certainForms = [
  `(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})(?:t|,? +)${clock}${zone}`,
  `${weekday}(?<day>\\d{1,2})[ -]${month}[ -](?<year>\\d{4}),? +${clock}${zone}`,
  `${weekday}${month} +(?<day>\\d{1,2}),? +(?<year>\\d{4}),? +${clock}${zone}`,
  `${weekday}${month} +(?<day>\\d{1,2}),? +${clock}${zone} +(?<year>\\d{4})`,
  `${weekday}${month} +(?<day>\\d{1,2}),? +${clock} +(?<year>\\d{4})${zone}`,
].map((form) => new RegExp(`^${form}`, 'i'))

/** A time at the beginning of a text in milliseconds; NaN if its zone, day or month is not certain. */
function certainTime(text: string): number {
  const seconds = /^(\d{10})(\d{3})?(?![\d.:/-]*\d)/.exec(text)
  if (seconds !== null) return Number(seconds[1]) * 1000
  const parts = certainForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  const { year, month: named = '', day, hour, minute = '', second = '00', half, offset = 'Z' } = parts ?? {}
  const two = (part: unknown): string => String(part).padStart(2, '0')
  const date = [year, /^\d/.test(named) ? named : englishMonth(named), day].map(two).join('-')
  const hours = half === undefined ? hour : hourOfHalf(Number(hour), half)
  // Of the hours only 24 would be read as one of the next day.
  if (!isRealDate(date) || Number(hours) > 23 || Number(offset.slice(1, 3)) > 14) return Number.NaN
  return Date.parse(`${date}T${two(hours)}:${minute}:${second}${isoZone(offset)}`)
}

/**
 * The end of a block in "… has been blocked until [time]". `until` in RFC 3339 if the time is certain: with UTC, an
 * offset, or as Unix seconds. Otherwise `text` as the PBX wrote it. `date` is the response's Date header, which corrects
 * a PBX clock that is wrong.
 */
export function blockedUntil(
  message: string,
  date: string | undefined,
  now = Date.now(),
): { readonly until?: string; readonly text?: string } {
  const written = /\buntil\b[:\s]*(.+)$/is.exec(message)?.[1]?.trim() ?? ''
  const at = certainTime(written.replace(/^[[("'\s]+/, '').replace(/\s+/g, ' '))
  const serverNow = httpDate(date?.trim() ?? '')
  const skew = Number.isNaN(serverNow) || Math.abs(serverNow - now) < skewMinMs ? 0 : serverNow - now
  const end = at - skew
  if (Math.abs(end - now) <= farMs) return { until: new Date(end).toISOString() }
  const text = visibleText(written.slice(0, replyValues.untilCharacters).trim())
  return text === '' ? {} : { text }
}

/** A longer wait is a fault of the server, for example a date in the year 9999. */
const waitMax = replyValues.waitSeconds

/** The three forms of an HTTP date. The oldest one has no zone and is GMT; an offset is not HTTP, but unmistakable. */
const httpForms = [
  /^[A-Z][a-z]+, (?<day>\d{1,2})[ -](?<month>[A-Z][a-z]{2})[ -](?<year>\d{4}|\d{2}) (?<time>\d{2}:\d{2}:\d{2})(?: (?<zone>\S+))?$/,
  /^[A-Z][a-z]+ (?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})(?: (?<zone>\S+))?$/,
]

/** The zone in the form of ISO 8601; undefined for a name other than GMT or UTC. */
function isoZone(zone: string): string | undefined {
  if (/^(?:GMT|UTC|Z)$/.test(zone)) return 'Z'
  const [, hours, minutes] = /^([+-]\d{2}):?(\d{2})$/.exec(zone) ?? []
  return hours && minutes && `${hours}:${minutes}`
}

/** An HTTP date in milliseconds; NaN for anything else, because a guess could be wrong by hours. */
function httpDate(value: string): number {
  const parts = httpForms.map((form) => form.exec(value)?.groups).find((groups) => groups !== undefined)
  const { day = '', month = '', year = '', time = '', zone = 'GMT' } = parts ?? {}
  const offset = isoZone(zone)
  const monthAt = englishMonth(month)
  if (offset === undefined || monthAt === 0) return Number.NaN
  const date = `${year.padStart(4, '20')}-${String(monthAt).padStart(2, '0')}-${day.padStart(2, '0')}`
  return isRealDate(date) ? Date.parse(`${date}T${time}${offset}`) : Number.NaN
}

/** Retry-After (seconds or an HTTP date) in whole seconds; undefined if missing, past or unreasonable. */
export function retryAfterSeconds(value: string | undefined, now = Date.now()): number | undefined {
  const text = value?.trim() ?? ''
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((httpDate(text) - now) / 1000)
  return seconds > 0 && seconds <= waitMax ? seconds : undefined
}
