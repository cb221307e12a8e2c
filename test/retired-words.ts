/** Words that no technician uses for what they meant here, or that are spelled otherwise in the window. CONTRIBUTING.md has those in use. */
const retired = [
  'told',
  'said',
  'holds',
  'took',
  'whoever',
  'at once',
  'at most',
  'is needed',
  'by itself',
  'of its own',
  'made anew',
  'chosen',
  'licence',
  'e-mail',
  'user name',
]

/** Finds a retired word in a text that a person reads. */
export const retiredWord = new RegExp(`\\b(${retired.join('|')})s?\\b`, 'iu')

/** A space can be a break of a line or its escape sequence, and the mark of a comment. */
const inCode = new RegExp(retired.join('|').replaceAll(' ', '(?:[\\s*]|\\\\[nrt])+'), 'i')

/** False for code in which no text has a retired word, wherever its lines are broken. */
export const mayHaveRetiredWord = (code: string): boolean => inCode.test(code)
