/** Shorter beginnings are shown even if both texts have them. */
const shownMax = 12

/** The label of the value in which a beginning ends, as in `Region: Berlin, Website: https`. */
const lastLabel = /(?:^|, )([^,:]+: )(?!.*, [^,:]+: )/

/**
 * The part of a text that differs from another one, for a column that cannot show both in full: `Description: …line 2`. The texts are
 * values as `Label: value, Label: value`.
 */
export function differingPart(text: string, other: string): string {
  if (text === '' || other === '' || text === other) return text
  let start = 0
  while (start < text.length && text[start] === other[start]) start += 1
  const common = text.slice(0, start)
  const label = lastLabel.exec(common)
  const valueStart = label === null ? 0 : label.index + label[0].length
  // Whole words, so that they can be read.
  const wordStart = Math.max(common.search(/\S*$/), valueStart)
  if (wordStart <= shownMax) return text
  return `${label?.[1] ?? ''}${wordStart > valueStart ? '…' : ''}${text.slice(wordStart)}`
}
