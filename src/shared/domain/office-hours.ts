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
  const sorted = [...(ranges ?? [])].sort((a, b) => a.from.localeCompare(b.from))
  for (const [index, { from, to }] of sorted.entries()) {
    if (!timeOfDay.test(from) || !timeOfDay.test(to)) return 'Times are HH:MM on a 24 hour clock'
    if (from >= to) return `${from} is not before ${to}`
    const next = sorted[index + 1]
    if (next !== undefined && next.from < to) return `${from}–${to} and ${next.from}–${next.to} overlap`
  }
  return undefined
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
