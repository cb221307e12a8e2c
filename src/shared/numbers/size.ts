import { sizeDecimals } from './decimals'
import { parseNumber } from './parse-number'
import { printNumber } from '../format/print-number'

/** Units of a size in API format, `500MB`. */
export const sizeUnits = ['KB', 'MB', 'GB', 'PB'] as const

/** A size in parts: the amount in API format, or as typed if it is not a number. */
export interface SizeParts {
  readonly amount: number | string | null
  readonly unit: string
}

const apiForm = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/
/** The space distinguishes typed text from API format: `1.000 GB` is no size there. */
const typedForm = /^(.+) ([A-Z]+)$/s

/** The parts of a field's value, with this unit by default. */
export function sizeParts(value: unknown, unit: string): SizeParts {
  const text = typeof value === 'string' ? value : ''
  const typed = typedForm.exec(text)
  if (typed) return { amount: typed[1] ?? '', unit: typed[2] ?? unit }
  const api = apiForm.exec(text)
  return { amount: api ? Number(api[1]) : text === '' ? null : text, unit: api?.[2]?.toUpperCase() || unit }
}

/** The field's value for these parts: empty without an amount, and marked as invalid if it is not a number. */
export function sizeValue({ amount, unit }: SizeParts): string {
  if (amount === null) return ''
  return typeof amount === 'number' ? `${amount}${unit}` : `${amount} ${unit}`
}

/** A size in the current locale: `1.5 GB`. */
export function printSize(text: string): string {
  const { amount, unit } = sizeParts(text, '')
  return typeof amount === 'number' ? `${printNumber(amount)} ${unit}`.trimEnd() : text
}

/** Why the API would not accept this size; undefined if it would. */
export function sizeProblem(text: string): string | undefined {
  if (/^\d+(?:\.\d+)?(?:KB|MB|GB|PB)$/.test(text)) return undefined
  const typed = typedForm.exec(text)
  const parsed = typed && parseNumber(typed[1] ?? '', { decimals: sizeDecimals })
  return parsed && !parsed.ok ? parsed.problem : 'A number with KB, MB, GB or PB: 500MB'
}
