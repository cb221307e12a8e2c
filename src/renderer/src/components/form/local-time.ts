const two = (value: number): string => String(value).padStart(2, '0')

/** The instant as `datetime-local` inputs write it, in the local zone: `2026-11-24T15:30`. */
export function toLocalInput(utc: string | null | undefined): string {
  const at = new Date(utc ?? '')
  if (Number.isNaN(at.getTime())) return ''
  const date = `${at.getFullYear().toString().padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** RFC 3339 in UTC without fractions, as the API expects it. */
export const toUtc = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, 'Z')

/** The value of a `datetime-local` input as UTC; null when it is empty or no time. */
export function fromLocalInput(text: string): string | null {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? null : toUtc(at)
}

export interface QuickChoice {
  readonly label: string
  readonly hours: number
}

export const quickChoices: readonly QuickChoice[] = [
  { label: '1 h', hours: 1 },
  { label: '24 h', hours: 24 },
  { label: '7 d', hours: 24 * 7 },
  { label: '30 d', hours: 24 * 30 },
]

/** `hours` from now, at the full minute after it. */
export const fromNow = (hours: number, now: number): string =>
  toUtc(new Date(Math.ceil((now + hours * 3_600_000) / 60_000) * 60_000))
