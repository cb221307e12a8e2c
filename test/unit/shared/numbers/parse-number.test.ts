import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumber, type ParseOptions } from '@shared/numbers/parse-number'
import { printNumber, printPercent } from '@shared/format/print-number'

const locales = [
  ...['en-US', 'en-GB', 'en-IN', 'en-ZA', 'de', 'de-AT', 'de-CH', 'de-LI', 'fr', 'fr-CH', 'fr-CA', 'it', 'it-CH', 'es'],
  ...['es-MX', 'pt', 'pt-PT', 'pl', 'bg', 'nl', 'sv', 'nb', 'fi', 'et', 'lt', 'sl', 'tr', 'ru', 'uk', 'cs', 'hu', 'he'],
  ...[
    'ar',
    'ar-EG',
    'ar-AE',
    'fa',
    'ur',
    'ps',
    'ckb',
    'hi',
    'bn',
    'mr',
    'ne',
    'my',
    'ta',
    'te',
    'th',
    'km',
    'ja',
    'zh',
  ],
  ...[
    'ko',
    'eu',
    'gsw',
    'rm',
    'sq',
    'vi',
    'id',
    'en-u-nu-fullwide',
    'zh-u-nu-fullwide',
    'ar-u-nu-arab',
    'th-u-nu-thai',
  ],
]

const valueOf = (text: string, options: ParseOptions): number | string => {
  const parsed = parseNumber(text, options)
  return parsed.ok ? parsed.value : 'error'
}

describe('a printed number is read back as the same number', () => {
  const anyLocale = fc.constantFrom(...locales)
  it('whole numbers, grouped or not', () => {
    fc.assert(
      fc.property(anyLocale, fc.maxSafeInteger(), fc.boolean(), (locale, value, grouped) => {
        expect(valueOf(printNumber(value, { locale, grouped }), { locale })).toBe(value)
      }),
      { numRuns: 500 },
    )
  })
  it('small whole numbers in every language', () => {
    for (const locale of locales)
      for (const value of [0, 1, -1, 7, 10, 99, 100, 999, 1000, 1500, 9999, 10_000, 99_999, 100_000, 1_000_000, -1000])
        expect([locale, valueOf(printNumber(value, { locale }), { locale })]).toEqual([locale, value])
  })
  it('decimals', () => {
    const decimal = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
    fc.assert(
      fc.property(anyLocale, decimal, fc.boolean(), (locale, [digits, places], grouped) => {
        const value = Number(`${digits}e-${places}`)
        expect(valueOf(printNumber(value, { locale, grouped }), { locale, decimals: 6 })).toBe(value === 0 ? 0 : value)
      }),
      { numRuns: 500 },
    )
  })
  it('percent', () => {
    fc.assert(
      fc.property(anyLocale, fc.integer({ min: 0, max: 1_000_000 }), (locale, millionths) => {
        const text = printPercent(millionths / 1_000_000, { locale })
        const units = ['%', '٪', '٪؜', '%%']
        const bare = text.replaceAll(/^[%٪\s\u200e\u200f\u061c]+/g, '')
        expect(valueOf(bare, { locale, decimals: 4, units })).toBe(millionths / 10_000)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a text is one number or an error', () => {
  const whole: readonly (readonly [string, string, number | 'error'])[] = [
    ['de', '1.000', 1000],
    ['de', '10.000', 10_000],
    ['de', '1000', 1000],
    ['de', '1.00', 'error'],
    ['de', '1.0000', 'error'],
    ['de', '1.000.00', 'error'],
    ['de', '0.001', 'error'],
    ['de', '1,000', 'error'],
    ['de', '1,5', 'error'],
    ['de-CH', '1’000', 1000],
    ['de-CH', "1'000", 1000],
    ['de-CH', '1.000', 'error'],
    ['de-AT', '1 000', 1000],
    ['de-AT', '1.000', 'error'],
    ['fr', '1 000', 1000],
    ['fr', '1\u00a0000', 1000],
    ['fr', '1\u202f000', 1000],
    ['fr', '1\u2009000', 1000],
    ['fr', '1.000', 'error'],
    ['fr', '1 00', 'error'],
    ['en', '1,000', 1000],
    ['en', '1.000', 'error'],
    ['en', '1 000', 'error'],
    ['en', '1,00', 'error'],
    ['en', '1,00,000', 'error'],
    ['en', '1000,000', 'error'],
    ['en', '1,5', 'error'],
    ['en-IN', '1,00,000', 100_000],
    ['en-IN', '12,34,567', 1_234_567],
    ['en-IN', '1,0,000', 'error'],
    ['es', '1.000', 1000],
    ['ar-EG', '١٬٠٠٠', 1000],
    ['ar-EG', '1000', 1000],
    ['fa', '۱۲۳', 123],
    ['en', '１，０００', 1000],
    ['en', '-5', -5],
    ['en', '−5', -5],
    ['en', '－5', -5],
    ['en', '--5', 'error'],
    ['en', '+-5', 'error'],
    ['en', '-+5', 'error'],
    ['en', '5-', 'error'],
    ['en', '+5', 5],
    ['en', '007', 7],
    ['en', '  12 ', 12],
    ['en', '\u00a012\t', 12],
    ['en', '1e3', 'error'],
    ['en', '1E3', 'error'],
    ['en', '0x10', 'error'],
    ['en', '10²', 'error'],
    ['en', '½', 'error'],
    ['en', 'Infinity', 'error'],
    ['en', '', 'error'],
    ['en', '-', 'error'],
    ['en', '.', 'error'],
    ['en', '1..0', 'error'],
    ['en', '9007199254740993', 'error'],
    ['en', '99999999999999999999999', 'error'],
    ['en', '1,000 s', 1000],
    ['en', '90 minutes', 'error'],
    ['de', '1.000 s', 1000],
  ]
  it.each(whole)('whole, %s: %s', (locale, text, value) => {
    expect(valueOf(text, { locale, units: ['s'] })).toBe(value)
  })

  const withDecimals: readonly (readonly [string, string, number | 'error'])[] = [
    ['de', '1,5', 1.5],
    ['de', '1.5', 1.5],
    ['de', '1.50', 'error'],
    ['de', '1.000', 1000],
    ['de', '1.000,5', 1000.5],
    ['de', '1,000', 1],
    ['fr', '1,5', 1.5],
    ['fr', '1 000,5', 1000.5],
    ['fr', '1.234', 'error'],
    ['fr', '1.25', 1.25],
    ['en', '1.000', 1],
    ['en', '1.5', 1.5],
    ['en', '1,000.5', 1000.5],
    ['en', '1,5', 'error'],
    ['en', '1.', 'error'],
    ['en', '.5', 'error'],
    ['en', '12.34567', 'error'],
    ['de-CH', '1.000', 1],
    ['ar-EG', '١٫٥', 1.5],
    ['en', '50 %', 50],
    ['de', '12,5 %', 12.5],
    ['en', '12.5％', 12.5],
  ]
  it.each(withDecimals)('with decimals, %s: %s', (locale, text, value) => {
    expect(valueOf(text, { locale, decimals: 4, units: ['%'] })).toBe(value)
  })

  it('never reads a number that is written differently in that language or in plain form', () => {
    const text = fc.stringMatching(/^[-+]?[\d.,’ ]{1,9}$/)
    fc.assert(
      fc.property(fc.constantFrom(...locales), text, (locale, typed) => {
        const parsed = parseNumber(typed, { locale, decimals: 9 })
        if (!parsed.ok) return
        // The typed digits are those of the number, except for zeros at the ends.
        const digits = (of: string) => of.replaceAll(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '')
        expect(digits(printNumber(parsed.value, { locale: 'en', grouped: false }))).toBe(digits(typed))
      }),
      { numRuns: 500 },
    )
  })
  it('names the form of the language in its error', () => {
    expect(parseNumber('1.00', { locale: 'de' })).toEqual({
      ok: false,
      problem: 'Ambiguous number. Enter a number like 1000 or 1.000',
    })
    expect(parseNumber('1.5', { locale: 'en' })).toEqual({
      ok: false,
      problem: 'A whole number is expected. Enter a number like 1000 or 1,000',
    })
  })
})
