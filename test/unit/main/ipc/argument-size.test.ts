import { expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { argumentLimits } from '@shared/limits/argument'
import { checkArgumentSize } from '@main/ipc/argument-size'
import { toAppError } from '@main/to-app-error'

function problemOf(raw: unknown): string {
  try {
    checkArgumentSize(raw)
    return ''
  } catch (error) {
    const { code, message, hint } = toAppError(error)
    return `${code}: ${message} ${hint}`
  }
}

const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1)

test.each([
  ['text', { a: 'x'.repeat(argumentLimits.characters) }, `more than ${printNumber(33_554_432)} characters`],
  ['names', { ['x'.repeat(argumentLimits.characters + 1)]: 1 }, `more than ${printNumber(33_554_432)} characters`],
  [
    'values',
    { ids: Array.from({ length: argumentLimits.values }, () => 1) },
    `more than ${printNumber(2_000_000)} values`,
  ],
  ['nesting', nested(100_000), 'more than 64 levels of nesting'],
])('a call with too much %s is refused with the limit, before its schema is applied', (_what, raw, what) => {
  expect(problemOf(raw)).toBe(
    `invalid-arguments: The input has ${what}. Nothing was done. Enter, paste or select less at a time.`,
  )
})

test('a call as large as the window makes is not', () => {
  const ids = Array.from({ length: 100_000 }, (_, index) => `id${index}`)
  expect(problemOf({ serverId: 'a', ids, values: nested(20), nothing: null })).toBe('')
})
