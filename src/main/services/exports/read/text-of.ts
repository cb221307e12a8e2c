/** The text of a file without the mark that tells its encoding. */
export const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
