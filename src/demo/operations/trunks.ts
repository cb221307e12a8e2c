import { didEntries, didProblem, didRangeText, overlapsOf, parseDids } from '@shared/domain/did'
import type { Assignee } from '@shared/domain/trunk'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import { updateSchema } from '@shared/resources/schema'
import { noContent, ok } from '../answer'
import { notFound, validationProblem } from '../api-problem'
import { operation, operationWithBody, type Call, type Operation } from '../operation'

const allow = trunkAssignment.roles
const path = '/providers/:id/assignees'

function assigneesOf({ world, params }: Call<unknown>): Map<string, Assignee> {
  const found = world.assignees.get(params['id'] ?? '')
  if (found === undefined) throw notFound('The provider')
  return found
}

function assigneeOf(call: Call<unknown>): Assignee {
  const found = assigneesOf(call).get(call.params['tenant_id'] ?? '')
  if (found === undefined) throw notFound('The assignee')
  return found
}

/** Refuses what is no number or range, and numbers that another tenant of the trunk has. */
function refuseWrongNumbers(text: string, others: readonly Assignee[]): void {
  const refuse = (message: string) => validationProblem([{ field: 'did_numbers', message }])
  const problem = didEntries(text)
    .map(didProblem)
    .find((each) => each !== undefined)
  if (problem !== undefined) throw refuse(problem)
  for (const other of others) {
    const [found] = overlapsOf(parseDids(text), parseDids(other.did_numbers))
    if (found !== undefined) throw refuse(`${didRangeText(found.mine)} overlaps with ${didRangeText(found.theirs)}`)
  }
}

/** The trunks of a practice server, to look at alone, and which tenants have what of them. The list of assignees comes whole. */
export const trunkOperations: readonly Operation[] = [
  operation({ method: 'GET', path: '/providers', allow, answer: ({ world, query }) => ok(world.trunks.page(query)) }),
  operation({ method: 'GET', path, allow, answer: (call) => ok({ items: [...assigneesOf(call).values()] }) }),
  operation({
    method: 'GET',
    path: `${path}/:tenant_id`,
    allow,
    answer: (call) => {
      const { did_numbers, concurrency } = assigneeOf(call)
      return ok({ did_numbers, concurrency })
    },
  }),
  operationWithBody({
    method: 'POST',
    path: `${path}/:tenant_id`,
    allow,
    body: updateSchema(trunkAssignment),
    answer: (call) => {
      const { world, params, body } = call
      const tenant_id = params['tenant_id'] ?? ''
      const all = assigneesOf(call)
      if (world.lists.tenants.get(tenant_id) === undefined) throw notFound('The tenant')
      const before = all.get(tenant_id) ?? { tenant_id, did_numbers: null, concurrency: 0 }
      const next = { ...before, ...body } as Assignee
      const others = [...all.values()].filter((each) => each.tenant_id !== tenant_id)
      refuseWrongNumbers(next.did_numbers ?? '', others)
      all.set(tenant_id, next)
      return noContent
    },
  }),
  operation({
    method: 'POST',
    path: `${path}/:tenant_id/destroy`,
    allow,
    answer: (call) => {
      assigneesOf(call).delete(assigneeOf(call).tenant_id)
      return noContent
    },
  }),
]
