import { describe, expect, it } from 'vitest'
import { daysUntil } from '@shared/format/age'
import { bytesText, kilobytesText, megabytesText } from '@shared/format/bytes'
import { countText } from '@shared/format/count-text'
import { formatLocale, personLocale, setLocale } from '@shared/format/locale'
import { printNumber, printPercent } from '@shared/format/print-number'
import { dateRange, fullDate, localClock, localDate, localDateTime, zonedDateTime } from '@shared/format/time'
import { parseNumber } from '@shared/numbers/parse-number'
import { valueText } from '@shared/resources/value-text'

const at = new Date(2026, 10, 27, 15, 30).toISOString()
const isAscii = /^[\x20-\x7e]*$/

/** Runs with this language of the system. */
function inSystem(system: string, run: () => void): void {
  setLocale(system)
  try {
    run()
  } finally {
    setLocale('')
  }
}

it.each([
  ['de_DE.UTF-8', 'de-DE-u-ca-gregory-nu-latn'],
  ['en-US@posix', 'en-US-u-ca-gregory-nu-latn'],
  ['ar-EG', 'ar-EG-u-ca-gregory-nu-latn'],
  ['th-TH-u-nu-thai', 'th-TH-u-ca-gregory-nu-latn'],
  ['C', undefined],
  ['', undefined],
])('the system’s locale %j', (system, locale) => expect(formatLocale(system)).toBe(locale))

it('without a system locale, that of the runtime is used', () =>
  inSystem('C', () => expect(personLocale()).toBe(formatLocale(Intl.NumberFormat().resolvedOptions().locale))))

it.each([
  ['en-US', '1,600', '12.5%', '1,600 rows', '1.5 MB'],
  ['de-DE', '1.600', '12,5\u00a0%', '1.600 rows', '1,5 MB'],
  ['de-AT', '1\u00a0600', '12,5\u00a0%', '1\u00a0600 rows', '1,5 MB'],
  ['fr-FR', '1\u202f600', '12,5\u00a0%', '1\u202f600 rows', '1,5 MB'],
  ['tr-TR', '1.600', '%12,5', '1.600 rows', '1,5 MB'],
  ['ar-EG', '1,600', '12.5%', '1,600 rows', '1.5 MB'],
])('numbers in %s', (system, number, percent, rows, size) =>
  inSystem(system, () => {
    expect(printNumber(1600)).toBe(number)
    expect(printPercent(0.125)).toBe(percent)
    expect(countText(1600, 'row')).toBe(rows)
    expect(countText(1n, 'row')).toBe('1 row')
    expect(bytesText(1_500_000)).toBe(size)
    expect(valueText({ kind: 'number', unit: 's' }, 1600)).toBe(`${number} s`)
  }),
)

it.each([
  ['en-US', 'Nov 27, 2026', 'Nov 27, 2026, 3:30 PM', '3:30 PM', 'Friday, November 27, 2026'],
  ['de-DE', '27.11.2026', '27.11.2026, 15:30', '15:30', '27.11.2026'],
  ['fr-FR', '27/11/2026', '27/11/2026, 15:30', '15:30', '27/11/2026'],
  ['tr-TR', '27.11.2026', '27.11.2026, 15:30', '15:30', '27.11.2026'],
  ['ar-EG', '27/11/2026', '27/11/2026, 15:30', '15:30', '27/11/2026'],
  ['th-TH', '27/11/2026', '27/11/2026, 15:30', '15:30', '27/11/2026'],
])('times in %s', (system, date, dateTime, clock, full) =>
  inSystem(system, () => {
    expect(localDate(at)).toBe(date)
    // The space before PM depends on the version of ICU.
    expect(localDateTime(at).replace('\u202f', ' ')).toBe(dateTime)
    expect(localClock(at).replace('\u202f', ' ')).toBe(clock)
    expect(fullDate(at)).toBe(full)
    // Direction marks would be made visible in our texts.
    expect(valueText({ kind: 'time' }, at)).toBe(localDateTime(at))
  }),
)

describe('times', () => {
  it('have no word of another language', () => {
    for (const system of ['de-DE', 'tr-TR', 'ar-EG', 'ru-RU', 'fa-IR', 'hi-IN'])
      inSystem(system, () => {
        expect(localDateTime(at)).toMatch(/^[\d./]+, 15:30$/)
        expect(zonedDateTime(at)).toMatch(/^[\d./]+, 15:30:00 [A-Z]{3}[+\-\d:]*$/)
        expect(dateRange(at, new Date(2026, 11, 3).toISOString())).toMatch(/^[\d./]+ – [\d./]+$/)
        expect(dateRange(at, at)).toBe(localDate(at))
      })
  })
  it('that are invalid are returned unchanged', () => {
    expect(localDateTime('never')).toBe('never')
    expect(localDate(undefined)).toBe('')
    for (const text of ['Jan 2, 2026 03:30 EST', '2026-01-02 03:30:00 CET', '05.01.27', '01/02/2026', '2026-02-30'])
      expect([localDateTime(text), localDate(text), daysUntil(text, 0)]).toEqual([text, text, undefined])
    expect(valueText({ kind: 'time' }, 'a\u200fb')).toBe('a⟨U+200F⟩b')
  })
})

describe('in Arabic', () => {
  it('numbers are shown with Latin digits', () =>
    inSystem('ar-EG', () => expect(printNumber(1234567.25)).toMatch(isAscii)))
  it.each(['1600', '1,600', '١٦٠٠', '١٬٦٠٠'])('%s is accepted', (typed) =>
    inSystem('ar-EG', () => expect(parseNumber(typed)).toEqual({ ok: true, value: 1600 })),
  )
  it('the Arabic decimal separator is accepted', () =>
    inSystem('ar-EG', () => expect(parseNumber('١٢٫٥', { decimals: 1 })).toEqual({ ok: true, value: 12.5 })))
})

it('sizes of files', () =>
  inSystem('en-US', () => {
    expect([1, 812, 1000, 12_345, 3e9].map(bytesText)).toEqual(['1 byte', '812 bytes', '1 kB', '12 kB', '3 GB'])
    expect(megabytesText(1024 * 1024 * 2.25, 1)).toBe('2.3 MB')
    expect([0, 512, 2048 * 1024].map(kilobytesText)).toEqual(['1 KB', '1 KB', '2,048 KB'])
  }))
