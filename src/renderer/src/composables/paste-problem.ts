import { argumentLimits } from '@shared/limits/argument'
import { printNumber } from '@shared/format/print-number'

/** Why pasted text is too long for a list; undefined if it is not. It is refused whole: a part would be lost unnoticed. */
export function pasteProblem({ length }: string): string | undefined {
  const max = argumentLimits.pastedCharacters
  return length <= max
    ? undefined
    : `The pasted text has ${printNumber(length)} characters, and the limit is ${printNumber(max)}. Nothing was added: paste less at a time.`
}
