import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold } from '@shared/text/fold'

it.each([
  ['München', 'munchen'],
  ['Mu\u0308nchen', 'munchen'],
  ['Straße', 'strasse'],
  ['STRASSE', 'strasse'],
  ['Søndergaard', 'sondergaard'],
  ['Łódź', 'lodz'],
  ['İSTANBUL', 'istanbul'],
  ['ıstanbul', 'istanbul'],
  ['Café', 'cafe'],
  ['O’Brien', "o'brien"],
  ['O´Brien', "o'brien"],
  ['Acme – Berlin', 'acme - berlin'],
  ['Acme︱Berlin', 'acme-berlin'],
  ['„Acme“', '"acme"'],
  ['Għawdex', 'ghawdex'],
  ['ΣΟΦΟΣ', 'σοφοσ'],
  ['σοφός', 'σοφοσ'],
  ['Ａｃｍｅ', 'acme'],
  ['Acme\u00a0\u200bBerlin', 'acme berlin'],
  ['東京支店', '東京支店'],
])('%s is found as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

it('folded once, every character stays as it is', () => {
  const changed: string[] = []
  // Beyond these are rare ideographs and nothing that has been assigned.
  for (let code = 0; code < 0x20000; code++) {
    const once = fold(String.fromCodePoint(code))
    if (fold(once) !== once) changed.push(`U+${code.toString(16)}`)
  }
  expect(changed).toEqual([])
})

it('folded once, a text stays as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)))
})

it('finds a text in any case and composition', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'äöüéßøłıİçñÅabcXYZ0 -'), minLength: 1 }),
      (text) =>
        fold(text.normalize('NFD')) === fold(text.normalize('NFC')) && fold(fold(text).toUpperCase()) === fold(text),
    ),
  )
})
