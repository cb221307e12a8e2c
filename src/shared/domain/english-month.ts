const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]

/** The number of a month, from 1, by its English name, such as `January`, `Jan` or `Sept`; 0 for another word. */
export function englishMonth(text: string): number {
  const word = text.toLowerCase()
  const isNamed = (name: string): boolean =>
    word === name || word === name.slice(0, 3) || (word === 'sept' && name === 'september')
  return months.findIndex(isNamed) + 1
}
