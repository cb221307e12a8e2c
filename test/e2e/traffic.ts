import { resourceIds } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import { isVersionIn } from '@shared/resources/version'
import type { PracticePbx } from '../../src/demo/practice-pbx'
import { checkAnswer, checkRequest, type NewerFields } from '../contract/check-traffic'
import { Reference } from '../contract/reference'

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

let reference: { readonly loaded: Reference | undefined } | undefined

/** What was said to a practice server and is not as the API's reference says, where the reference is at hand. */
export function trafficProblems(pbx: PracticePbx): readonly string[] {
  reference ??= { loaded: Reference.load() }
  const { loaded } = reference
  if (loaded === undefined) return []
  const all = pbx.requests.flatMap((each) => [
    ...checkRequest(loaded, each, newerFields(pbx.version)),
    ...checkAnswer(loaded, each, { newerServer: true }),
  ])
  return [...new Set(all)]
}
