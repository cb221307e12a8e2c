import { seed } from '../fuzz/settings'

/** `npm run fuzz` leaves out nothing. */
export const isWhole = process.env['FUZZ_TIMES'] !== undefined

/** The seeds of so many combinations: the same ones in each `npm test`, others in `npm run fuzz`. */
export const seedsOf = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => (isWhole ? seed + at : at))

/** Every `n`th of the items, from another one for each `turn`: `n` turns have each item once. All of them in `npm run fuzz`. */
export const everyNth = <T>(items: readonly T[], n: number, turn: number): readonly T[] =>
  items.filter((_, index) => isWhole || (index + turn) % n === 0)
