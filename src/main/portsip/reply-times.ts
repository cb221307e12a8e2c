import { replyValues } from '@shared/limits/reply'
/** A larger difference between the clocks is corrected, because the remaining time is counted on this computer. */
const skewMinMs = 60_000
const farMs = 366 * 86_400_000

const isoLike =
  /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?/i

function instant(text: string): number | undefined {
  const match = isoLike.exec(text)
  if (match !== null) {
    const [, year, month, day, hour, minute, second = '0', zone = 'Z'] = match
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
    const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})/.exec(zone) ?? []
    if (sign === undefined) return at
    return at - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  }
  const seconds = /^\s*(\d{10})(\d{3})?\b/.exec(text)
  if (seconds !== null) return Number(seconds[1]) * 1000
  const trimmed = text.trim().replace(/^\[|[\].]+$/g, '')
  const zoned = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i.test(trimmed) ? trimmed : `${trimmed} UTC`
  const parsed = Date.parse(zoned)
  return Number.isNaN(parsed) ? undefined : parsed
}

/**
 * The end of a block in "… has been blocked until [time]", in RFC 3339. The format is not documented: ISO with or
 * without a zone (then UTC), HTTP dates, US dates and Unix seconds are read. `date` is the response's Date header,
 * which corrects a PBX clock that is wrong.
 */
export function blockedUntil(message: string, date: string | undefined, now = Date.now()): string | undefined {
  const text = /\buntil\b[:\s]*(.+)$/is.exec(message)?.[1]
  const at = text === undefined ? undefined : instant(text)
  if (at === undefined || Number.isNaN(at)) return undefined
  const serverNow = date === undefined ? Number.NaN : Date.parse(date)
  const skew = Number.isNaN(serverNow) || Math.abs(serverNow - now) < skewMinMs ? 0 : serverNow - now
  const end = at - skew
  return Math.abs(end - now) > farMs ? undefined : new Date(end).toISOString()
}

/** A longer wait is a fault of the server, for example a date in the year 9999. */
const waitMax = replyValues.waitSeconds

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

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
  const monthNumber = monthNames.indexOf(month) + 1
  if (offset === undefined || monthNumber === 0) return Number.NaN
  const date = `${year.padStart(4, '20')}-${String(monthNumber).padStart(2, '0')}-${day.padStart(2, '0')}`
  // The parser would count a day such as February 30 on into the next month.
  const isDay = new Date(`${date}T00:00:00Z`).getUTCDate() === Number(day)
  return isDay ? Date.parse(`${date}T${time}${offset}`) : Number.NaN
}

/** Retry-After (seconds or an HTTP date) in whole seconds; undefined if missing, past or unreasonable. */
export function retryAfterSeconds(value: string | undefined, now = Date.now()): number | undefined {
  const text = value?.trim() ?? ''
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((httpDate(text) - now) / 1000)
  return seconds > 0 && seconds <= waitMax ? seconds : undefined
}
