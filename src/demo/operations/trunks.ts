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
  const tenants = world.assignees.get(params['id'] ?? '')
  if (tenants === undefined) throw notFound('The provider')
  return tenants
}

function assigneeOf(call: Call<unknown>): Assignee {
  const assignee = assigneesOf(call).get(call.params['tenant_id'] ?? '')
  if (assignee === undefined) throw notFound('The assignee')
  return assignee
}

/** Refuses invalid numbers and ranges, and numbers of another tenant of the trunk. */
function refuseWrongNumbers(text: string, others: readonly Assignee[]): void {
  const refuse = (message: string) => validationProblem([{ field: 'did_numbers', message }])
  const problem = didEntries(text)
    .map(didProblem)
    .find((assignee) => assignee !== undefined)
  if (problem !== undefined) throw refuse(problem)
  for (const other of others) {
    const [found] = overlapsOf(parseDids(text), parseDids(other.did_numbers))
    if (found !== undefined) throw refuse(`${didRangeText(found.own)} overlaps with ${didRangeText(found.theirs)}`)
  }
}

/** The trunks of a practice server, read-only, and their assignments. The list of assignees is not paged. */
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
      const others = [...all.values()].filter((assignee) => assignee.tenant_id !== tenant_id)
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
