/** A field's value as `NumberInput` has it: a number, text that is not one, or nothing. */
export const asTyped = (value: unknown): number | string | null =>
  typeof value === 'number' || typeof value === 'string' ? value : null
