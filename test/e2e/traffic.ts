import type { PracticePbx } from '@demo/practice-pbx'
import { checkAnswer, checkRequest } from '../contract/check-traffic'
import { referenceOf } from '../contract/reference'

/** What was said to a practice server and is not as the API's reference says of its generation. */
export function trafficProblems(pbx: PracticePbx): readonly string[] {
  const reference = referenceOf(pbx.version)
  const all = pbx.requests.flatMap((each) => [...checkRequest(reference, each), ...checkAnswer(reference, each)])
  return [...new Set(all)]
}
