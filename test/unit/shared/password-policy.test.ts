import { describe, expect, it } from 'vitest'
import { accountNameProblem } from '@shared/domain/account-name'
import { passwordProblem } from '@shared/domain/password-policy'

describe('a new password', () => {
  it.each([
    'Practice-Pbx-7',
    'lower-case-9',
    'UPPERlower8',
    'x9!x9!x9!',
    'Zz1212yx',
    'aa11bb22!',
    'acegik-97',
    'A'.padEnd(32, 'b7-'),
  ])('%s is good', (password) => expect(passwordProblem(password, ['dealer7', 'd7@example.com'])).toBeUndefined())

  it.each([
    ['Ab3-xyz', 'Minimum 8 characters'],
    [`${'Ab3-'.repeat(8)}x`, 'Maximum 32 characters'],
    ['93-58-21-07', 'Must contain a letter'],
    ['only-Letters', 'Must contain a digit'],
    ['lowercase97', 'Must contain an uppercase letter or a special character'],
    ['Wort-1234', 'Must not contain a sequence such as 1234 or abcd'],
    ['Wort-9876', 'Must not contain a sequence such as 1234 or abcd'],
    ['xABCDx-97', 'Must not contain a sequence such as 1234 or abcd'],
    ['xaBcD-197', 'Must not contain a sequence such as 1234 or abcd'],
    ['Wort-222-x', 'Must not contain a character three times in a row, such as 222'],
    ['Wort9---x', 'Must not contain a character three times in a row, such as 222'],
    ['my-DEALER7-9', 'Must not contain account details such as the username'],
    ['North.Wind-58', 'Must not contain account details such as the username'],
  ])('%s: %s', (password, problem) =>
    expect(passwordProblem(password, ['dealer7', 'north.wind@example.com', 'x'])).toBe(problem),
  )

  it('runs have up to three characters', () => {
    expect(passwordProblem('Wort-123-x')).toBeUndefined()
    expect(passwordProblem('Wort-22-xx')).toBeUndefined()
  })
})

describe('the username of an account', () => {
  it.each(["o'neill", 'a', 'north_west-2.b', 'rooted', 'x'.repeat(64)])('%s is good', (name) =>
    expect(accountNameProblem(name)).toBeUndefined(),
  )

  it.each([
    ['', 'Enter a name'],
    ['x'.repeat(65), 'Maximum 64 characters (65 entered)'],
    ['two words', "Only letters, digits and _ - ' ."],
    ['a@b', "Only letters, digits and _ - ' ."],
    ['.a', 'Must not start or end with a period'],
    ['a.', 'Must not start or end with a period'],
    ['Admin', 'Admin is reserved'],
    ['SYSTEM', 'SYSTEM is reserved'],
    ['administrator', 'administrator is reserved'],
    ['rOOt', 'rOOt is reserved'],
  ])('%s: %s', (name, problem) => expect(accountNameProblem(name)).toBe(problem))
})
