import type { PracticePbx } from '@demo/practice-pbx'
import { checkAnswer, checkRequest } from '../contract/check-traffic'
import { referenceOf } from '../contract/reference'

/** Requests to a practice server that differ from the API's reference of its generation. */
export function trafficProblems(pbx: PracticePbx): readonly string[] {
  const reference = referenceOf(pbx.version)
  const all = pbx.requests.flatMap((each) => [...checkRequest(reference, each), ...checkAnswer(reference, each)])
  return [...new Set(all)]
}
