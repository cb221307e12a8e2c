import { withoutInvisible } from './invisible'
import { typedSigns } from './typed-signs'

/** How `visibleText` shows a character that nobody sees. */
const marked = /⟨U\+[0-9A-F]{4,6}⟩/gu

const plain = (text: string): string =>
  withoutInvisible(typedSigns(text).normalize('NFKC')).replace(marked, '').replace(/\s+/gu, ' ').trim()

/** Whether a person typed what is shown, as far as a keyboard allows: `Acme  – Berlin` is `Acme - Berlin`. Case counts. */
export const isTyped = (typed: string, shown: string): boolean => plain(typed) === plain(shown)
