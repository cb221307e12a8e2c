const number = new Intl.NumberFormat()
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' })
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'long' })
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'long' })

/** Numbers and times of a report, as the system writes them and in its zone; times are RFC 3339. */
export const reportFormat = {
  number: (value: number): string => number.format(value),
  day: (at: string): string => day.format(Date.parse(at)),
  /** With the zone, as a report is read elsewhere. */
  clock: (at: string): string => clock.format(Date.parse(at)),
  dateTime: (at: string): string => dateTime.format(Date.parse(at)),
  dates: (from: string, to: string): string => date.formatRange(Date.parse(from), Date.parse(to)),
} as const
