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

/** 0x80 to 0x9f of Windows-1252, which some versions of Node decode as control characters. */
const windowsSigns = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const decodeWindows = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\x80-\x9f]/g, (sign) => windowsSigns[sign.charCodeAt(0) - 0x80] ?? sign)

export interface DecodedText {
  readonly text: string
  /** No mark and no other byte tells that it is Windows-1252: other letters may have been meant. */
  readonly isGuess: boolean
}

/**
 * The text of a file that an editor may have saved in another encoding: UTF-8 or UTF-16, with or without a byte order
 * mark, or Windows-1252. Undefined if no encoding fits: text with both UTF-8 and other bytes is damaged, and guessing
 * would change names.
 */
export function decodedText(bytes: Uint8Array): DecodedText | undefined {
  const wide = utf16Of(bytes)
  const sure = decode(bytes, wide ?? 'utf-8')
  if (sure !== undefined) return { text: sure, isGuess: false }
  const hasUtf8 = /[^\p{ASCII}\ufffd]/u.test(new TextDecoder().decode(bytes))
  return wide !== undefined || hasUtf8 ? undefined : { text: decodeWindows(bytes), isGuess: true }
}

/** The same where a guess is as good as the text: files of this app, and of parts in ASCII. */
export const decodeText = (bytes: Uint8Array): string | undefined => decodedText(bytes)?.text
