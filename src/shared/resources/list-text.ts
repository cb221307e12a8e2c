/** The texts in a joined text, without blanks around them and without empty ones. */
export const listItems = (text: string, separator: ';' | ','): readonly string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** An address in angle brackets, as mail programs copy it with a name. */
const named = /<([^<>\s]+@[^<>\s]+)>/
/** A name in quotes may contain a separator. */
const quoted = /"[^"]*"/g

/**
 * The email addresses in a pasted text, each once in any letter case: `"Doe, Jane" <jane@example.com>; …` too. What is
 * no address stays, to be shown as an error.
 */
export function emailItems(text: string): readonly string[] {
  const parts = text.replaceAll(quoted, ' ').split(/[,;\r\n\t]+/)
  const items = parts.flatMap((part, at): readonly string[] => {
    const address = named.exec(part)?.[1]
    if (address !== undefined) return [address]
    // The other half of a name: Doe, Jane <jane@example.com>.
    if (!part.includes('@') && named.test(parts[at + 1] ?? '') && !text.includes(';')) return []
    return part.split(/\s+/)
  })
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = item.toLowerCase()
    const isNew = item !== '' && !seen.has(key)
    seen.add(key)
    return isNew
  })
}
