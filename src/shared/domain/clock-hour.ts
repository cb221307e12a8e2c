/** The hour of the day for an hour of a clock with 12 hours, `half` being `a` or `p`; undefined if it has no such hour. */
export function hourOfHalf(hour: number, half: string): number | undefined {
  return hour < 1 || hour > 12 ? undefined : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}
