import { apiTime, isRealDate } from '@shared/domain/real-date'

const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[, ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[, ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

const problem = 'Expected a date or time, such as 2027-01-31 or 2027-01-31T18:00:00Z'

type Parts = readonly [year: string, month: string, day: string, hour?: string, minute?: string, second?: string]

/** The API writes years with four digits. */
const lastTime = Date.UTC(9999, 11, 31, 23, 59, 59)

/** A time on this computer's clock. A date alone lasts until its end. */
function localTime([year, month, day, hour, minute = '', second]: Parts): number {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = hour === undefined ? '23:59:59' : `${hour.padStart(2, '0')}:${minute}:${second ?? '00'}`
  const at = isRealDate(`${date}T${time}Z`) ? Date.parse(`${date}T${time}`) : NaN
  // The hour that the clock leaves out in spring, when `Date` takes another.
  return Number(hour ?? 23) % 24 === new Date(at).getHours() ? at : NaN
}

const dayMs = 86_400_000

/** The hour that the clock repeats in autumn: the earlier of both is found, and the other is as much later as the clock is put back. */
function isTwice(at: number): boolean {
  const after = new Date(at + dayMs).getTimezoneOffset() - new Date(at).getTimezoneOffset()
  return after > 0 && new Date(at + after * 60_000).getTimezoneOffset() !== new Date(at).getTimezoneOffset()
}

/** The readings that the parts of a text have. */
function readings(text: string): readonly Parts[] {
  const ordered = yearFirst.exec(text)
  if (ordered !== null) return [ordered.slice(1) as unknown as Parts]
  const [, a = '', b = '', year = '', ...time] = dayFirst.exec(text) ?? slashes.exec(text) ?? []
  if (year === '') return []
  const dayAndMonth = [year, b, a, ...time] as unknown as Parts
  return text.includes('/') && a !== b ? [dayAndMonth, [year, a, b, ...time] as unknown as Parts] : [dayAndMonth]
}

/** A time of a file as the API has it. Errors: what is no date, and a date that has two readings. */
export function cellTime(text: string): { readonly value: string } | { readonly problem: string } {
  const found = iso.test(text) ? [apiTime(text)] : readings(text).map(localTime)
  const [at, ...others] = found.filter((each) => !Number.isNaN(each))
  if (at === undefined) return { problem }
  if (at > lastTime) return { problem }
  if (!iso.test(text) && isTwice(at))
    return { problem: 'The clock shows this time twice that day. Add its offset, as in 2027-01-31T02:30:00+01:00' }
  if (others.length > 0) return { problem: 'Day and month can be read in two ways. Enter the date as 2027-01-31' }
  return { value: `${new Date(at).toISOString().slice(0, 19)}Z` }
}
