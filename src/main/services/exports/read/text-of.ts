/** The text of a file without the mark that tells its encoding. */
export const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

/** Calls `take` with each line and its number, the first being 1. LF, CRLF, CR and CR CR LF end a line. */
export function eachLine(text: string, take: (line: string, number: number) => void): void {
  const newline = /\r{0,2}\n|\r/g
  let start = 0
  for (let number = 1; start < text.length; number++) {
    const end = newline.exec(text)
    take(text.slice(start, end?.index ?? text.length), number)
    if (end === null) return
    start = newline.lastIndex
  }
}
