import { decimalDigits, numberStyle, type NumberStyle } from '../format/number-style'
import { printNumber } from '../format/print-number'

export interface ParseOptions {
  /** Without one, the person's. */
  readonly locale?: string | undefined
  /** The most decimals; none without it. */
  readonly decimals?: number
  /** What may follow the number, for example its unit. */
  readonly units?: readonly string[]
}

export type ParsedNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: string }

const blanks = /[\p{Zs}\t\r\n]/gu
/** Marks of the writing direction, which printed numbers carry in some languages. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const minusSigns = /^[-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d]/
const apostrophes = /['\u2019\u02bc\uff07]/g

const refused = (problem: string): ParsedNumber => ({ ok: false, problem })
const escaped = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{Nd}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)

/** ASCII digits and half-width signs, blanks and apostrophes of one kind each. */
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
  const unit = units.map((each) => plainSigns(each).toLowerCase()).find((each) => each !== '' && lower.endsWith(each))
  return unit === undefined ? text : text.slice(0, -unit.length).trimEnd()
}

/** Digits with the language's own separators as plain ones; nothing where it does not write a number so. */
function inOwnForm(text: string, style: NumberStyle): string | undefined {
  const [group, decimal] = [
    escaped(plainSigns(style.group) || plainBlank(style.group)),
    escaped(plainSigns(style.decimal)),
  ]
  const grouped =
    group === ''
      ? ''
      : `|[1-9]\\d{0,${style.otherGroups - 1}}(?:${group}\\d{${style.otherGroups}})*${group}\\d{${style.lastGroup}}`
  // A language whose groups are of one size has no shorter first group than one digit, and no longer one than a group.
  const first = new RegExp(`^(\\d+${grouped})(?:${decimal}(\\d+))?$`, 'u').exec(withOwnSeparators(text, style))
  const whole = first?.[1]
  if (whole === undefined) return undefined
  const fraction = first?.[2]
  return whole.replaceAll(/\D/g, '') + (fraction === undefined ? '' : `.${fraction}`)
}

/** The Arabic separators have one meaning everywhere: they may be typed although numbers are shown with Latin digits. */
const withOwnSeparators = (text: string, { group, decimal }: NumberStyle): string =>
  text.replaceAll('\u066c', plainSigns(group) || '\u066c').replaceAll('\u066b', plainSigns(decimal))

const plainBlank = (sign: string): string => (sign.replaceAll(blanks, ' ') === ' ' ? ' ' : '')

/** Three digits after a point: a thousand in one language, a fraction in another. */
const mayBeThousands = /^[1-9]\d{0,2}\.\d{3}$/

/** A point in a language that writes a comma: only as the computer writes it, and only where it cannot set thousands apart. */
const inPlainForm = (text: string): string | undefined =>
  /^(?:0|[1-9]\d*)\.\d*[1-9]$/.test(text) && !mayBeThousands.test(text) ? text : undefined

const examples = (locale: string | undefined, decimals: number): string => {
  const numbers = [printNumber(1000, { locale, grouped: false }), printNumber(1000, { locale })]
  const distinct = [...new Set(decimals > 0 ? [...numbers, printNumber(0.5, { locale })] : numbers)]
  return distinct.length === 1 ? (distinct[0] ?? '') : `${distinct.slice(0, -1).join(', ')} or ${distinct.at(-1) ?? ''}`
}

/** Whether a number holds exactly the digits that were typed. */
const isExact = (value: number, digits: string): boolean => {
  const [whole = '', fraction = ''] = digits.split('.')
  const canonical = `${whole.replace(/^0+(?=\d)/, '')}.${fraction.replace(/0+$/, '')}`.replace(/\.$/, '')
  return String(value) === canonical
}

/**
 * The number that a text stands for in the person's language, or in the plain form of computers where this cannot be meant otherwise; else what is
 * wrong with it. Nothing is guessed: groups have to be complete, and no digit is dropped.
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
  if (fraction.replace(/0+$/, '').length > decimals) return refused(`No more than ${decimals} decimals are allowed`)
  const value = Number(digits)
  if (!isExact(value, digits)) return refused('The number has too many digits')
  return { ok: true, value: isNegative && value !== 0 ? -value : value }
}

/** A number in a file, whose language nobody knows: digits with at most one point, and no text that is another number elsewhere. */
export function parseFileNumber(text: string, decimals = 0): ParsedNumber {
  const [, sign, digits] = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text) ?? []
  if (digits === undefined) return refused('A number is expected')
  if (mayBeThousands.test(digits))
    return refused(`${digits} can mean ${Number(digits)} or ${digits.replace('.', '')}. Write it without separators`)
  const places = digits.split('.')[1]?.length ?? 0
  if (places > decimals)
    return refused(decimals === 0 ? 'A whole number is expected' : `No more than ${decimals} decimals are allowed`)
  const value = Number(digits)
  if (!isExact(value, digits)) return refused('The number has too many digits')
  return { ok: true, value: sign === '-' && value !== 0 ? -value : value }
}
