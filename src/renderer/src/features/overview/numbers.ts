import { printNumber } from '@shared/format/print-number'

/** A count as text, or a dash if the PBX returned none. */
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : printNumber(value)

export type Fill = 'ok' | 'warn' | 'danger'

/** The used share of a limit, from 0 to 1; undefined without a limit. */
export function share(used: number | null | undefined, limit: number | null | undefined): number | undefined {
  if (typeof used !== 'number' || typeof limit !== 'number' || limit <= 0) return undefined
  return Math.max(0, Math.min(1, used / limit))
}

export const fill = (part: number): Fill => (part >= 0.95 ? 'danger' : part >= 0.8 ? 'warn' : 'ok')
