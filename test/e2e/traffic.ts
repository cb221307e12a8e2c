import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { isVersionIn } from '@shared/resources/version'
import type { PracticePbx } from '../../src/demo/practice-pbx'
import { checkAnswer, checkRequest, type NewerFields } from '../contract/check-traffic'
import { reference } from '../contract/reference'

/** What our descriptions say came after the reference's generation, where this server is of such a one. */
const newerFields =
  (version: string): NewerFields =>
  (operation) =>
    resourceIds
      .map(resourceOf)
      .filter(({ path }) => [`POST ${path}`, `POST ${path}/{id}`].includes(operation))
      .flatMap(({ fields }) => fields)
      .filter((field) => !isVersionIn('22.2', field) && isVersionIn(version, field))
      .map(({ key }) => key)

/** What was said to a practice server and is not as the API's reference says. */
export function trafficProblems(pbx: PracticePbx): readonly string[] {
  const all = pbx.requests.flatMap((each) => [
    ...checkRequest(reference, each, newerFields(pbx.version)),
    ...checkAnswer(reference, each, { newerServer: true }),
  ])
  return [...new Set(all)]
}
