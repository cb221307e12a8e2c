/** Whether the calendar has the day with which this begins, for example `2027-02-28`: a Date would make a day of March out of 2027-02-31. */
export function isRealDate(text: string): boolean {
  const [year = NaN, month = NaN, day = NaN] = text.slice(0, 10).split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
