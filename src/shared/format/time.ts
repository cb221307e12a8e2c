import { apiTime } from '../domain/real-date'
import { personLocale, withoutMarks } from './locale'

type Options = Intl.DateTimeFormatOptions
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string, options: Options): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, format)
  return format
}

const languages = new Map<string, boolean>()

/** Remembered, because a locale is costly to read and tables print thousands of times. */
function isEnglish(locale: string): boolean {
  const known = languages.get(locale) ?? new Intl.Locale(locale).language === 'en'
  languages.set(locale, known)
  return known
}

const date: Options = { year: 'numeric', month: '2-digit', day: '2-digit' }
const clock: Options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const seconds: Options = { ...clock, second: '2-digit' }

/** `GMT+1`; in English for all locales, because some languages have a word for GMT. */
const zoneText = (ms: number): string =>
  formatOf('en', { timeZoneName: 'shortOffset' })
    .formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''

/**
 * Prints RFC 3339 times in the local time zone; other text, such as a time with the name of a zone, is returned
 * unchanged, and no time is an empty text. English locales use the month's name, others only digits, because their words
 * do not fit into English sentences.
 */
const printer =
  (english: Options, digits: readonly Options[], isZoned = false) =>
  (time: string | null | undefined, locale = personLocale()): string => {
    const ms = apiTime(time ?? '')
    if (Number.isNaN(ms)) return time ?? ''
    if (isEnglish(locale)) return formatOf(locale, english).format(ms)
    const text = digits.map((options) => withoutMarks(formatOf(locale, options).format(ms))).join(', ')
    return isZoned ? `${text} ${zoneText(ms)}` : text
  }

/** `Nov 27, 2026, 3:30 PM`, in German `27.11.2026, 15:30`. */
export const localDateTime = printer({ dateStyle: 'medium', timeStyle: 'short' }, [date, clock])
export const localDate = printer({ dateStyle: 'medium' }, [date])
export const localClock = printer({ timeStyle: 'short' }, [clock])
/** Includes the weekday if the language is English. */
export const fullDate = printer({ dateStyle: 'full' }, [date])
/** Includes the zone, for texts that are read elsewhere. */
export const zonedClock = printer({ timeStyle: 'long' }, [seconds], true)
export const zonedDateTime = printer({ dateStyle: 'long', timeStyle: 'long' }, [date, seconds], true)

/** A range of days: `July 6 – 8, 2026`, in German `06.07.2026 – 08.07.2026`. */
export function dateRange(from: string, to: string, locale = personLocale()): string {
  if (isEnglish(locale)) return formatOf(locale, { dateStyle: 'long' }).formatRange(Date.parse(from), Date.parse(to))
  const [first, last] = [localDate(from, locale), localDate(to, locale)]
  return first === last ? first : `${first} – ${last}`
}

/** A start time: the time of day for today, otherwise with the date. */
export function sinceText(time: string, now = Date.now()): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString()
  return isToday ? localClock(time) : localDateTime(time)
}

/** The name of the local time zone, such as `Europe/Berlin`. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Whether a text names a time zone, also by an older name such as Asia/Calcutta; an offset is no name. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
