import { printNumber } from './print-number'

/** A number with its noun, for example `1 server` or `1,200 servers`, in the locale of the system. */
export const countText = (count: number | bigint, singular: string, plural = `${singular}s`): string =>
  `${printNumber(count)} ${Number(count) === 1 ? singular : plural}`
