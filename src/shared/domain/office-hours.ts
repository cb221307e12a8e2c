import { z } from 'zod'

export const weekDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type WeekDay = (typeof weekDays)[number]

/** Times of day are `HH:MM` in 24-hour format, each `from` before its `to`. */
export const hoursRangeSchema = z.object({ from: z.string(), to: z.string() })
export type HoursRange = z.infer<typeof hoursRangeSchema>

/** `enabled` without ranges means open all day; not enabled means closed all day. */
export const dayHoursSchema = z.looseObject({
  enabled: z.boolean().nullish(),
  ranges: z.array(hoursRangeSchema.loose()).nullish(),
})
export type DayHours = z.infer<typeof dayHoursSchema>

export const officeHoursSchema = z.looseObject(
  Object.fromEntries(weekDays.map((day) => [day, dayHoursSchema.nullish()])) as Record<
    WeekDay,
    z.ZodOptional<z.ZodNullable<typeof dayHoursSchema>>
  >,
)
export type OfficeHours = z.infer<typeof officeHoursSchema>

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/

/** The error in the hours of a day; undefined if they are valid. */
export function dayProblem({ ranges }: DayHours): string | undefined {
  const sorted = (ranges ?? []).toSorted(byStart)
  for (const [index, { from, to }] of sorted.entries()) {
    if (!timeOfDay.test(from) || !timeOfDay.test(to)) return 'Times are HH:MM on a 24 hour clock'
    if (from >= to) return `${from} is not before ${to}`
    const next = sorted[index + 1]
    if (next !== undefined && next.from < to) return `${from}–${to} and ${next.from}–${next.to} overlap`
  }
  return undefined
}

const dayStart = '00:00'
const dayEnd = '23:59'
const byStart = (a: HoursRange, b: HoursRange): number => a.from.localeCompare(b.from)

/** A range for a day that does not overlap the others; undefined if there is no time left. */
export function freeRange(ranges: readonly HoursRange[]): HoursRange | undefined {
  if (ranges.length === 0) return { from: '09:00', to: '17:00' }
  const sorted = ranges.toSorted(byStart)
  const ends = [dayStart, ...sorted.map(({ to }) => to)]
  const starts = [...sorted.map(({ from }) => from), dayEnd]
  const gaps = ends.map((from, at) => ({ from, to: starts[at] ?? dayEnd })).filter(({ from, to }) => from < to)
  // After the last hours first, as people continue a day.
  return gaps.at(-1)
}

const dayAfter = (day: WeekDay): WeekDay => weekDays[(weekDays.indexOf(day) + 1) % weekDays.length] ?? day

/** What hours that end on the next day are split into; undefined if they do not, or are incomplete. */
export function overMidnight(day: WeekDay, { from, to }: HoursRange) {
  if (!timeOfDay.test(from) || !timeOfDay.test(to) || from <= to || from === dayEnd) return undefined
  const next = to === dayStart ? undefined : { day: dayAfter(day), range: { from: dayStart, to } }
  return { range: { from, to: dayEnd }, next }
}

/** Splits such hours over two days. A next day that is open all day stays so. */
export function splitOverMidnight(week: OfficeHours, day: WeekDay, at: number): OfficeHours {
  const ranges = week[day]?.ranges ?? []
  const range = ranges[at]
  const split = range && overMidnight(day, range)
  if (split === undefined) return week
  const { next } = split
  const changed = { ...week, [day]: { ...week[day], ranges: ranges.with(at, split.range) } }
  if (next === undefined) return changed
  const following = week[next.day] ?? {}
  const others = following.enabled === true ? (following.ranges ?? []) : []
  if (following.enabled === true && others.length === 0) return changed
  return {
    ...changed,
    [next.day]: { ...following, enabled: true, ranges: [...others, next.range].toSorted(byStart) },
  }
}

const dayName = (day: WeekDay): string => day.charAt(0).toUpperCase() + day.slice(1, 3)

export const dayText = ({ enabled, ranges }: DayHours): string => {
  if (enabled !== true) return 'closed'
  if (!ranges || ranges.length === 0) return 'all day'
  return ranges.map(({ from, to }) => `${from}–${to}`).join(', ')
}

/** A week in one line, with consecutive equal days combined: `Mon–Fri 08:00–18:00; Sat–Sun closed`. */
export function weekText(week: OfficeHours): string {
  const runs: { first: WeekDay; last: WeekDay; text: string }[] = []
  for (const day of weekDays) {
    const text = dayText(week[day] ?? {})
    const run = runs.at(-1)
    if (run !== undefined && run.text === text) run.last = day
    else runs.push({ first: day, last: day, text })
  }
  return runs
    .map(({ first, last, text }) => `${first === last ? dayName(first) : `${dayName(first)}–${dayName(last)}`} ${text}`)
    .join('; ')
}
