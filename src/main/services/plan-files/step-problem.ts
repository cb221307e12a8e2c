import type { RecordValues } from '@shared/domain/record'
import { resourceOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import { problemOf } from '@shared/resources/problem'
import type { PlanFileStep } from '@shared/rollout/plan-file'
import { neededKeys } from './write-plan-file'

interface StepProblem {
  readonly path: readonly string[]
  readonly message: string
}

/** The first value of a field that is not known, is a secret, or may not be set. */
function valueProblem(
  resource: Resource,
  values: RecordValues,
  setBy?: 'create' | 'change' | 'delete',
): StepProblem | undefined {
  for (const [key, value] of Object.entries(values)) {
    const field = resource.fields.find((each) => each.key === key)
    const wrong = (message: string): StepProblem => ({ path: [key], message })
    if (field === undefined) return wrong(`the ${resource.singular} has no such field`)
    if (isSecret(field)) return wrong('a secret is never in a plan file')
    if (setBy === undefined) continue
    if (field.readOnly === true || (field.createOnly === true && setBy === 'change'))
      return wrong('this field cannot be set')
    const problem = problemOf(field, value)
    if (problem !== undefined) return wrong(problem)
  }
  return undefined
}

/** What is wrong with a step of a plan file, and where; undefined if it can be compared with its server. */
export function stepProblem({
  action,
  resource: name,
  id,
  before,
  after,
  secrets = [],
}: PlanFileStep): StepProblem | undefined {
  const resource = resourceOf(name)
  const isSingle = resource.kind === 'single'
  if (isSingle && action !== 'change') return { path: ['action'], message: `expected change for ${resource.singular}` }
  const needsId = !isSingle && action !== 'create'
  if (needsId && id === undefined) return { path: ['id'], message: 'the ID of the record is missing' }
  if (!needsId && id !== undefined) return { path: ['id'], message: 'expected no ID' }
  if (action === 'delete' && Object.keys(after).length > 0)
    return { path: ['after'], message: 'expected no values, because the record is deleted' }
  if (action !== 'delete' && Object.keys(after).length + secrets.length === 0)
    return { path: ['after'], message: 'expected at least one value' }
  if (action === 'create' && Object.keys(before).length > 0)
    return { path: ['before'], message: 'expected no values, because the record is created' }
  const unknown = secrets.find((key) => !resource.fields.some((field) => field.key === key && isSecret(field)))
  if (unknown !== undefined)
    return { path: ['secrets'], message: `${unknown} is no secret of the ${resource.singular}` }
  const needed = action === 'create' ? [] : neededKeys(resource, Object.keys(after))
  const absent = needed.find((key) => !Object.hasOwn(before, key))
  if (absent !== undefined)
    return { path: ['before'], message: `expected the value of ${absent} that the plan depends on` }
  const [wrongBefore, wrongAfter] = [valueProblem(resource, before), valueProblem(resource, after, action)]
  if (wrongBefore !== undefined) return { ...wrongBefore, path: ['before', ...wrongBefore.path] }
  return wrongAfter && { ...wrongAfter, path: ['after', ...wrongAfter.path] }
}
