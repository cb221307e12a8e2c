/** Truncates a text for display to `max` characters, ending in "…". A surrogate pair is not split. */
export function clipText(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Truncates each text in a value for display to `max` characters. */
export function clipTexts(value: unknown, max: number): unknown {
  if (typeof value === 'string') return clipText(value, max)
  if (Array.isArray(value)) return value.map((item) => clipTexts(item, max))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clipTexts(inner, max)]))
}
