/** A record of a server: its values in the order of the resource's exported fields. */
export interface StoredRow {
  readonly id: string
  readonly cells: readonly unknown[]
  /** Keys of fields whose value did not have the documented type. */
  readonly unread?: readonly string[]
}
