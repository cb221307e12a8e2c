import { withoutInvisible } from './invisible'

/** Quotes and dashes that a keyboard lacks, with those that a person types for them. */
const signs: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
}
const special = new RegExp(`[${Object.keys(signs).join('')}]`, 'gu')

/** How `visibleText` shows a character that nobody sees. */
const marked = /⟨U\+[0-9A-F]{4,6}⟩/gu

const plain = (text: string): string =>
  withoutInvisible(text.normalize('NFKC'))
    .replace(marked, '')
    .replace(special, (sign) => signs[sign] ?? sign)
    .replace(/\s+/gu, ' ')
    .trim()

/** Whether a person typed what is shown, as far as a keyboard allows: `Acme  – Berlin` is `Acme - Berlin`. Case counts. */
export const isTyped = (typed: string, shown: string): boolean => plain(typed) === plain(shown)
