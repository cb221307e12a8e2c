/** A text for display alone, of up to `max` characters; a longer one ends in "…". Half a surrogate pair is not left over. */
export function clipText(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** A value of a response for display alone: each text in it up to `max` characters. */
export function clipTexts(value: unknown, max: number): unknown {
  if (typeof value === 'string') return clipText(value, max)
  if (Array.isArray(value)) return value.map((item) => clipTexts(item, max))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clipTexts(inner, max)]))
}
