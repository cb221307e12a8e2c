import { expect, test } from 'vitest'
import { resultsText } from '@/features/palette/palette-text'

const none = { shown: 0, total: 0 }

test('says how many of the results are listed', () => {
  expect(resultsText([{ shown: 20, total: 138 }, { shown: 5, total: 5 }, none])).toBe('25 of 143 results')
  expect(resultsText([{ shown: 1, total: 1 }, none, none])).toBe('1 result')
})

test('is no all-clear while one of the searches runs', () => {
  expect(resultsText([none, undefined, none])).toBe('')
  expect(resultsText([undefined, { shown: 2, total: 2 }, none])).toBe('2 results')
  expect(resultsText([none, none, none])).toBe('No results')
})
