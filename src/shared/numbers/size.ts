import { sizeDecimals } from './decimals'
import { parseNumber } from './parse-number'
import { printNumber } from '../format/print-number'

/** Units of a size as the API writes them, `500MB`. */
export const sizeUnits = ['KB', 'MB', 'GB', 'PB'] as const

/** A size in parts: its amount as the API writes it, or as it was typed while that is not a number. */
export interface SizeParts {
  readonly amount: number | string | null
  readonly unit: string
}

const apiForm = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/
/** The blank keeps apart what was typed and what the API writes: `1.000 GB` is no size there. */
const typedForm = /^(.+) ([A-Z]+)$/s

/** The parts of a field's value, with this unit where it has none. */
export function sizeParts(value: unknown, unit: string): SizeParts {
  const text = typeof value === 'string' ? value : ''
  const typed = typedForm.exec(text)
  if (typed) return { amount: typed[1] ?? '', unit: typed[2] ?? unit }
  const api = apiForm.exec(text)
  return { amount: api ? Number(api[1]) : text === '' ? null : text, unit: api?.[2]?.toUpperCase() || unit }
}

/** The field's value for these parts: empty without an amount, and marked as not valid where it is not a number. */
export function sizeValue({ amount, unit }: SizeParts): string {
  if (amount === null) return ''
  return typeof amount === 'number' ? `${amount}${unit}` : `${amount} ${unit}`
}

/** A size as the person's language writes it: `1.5 GB`. */
export function printSize(text: string): string {
  const { amount, unit } = sizeParts(text, '')
  return typeof amount === 'number' ? `${printNumber(amount)} ${unit}`.trimEnd() : text
}

/** Why this is not a size that the API takes. */
export function sizeProblem(text: string): string | undefined {
  if (/^\d+(?:\.\d+)?(?:KB|MB|GB|PB)$/.test(text)) return undefined
  const typed = typedForm.exec(text)
  const parsed = typed && parseNumber(typed[1] ?? '', { decimals: sizeDecimals })
  return parsed && !parsed.ok ? parsed.problem : 'A number with KB, MB, GB or PB: 500MB'
}
