import { unknownOutcome } from './unknown-outcome'
import type { Sending } from './write'

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/**
 * For a change whose effect is read in the same way with and without a response: `find` returns the evidence, and
 * `isNot` describes, within a sentence, the state without it.
 */
export const verifiedBy = <T>(
  operation: string,
  find: () => Promise<T | undefined>,
  difference: string,
): Required<Pick<Sending<unknown, T>, 'readBack' | 'settling'>> => ({
  readBack: async () => {
    const evidence = await find()
    if (evidence !== undefined) return evidence
    throw unknownOutcome(operation, `The server confirmed the change, but ${difference}.`)
  },
  settling: { find, missing: asSentence(difference) },
})
