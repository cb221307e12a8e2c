import { expect, test } from 'vitest'
import { secretDoubt } from '@shared/text/secret-doubt'

test.each([
  ['geheim', undefined],
  ['two words', undefined],
  ['', undefined],
  [' geheim', 'It begins with a blank'],
  ['geheim\t', 'It ends with a blank'],
  ['\u00a0geheim ', 'It begins and ends with a blank'],
  ['geheim\u200b', 'It contains invisible characters'],
])('%j: %s', (secret, doubt) => {
  expect(secretDoubt(secret, 'It')).toBe(doubt)
})
