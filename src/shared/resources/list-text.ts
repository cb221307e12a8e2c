import { withoutInvisible } from '../text/invisible'

/** The texts in a joined text, without blanks around them and without empty ones. */
export const listItems = (text: string, separator: ';' | ','): readonly string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** An address in angle brackets, as mail programs copy it with a name. */
const named = /<([^<>\s]+@[^<>\s]+)>/
/** A name in quotes may contain a separator. */
const quotedName = /"[^"]*"(?=\s*<)/g
/** Other quotes stand around an address, as in cells and in names of mail programs. */
const quoted = /(?<![^\s,;])(["'])([^"']*)\1(?![^\s,;])/g

/** The addresses of what is between two semicolons, where a comma may also be a part of a name: Doe, Jane <jane@…>. */
const itemsOf = (segment: string): readonly string[] => {
  const parts = segment.split(/[,，、]|(?<=>)/)
  return parts.flatMap((part, at): readonly string[] => {
    const address = named.exec(part)?.[1]
    if (address !== undefined) return [address]
    if (!part.includes('@') && named.test(parts[at + 1] ?? '')) return []
    return part.split(/\s+/)
  })
}

/**
 * The email addresses in a pasted text, each once in any letter case: `"Doe, Jane" <jane@example.com>; …` too. What is
 * no address stays, to be shown as an error.
 */
export function emailItems(text: string): readonly string[] {
  const plain = withoutInvisible(text).replaceAll(quotedName, ' ').replaceAll(quoted, '$2')
  const items = plain
    .split(/[;；\r\n\t]+/)
    .flatMap(itemsOf)
    .map((item) => item.replace(/^mailto:([^?]+)(?:\?.*)?$/i, '$1'))
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = item.toLowerCase()
    const isNew = item !== '' && !seen.has(key)
    seen.add(key)
    return isNew
  })
}
