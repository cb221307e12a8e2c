import type { Row } from './types'

/** The place of a row in its group, or of a group among the groups, counted from 1. */
export interface RowPlace {
  readonly level: 1 | 2
  readonly place: number
  readonly of: number
  /** Of a group's row. */
  readonly isOpen?: boolean
  /** The index of the group's row, for a row in a group. */
  readonly group?: number
}

/** Rows in groups: the row of a group is followed by its rows while it is open. */
export interface RowTree<R extends Row = Row> {
  readonly placeOf: (row: R) => RowPlace | undefined
  readonly setOpen: (row: R, isOpen: boolean) => void
}

export const placeAttributes = (place: RowPlace | undefined) =>
  place && {
    'aria-level': place.level,
    'aria-posinset': place.place,
    'aria-setsize': place.of,
    'aria-expanded': place.isOpen,
  }
