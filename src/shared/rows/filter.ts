import type { FilterTerm } from '../domain/page'
import { plainText } from '../text/plain-text'

/** The API's operators that compare the order of two values; `order` is negative, zero or positive. */
export const orderTests = {
  gt: (order: number) => order > 0,
  ge: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  le: (order: number) => order <= 0,
} as const

/** The API's functions on texts. */
export const textTests = {
  startswith: (text: string, part: string) => text.startsWith(part),
  endswith: (text: string, part: string) => text.endsWith(part),
  contains: (text: string, part: string) => text.includes(part),
} as const

/** The test of one term for the text of a cell. A blank cell is neither before nor after any value. */
export function termTest({ operator, value }: Pick<FilterTerm, 'operator' | 'value'>): (cell: string) => boolean {
  switch (operator) {
    case 'eq':
      return (cell) => cell === value
    case 'ne':
      return (cell) => cell !== value
    case 'startswith':
    case 'endswith':
    case 'contains': {
      const test = textTests[operator]
      return (cell) => test(cell, value)
    }
    default: {
      const test = orderTests[operator]
      return (cell) => cell !== '' && test(cell === value ? 0 : cell < value ? -1 : 1)
    }
  }
}

/** Whether a row meets all terms; undefined if there are none. */
export function filterTest<T>(
  terms: readonly FilterTerm[],
  value: (row: T, key: string) => unknown,
): ((row: T) => boolean) | undefined {
  if (terms.length === 0) return undefined
  const tests = terms.map((term) => ({ key: term.key, test: termTest(term) }))
  return (row) => tests.every(({ key, test }) => test(plainText(value(row, key))))
}
