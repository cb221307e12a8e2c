import { decimalDigits, numberStyle, type NumberStyle } from '../format/number-style'
import { printNumber } from '../format/print-number'
import { withoutEndZeros } from './end-zeros'

export interface ParseOptions {
  /** By default the current locale. */
  readonly locale?: string | undefined
  /** Maximum decimals; none by default. */
  readonly decimals?: number
  /** Texts that may follow the number, for example its unit. */
  readonly units?: readonly string[]
}

export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: string }

const blanks = /[\p{Zs}\t\r\n]/gu
/** Direction marks, which printed numbers contain in some languages. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const minusSigns = /^[-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d]/
const apostrophes = /['\u2019\u02bc\uff07]/g

const refused = (problem: string): ParsedNumber => ({ ok: false, problem })
const escaped = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{Nd}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)

/** Normalizes digits and half-width signs to ASCII, and spaces and apostrophes to one kind each. */
function plainSigns(text: string): string {
  const digits = decimalDigits()
  return [...text.replaceAll(directionMarks, '')]
    .map((sign) => digits.get(sign) ?? sign)
    .join('')
    .replaceAll(/[\uff0b\uff0c\uff0e\uff05]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(blanks, ' ')
    .replaceAll(apostrophes, '’')
    .trim()
}

function withoutUnit(text: string, units: readonly string[]): string {
  const lower = text.toLowerCase()
  const unit = units.map((name) => plainSigns(name).toLowerCase()).find((name) => name !== '' && lower.endsWith(name))
  return unit === undefined ? text : text.slice(0, -unit.length).trimEnd()
}

/**
 * Converts a number with the language's separators to plain form; undefined if the language does not write it like
 * this.
 */
function inOwnForm(text: string, style: NumberStyle): string | undefined {
  const [group, decimal] = [
    escaped(plainSigns(style.group) || plainBlank(style.group)),
    escaped(plainSigns(style.decimal)),
  ]
  const grouped =
    group === ''
      ? ''
      : `|[1-9]\\d{0,${style.otherGroups - 1}}(?:${group}\\d{${style.otherGroups}})*${group}\\d{${style.lastGroup}}`
  // A language with groups of one size has a first group of one digit up to a full group.
  const first = new RegExp(`^(\\d+${grouped})(?:${decimal}(\\d+))?$`, 'u').exec(withOwnSeparators(text, style))
  const whole = first?.[1]
  if (whole === undefined) return undefined
  const fraction = first?.[2]
  return whole.replaceAll(/\D/g, '') + (fraction === undefined ? '' : `.${fraction}`)
}

/** The Arabic separators are unambiguous, so they may be typed although numbers are shown with Latin digits. */
const withOwnSeparators = (text: string, { group, decimal }: NumberStyle): string =>
  text.replaceAll('\u066c', plainSigns(group) || '\u066c').replaceAll('\u066b', plainSigns(decimal))

const plainBlank = (sign: string): string => (sign.replaceAll(blanks, ' ') === ' ' ? ' ' : '')

/** Three digits after a point: a thousand in one language, a fraction in another. */
const mayBeThousands = /^[1-9]\d{0,2}\.\d{3}$/

/** A decimal point in a language with a decimal comma: only in plain form, and only if it cannot separate thousands. */
const inPlainForm = (text: string): string | undefined =>
  /^(?:0|[1-9]\d*)\.\d*[1-9]$/.test(text) && !mayBeThousands.test(text) ? text : undefined

const examples = (locale: string | undefined, decimals: number): string => {
  const numbers = [printNumber(1000, { locale, grouped: false }), printNumber(1000, { locale })]
  const distinct = [...new Set(decimals > 0 ? [...numbers, printNumber(0.5, { locale })] : numbers)]
  return distinct.length === 1 ? (distinct[0] ?? '') : `${distinct.slice(0, -1).join(', ')} or ${distinct.at(-1) ?? ''}`
}

/** True if the number has exactly the typed digits. */
const isExact = (value: number, digits: string): boolean => {
  const [whole = '', fraction = ''] = digits.split('.')
  const canonical = `${whole.replace(/^0+(?=\d)/, '')}.${withoutEndZeros(fraction)}`.replace(/\.$/, '')
  return String(value) === canonical
}

/**
 * Parses a number in the current locale, or in plain form if that is unambiguous; otherwise returns the error. Nothing
 * is guessed: groups must be complete, and no digit is dropped.
 */
export function parseNumber(text: string, { locale, decimals = 0, units = [] }: ParseOptions = {}): ParsedNumber {
  const plain = withoutUnit(plainSigns(text), units)
  const isNegative = minusSigns.test(plain)
  const body = plain.replace(minusSigns, '').replace(/^\+/, isNegative ? '+' : '')
  const expected = `Enter a number like ${examples(locale, decimals)}`
  if (!/\d/.test(body)) return refused(`A number is expected. ${expected}`)
  const digits = inOwnForm(body, numberStyle(locale)) ?? inPlainForm(body)
  if (digits === undefined) {
    const isUnclear = /^[\d\s.,’\u066b\u066c]+$/.test(body)
    return refused(`${isUnclear ? 'Ambiguous number' : 'A number is expected'}. ${expected}`)
  }
  const fraction = digits.split('.')[1] ?? ''
  if (fraction !== '' && decimals === 0) return refused(`A whole number is expected. ${expected}`)
  if (withoutEndZeros(fraction).length > decimals) return refused(`No more than ${decimals} decimals are allowed`)
  const value = Number(digits)
  if (!isExact(value, digits)) return refused('The number has too many digits')
  return { ok: true, value: isNegative && value !== 0 ? -value : value }
}

/** Groups of thousands that are separated with a sign that cannot be the one before the decimals. */
const clearGroups = [
  /^(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?$/,
  /^(\d{1,3}(?:’\d{3})+)(?:[.,](\d+))?$/,
  /^(\d{1,3}(?:\.\d{3}){2,})(?:,(\d+))?$/,
  /^(\d{1,3}(?:,\d{3}){2,})(?:\.(\d+))?$/,
  /^(\d{1,3}\.\d{3}),(\d+)$/,
  /^(\d{1,3},\d{3})\.(\d+)$/,
  /^(\d+)(?:[.,](\d+))?$/,
]

/** The digits of a number in plain form, if it is the same number in all languages. */
function clearDigits(text: string): string | undefined {
  for (const form of clearGroups) {
    const [, whole, fraction] = form.exec(text) ?? []
    if (whole !== undefined) return whole.replaceAll(/\D/g, '') + (fraction === undefined ? '' : `.${fraction}`)
  }
  return undefined
}

/**
 * Parses a number in a file of unknown language: with separators only where no language reads another number, so
 * `1 000` and `1.234,5`, but not `1.000`.
 */
export function parseFileNumber(text: string, decimals = 0): ParsedNumber {
  const plain = plainSigns(text)
  const isNegative = minusSigns.test(plain)
  const body = plain.replace(minusSigns, '').replace(/^\+/, isNegative ? '+' : '')
  const digits = clearDigits(body)
  if (digits === undefined) return refused(`A number is expected, such as ${decimals > 0 ? '1000.5' : '1000'}`)
  const [whole = '', fraction = ''] = digits.split('.')
  if (mayBeThousands.test(body.replace(',', '.')))
    return refused(`${body} can mean ${Number(digits)} or ${whole}${fraction}. Write it without separators`)
  if (withoutEndZeros(fraction).length > decimals)
    return refused(decimals === 0 ? 'A whole number is expected' : `No more than ${decimals} decimals are allowed`)
  const value = Number(digits)
  if (!isExact(value, digits)) return refused('The number has too many digits')
  return { ok: true, value: isNegative && value !== 0 ? -value : value }
}
