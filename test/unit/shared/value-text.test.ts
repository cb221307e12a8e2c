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

it.each([
  [',', 'a@example.com,b@example.com', 'a@example.com, b@example.com'],
  [';', '4930901000-4930901069;4930902000', '4930901000-4930901069; 4930902000'],
] as const)(
  'the items of a list that the API joins with %j are shown with a blank between them',
  (separator, value, text) => {
    expect(valueText({ kind: 'list', separator }, value)).toBe(text)
  },
)

it('a switch that is neither on nor off is shown as it is', () => {
  const texts = [true, 'true', false, 'false', 'ja', 2, null].map((value) => valueText({ kind: 'switch' }, value))
  expect(texts).toEqual(['Yes', 'Yes', 'No', 'No', 'ja', '2', ''])
})
