/**
 * True if the text begins with a date that exists, such as `2027-02-28`. `Date` would convert 2027-02-31 to a day in
 * March.
 */
export function isRealDate(text: string): boolean {
  const [year = NaN, month = NaN, day = NaN] = text.slice(0, 10).split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
