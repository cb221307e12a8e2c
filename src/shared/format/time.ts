import { personLocale, withoutMarks } from './locale'

type Options = Intl.DateTimeFormatOptions
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string, options: Options): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

const isEnglish = (locale: string): boolean => new Intl.Locale(locale).language === 'en'

const date: Options = { year: 'numeric', month: '2-digit', day: '2-digit' }
const clock: Options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const seconds: Options = { ...clock, second: '2-digit' }

/** `GMT+1`; in English for everybody, as some languages write a word for GMT. */
const zoneText = (at: number): string =>
  formatOf('en', { timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''

/**
 * Prints RFC 3339 times in the person's zone; anything else comes back as it is, and no time as an empty text. In English with the month's name; in any
 * other language in digits only, as its words do not belong into English sentences.
 */
const printer =
  (english: Options, digits: readonly Options[], isZoned = false) =>
  (time: string | null | undefined, locale = personLocale()): string => {
    const at = Date.parse(time ?? '')
    if (Number.isNaN(at)) return time ?? ''
    if (isEnglish(locale)) return formatOf(locale, english).format(at)
    const text = digits.map((options) => withoutMarks(formatOf(locale, options).format(at))).join(', ')
    return isZoned ? `${text} ${zoneText(at)}` : text
  }

/** `Nov 27, 2026, 3:30 PM`, in German `27.11.2026, 15:30`. */
export const localDateTime = printer({ dateStyle: 'medium', timeStyle: 'short' }, [date, clock])
export const localDate = printer({ dateStyle: 'medium' }, [date])
export const localClock = printer({ timeStyle: 'short' }, [clock])
/** With the weekday if the language is English. */
export const fullDate = printer({ dateStyle: 'full' }, [date])
/** With the zone, for what is read elsewhere. */
export const zonedClock = printer({ timeStyle: 'long' }, [seconds], true)
export const zonedDateTime = printer({ dateStyle: 'long', timeStyle: 'long' }, [date, seconds], true)

/** From one day to another: `July 6 – 8, 2026`, in German `06.07.2026 – 08.07.2026`. */
export function dateRange(from: string, to: string, locale = personLocale()): string {
  if (isEnglish(locale)) return formatOf(locale, { dateStyle: 'long' }).formatRange(Date.parse(from), Date.parse(to))
  const [first, last] = [localDate(from, locale), localDate(to, locale)]
  return first === last ? first : `${first} – ${last}`
}

/** Since when something is so: the clock for today, else with the date. */
export function sinceText(time: string, now = Date.now()): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString()
  return isToday ? localClock(time) : localDateTime(time)
}

/** The name of the person's time zone, such as `Europe/Berlin`. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
