/**
 * True if the text begins with a date that exists, such as `2027-02-28`. `Date` would convert 2027-02-31 to a day in
 * March.
 */
export function isRealDate(text: string): boolean {
  const [year = NaN, month = NaN, day = NaN] = text.slice(0, 10).split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const apiForm = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Milliseconds of a time of the API or a date, such as `2027-02-28T18:00:00Z`; NaN for any other text. `Date` would read
 * `05.01.27` as the first of May, as in the United States.
 */
export const apiTime = (text: string): number =>
  apiForm.test(text) && isRealDate(text) ? Date.parse(text.replace(' ', 'T')) : NaN
