import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailItems } from '@shared/resources/list-text'

describe('email addresses in pasted text', () => {
  it.each([
    ['"Doe, Jane" <jane@example.com>; John <john@example.com>', ['jane@example.com', 'john@example.com']],
    ['Doe, Jane <jane@example.com>', ['jane@example.com']],
    ['Doe, Jane <jane@example.com>; Roe, Rick <roe@example.com>', ['jane@example.com', 'roe@example.com']],
    ['Jane <jane@example.com> Rick <roe@example.com>', ['jane@example.com', 'roe@example.com']],
    ['"jane@example.com","roe@example.com"', ['jane@example.com', 'roe@example.com']],
    ["'jane@example.com'; 'roe@example.com'", ['jane@example.com', 'roe@example.com']],
    ['jane@example.com，roe@example.com；x@example.com', ['jane@example.com', 'roe@example.com', 'x@example.com']],
    ['mailto:jane@example.com?subject=Hello', ['jane@example.com']],
    ['jane@example.com\u200B', ['jane@example.com']],
    ['"nobody", jane@example.com', ['nobody', 'jane@example.com']],
    ['a@example.com, A@EXAMPLE.com b@example.com\n', ['a@example.com', 'b@example.com']],
    ['<a@example.com>', ['a@example.com']],
    ['nobody; a@example.com', ['nobody', 'a@example.com']],
  ])('%j', (text, items) => expect(emailItems(text)).toEqual(items))

  it('are read as they were written, whatever the names and the separator', () => {
    const address = fc.stringMatching(/^[a-z]{1,6}@[a-z]{1,6}\.example$/)
    const name = fc.stringMatching(/^[A-Z][a-z]{1,5}(?:, [A-Z][a-z]{1,5})?$/)
    const people = fc.uniqueArray(fc.tuple(name, address), { minLength: 1, maxLength: 6, selector: ([, mail]) => mail })
    fc.assert(
      fc.property(people, fc.constantFrom('; ', ', ', '\r\n'), (all, between) => {
        const text = all.map(([who, mail]) => `"${who}" <${mail}>`).join(between)
        expect(emailItems(text)).toEqual(all.map(([, mail]) => mail))
      }),
    )
  })
})
