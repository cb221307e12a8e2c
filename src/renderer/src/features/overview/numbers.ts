import { printNumber } from '@shared/format/print-number'

/** A count as text; a dash where the PBX gave none. */
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : printNumber(value)

export type Fill = 'ok' | 'warn' | 'danger'

/** The share of a limit that is used, from 0 to 1; undefined where there is no limit. */
export function share(used: number | null | undefined, limit: number | null | undefined): number | undefined {
  if (typeof used !== 'number' || typeof limit !== 'number' || limit <= 0) return undefined
  return Math.max(0, Math.min(1, used / limit))
}

export const fill = (part: number): Fill => (part >= 0.95 ? 'danger' : part >= 0.8 ? 'warn' : 'ok')
