import { countText } from './count-text'
import { printNumber } from './print-number'

const units = ['kB', 'MB', 'GB'] as const

/** A file size in powers of 1000: `812 bytes`, `1.5 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return countText(bytes, 'byte')
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${printNumber(value, { decimals: value < 10 ? 1 : 0 })} ${units[power - 1] ?? 'kB'}`
}

/** A size in the unit of the limits, 1,048,576 bytes. */
export const megabytesText = (bytes: number, decimals = 0): string =>
  `${printNumber(bytes / 1024 / 1024, { decimals })} MB`

/** A size in units of 1,024 bytes, at least 1. */
export const kilobytesText = (bytes: number): string => `${printNumber(Math.max(1, Math.round(bytes / 1024)))} KB`
