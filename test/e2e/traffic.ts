import type { PracticePbx } from '../../src/demo/practice-pbx'
import { checkAnswer, checkRequest } from '../contract/check-traffic'
import { Reference } from '../contract/reference'

let reference: { readonly loaded: Reference | undefined } | undefined

/** What was said to a practice server and is not as the API's reference says, where the reference is at hand. */
export function trafficProblems(pbx: PracticePbx): readonly string[] {
  reference ??= { loaded: Reference.load() }
  const { loaded } = reference
  if (loaded === undefined) return []
  const all = pbx.requests.flatMap((each) => [
    ...checkRequest(loaded, each),
    ...checkAnswer(loaded, each, { newerServer: true }),
  ])
  return [...new Set(all)]
}
