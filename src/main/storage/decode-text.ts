const utf8 = new TextDecoder('utf-8', { fatal: true })
const encodings = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const

/** Without a mark: text of a markup or JSON in UTF-16 has a zero byte beside each of its first characters. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const marked = encodings.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0]
  if (marked !== undefined) return marked
  const [a, b, c, d] = bytes
  if (a !== undefined && a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  return a === 0 && b !== undefined && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : undefined
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * The text of a file that an editor may have saved in another encoding: UTF-8 or UTF-16, with or without a byte order
 * mark, or Windows-1252. Undefined if no encoding fits: text with both UTF-8 and other bytes is damaged, and guessing
 * would change names.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const wide = utf16Of(bytes)
  if (wide !== undefined) return decode(bytes, wide)
  try {
    return utf8.decode(bytes)
  } catch {
    const hasUtf8 = /[^\p{ASCII}\ufffd]/u.test(new TextDecoder().decode(bytes))
    return hasUtf8 ? undefined : decode(bytes, 'windows-1252')
  }
}
