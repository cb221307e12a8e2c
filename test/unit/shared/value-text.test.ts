import { expect, it } from 'vitest'
import { numberText, valueText } from '@shared/resources/value-text'

it.each([
  [1, '1 day'],
  ['1', '1 day'],
  [0, '0 days'],
  [180, '180 days'],
])('an amount of %j has its unit in the right number', (value, text) => {
  expect(numberText({ unit: 'days' }, value)).toBe(text)
  expect(valueText({ kind: 'number', unit: 'days' }, value)).toBe(text)
})
