/** The correction of a row of the preview as it is typed, before it is saved. */
export interface RowCorrection {
  readonly rowId: string
  /** By field key, as they stand in cells; secrets only if they were typed. */
  readonly texts: Readonly<Record<string, string>>
  /** Whether the row is left out; undefined until the user says so. */
  readonly isOut: boolean | undefined
}
