import { unknownOutcome } from './unknown-outcome'
import type { Sending } from './write'

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/**
 * For a change whose effect is read in the same way after a response and after a lost one: `find` gives what shows the effect, and `isNot` says, in the
 * middle of a sentence, what is so without it.
 */
export const verifiedBy = <T>(
  operation: string,
  find: () => Promise<T | undefined>,
  isNot: string,
): Required<Pick<Sending<unknown, T>, 'readBack' | 'settling'>> => ({
  readBack: async () => {
    const found = await find()
    if (found !== undefined) return found
    throw unknownOutcome(operation, `The server confirmed the change, but ${isNot}.`)
  },
  settling: { find, missing: asSentence(isNot) },
})
