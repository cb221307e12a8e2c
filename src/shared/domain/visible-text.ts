/** Also the fillers, selectors and the empty Braille cell that are drawn as nothing; the one that makes an emoji of a sign stays with it. */
const hidden =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2800]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic})\ufe0f/gu

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

/**
 * Makes invisible characters visible: line breaks and other control characters, zero-width characters, and those that
 * change the text direction. Names from a PBX are shown this way, so that they cannot imitate others.
 */
export const visibleText = (text: string): string => text.replace(hidden, escaped)
