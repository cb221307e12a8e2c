import { percentDecimals } from '../numbers/decimals'
import { personLocale, withoutMarks } from './locale'

export interface PrintOptions {
  /** Without one, the person's. */
  readonly locale?: string | undefined
  /** Whether thousands are set apart. */
  readonly grouped?: boolean
  /** The most decimals; all without it. */
  readonly decimals?: number
}

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(
  style: 'decimal' | 'percent',
  { locale = personLocale(), grouped = true, decimals = style === 'percent' ? percentDecimals : 20 }: PrintOptions,
): Intl.NumberFormat {
  const key = `${style} ${grouped} ${decimals} ${locale}`
  const known =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { style, useGrouping: grouped ? 'auto' : false, maximumFractionDigits: decimals })
  formats.set(key, known)
  return known
}

/** A number as the person's language writes it, with all its decimals; `parseNumber` reads it back as the same number. */
export const printNumber = (value: number | bigint, options: PrintOptions = {}): string =>
  withoutMarks(formatOf('decimal', options).format(value))

/** A share of 0 to 1 as per cent: `12.5%`, in German `12,5 %`; without decimals that only the computer sees. */
export const printPercent = (share: number, options: PrintOptions = {}): string =>
  withoutMarks(formatOf('percent', options).format(share))
