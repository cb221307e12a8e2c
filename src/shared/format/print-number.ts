import { percentDecimals } from '../numbers/decimals'
import { personLocale, withoutMarks } from './locale'

export interface PrintOptions {
  /** By default the current locale. */
  readonly locale?: string | undefined
  /** Whether to separate thousands. */
  readonly grouped?: boolean
  /** Maximum decimals; all by default. */
  readonly decimals?: number
}

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(
  style: 'decimal' | 'percent',
  { locale = personLocale(), grouped = true, decimals = style === 'percent' ? percentDecimals : 20 }: PrintOptions,
): Intl.NumberFormat {
  const key = `${style} ${grouped} ${decimals} ${locale}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { style, useGrouping: grouped ? 'auto' : false, maximumFractionDigits: decimals })
  formats.set(key, format)
  return format
}

/** Without separators, every locale prints it with the same digits; the first paint needs no `Intl` then. */
const isShort = (value: number | bigint): boolean =>
  Number.isInteger(value) && value < 1000 && (value > 0 || Object.is(value, 0))

/** A number in the current locale with all its decimals; `parseNumber` returns the same number. */
export const printNumber = (value: number | bigint, options: PrintOptions = {}): string =>
  options.locale === undefined && isShort(value)
    ? String(value)
    : withoutMarks(formatOf('decimal', options).format(value))

/** A ratio from 0 to 1 as percent: `12.5%`, in German `12,5 %`; without decimals from floating-point errors. */
export const printPercent = (share: number, options: PrintOptions = {}): string =>
  withoutMarks(formatOf('percent', options).format(share))
