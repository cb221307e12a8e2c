const kibibyte = 1024
export const mebibyte = 1024 * kibibyte

/** `bytes` are shown in KB or MB of 1,024 units, `ms` in seconds. */
export type LimitUnit =
  | 'bytes'
  | 'MB'
  | 'characters'
  | 'values'
  | 'levels'
  | 'items'
  | 'rows'
  | 'lines'
  | 'columns'
  | 'cells'
  | 'files'
  | 'digits'
  | 's'
  | 'ms'

/** One limit: what it limits, its value, and what the app does with more. */
export interface Limit {
  readonly of: string
  readonly value: number
  readonly unit: LimitUnit
  readonly beyond: string
}

/** The limits of one kind of input from outside the app. */
export interface LimitTable {
  readonly input: string
  readonly limits: Readonly<Record<string, Limit>>
}

/** A limit in one line: `limit('Size', 4 * mebibyte, 'bytes', 'The file is refused')`. */
export const limit = <const V extends number>(of: string, value: V, unit: LimitUnit, beyond: string) => ({
  of,
  value,
  unit,
  beyond,
})

/** The values alone, by name, as the code uses them. */
export const valuesOf = <const T extends Readonly<Record<string, Limit>>>({ limits }: { readonly limits: T }) =>
  Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value])) as {
    readonly [N in keyof T]: T[N]['value']
  }
