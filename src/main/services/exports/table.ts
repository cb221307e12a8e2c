import type { ExportColumn } from '@shared/domain/export'

/** Rows of text as they stand in an export, in the order of its columns. */
export interface TextTable {
  readonly columns: readonly ExportColumn[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
}

/** How a value of the API stands in a text file; blank ones, which the API gives as null, are empty. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
