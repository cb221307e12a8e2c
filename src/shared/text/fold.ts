import { typedSigns } from './typed-signs'

/** Letters that Unicode does not take apart, with what a person types for them. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ς: 'σ',
}
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu')
/** Marks on letters, and characters that nobody sees. */
const dropped = /[\p{M}\p{Cf}]/gu

/** Printable ASCII, and the zero that separates values: most texts, which need no more than lower case. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7e || (code < 0x20 && code !== 0)) return false
  }
  return true
}

/**
 * A text for searching: without case, marks and invisible characters, with any blank as a space. It does not depend on
 * the language of the system: `İSTANBUL`, `Istanbul` and `ıstanbul` are the same, as are `München` and `munchen`.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  const plain = typedSigns(text)
    .normalize('NFKD')
    .replace(dropped, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(dropped, '')
  // Signs once more: vertical and small dashes are dashes only now.
  return typedSigns(plain.replace(special, (letter) => letters[letter] ?? letter)).replace(/\s/gu, ' ')
}
