/** A value for `NumberInput`: a number, other text, or null. */
export const asTyped = (value: unknown): number | string | null =>
  typeof value === 'number' || typeof value === 'string' ? value : null
