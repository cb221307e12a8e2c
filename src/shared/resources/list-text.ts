/** The texts in a joined text, without blanks around them and without empty ones. */
export const listItems = (text: string, separator: ';' | ','): readonly string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')
