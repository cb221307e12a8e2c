import type { PlanStep } from '@shared/domain/plan'
import type { ServerId } from '@shared/domain/server'
import { dangersOf } from '@shared/resources/danger'
import type { ListId } from '@shared/resources/ids'
import { normalValues } from '@shared/resources/normal'
import { listOf, resourceOf } from '@shared/resources/registry'
import { isVersionIn } from '@shared/resources/version'
import type { PlanFileStep } from '@shared/rollout/plan-file'
import { listRecords } from '../../../portsip/records'
import { identityOf } from '../../records/write-record'
import { checkFor, requireRole, withoutFields } from './elsewhere'
import { rejected, type Kind, type KindDeps, type ServerPlan } from './kind'

const operations = { create: '', change: '/{id}', delete: '/{id}/destroy' } as const

/** A step of the file as one of this app: what it sends and how it is named follow from the resource and its values. */
function stepOf(n: number, { action, resource: name, id, before, after, secrets = [] }: PlanFileStep): PlanStep {
  const resource = resourceOf(name)
  const operation = `POST ${resource.path}${resource.kind === 'single' ? '' : operations[action]}`
  const values = normalValues(resource.fields, after)
  const identity = identityOf(resource, action === 'create' ? values : before)
  const hidden = Object.fromEntries(secrets.map((key) => [key, '(set)']))
  return {
    ...{ kind: 'step', n },
    write: {
      ...{ kind: action, operation, resource: name, identity, ...(id !== undefined && { id }) },
      ...{ before, changes: { ...values, ...hidden } },
    },
    ...(secrets.length > 0 && { secrets }),
  }
}

/** Throws if the server does not have a field, its account may not change a resource, or values are not valid there. */
function checkOn(deps: KindDeps, serverId: ServerId, steps: readonly PlanFileStep[]): void {
  const version = deps.servers.version(serverId)
  for (const { action, resource: name, before, after, secrets = [] } of steps) {
    const resource = resourceOf(name)
    requireRole(deps, serverId, resource)
    const missing = resource.fields.filter((field) => Object.hasOwn(after, field.key) && !isVersionIn(version, field))
    if (missing.length > 0) throw withoutFields(missing)
    // A step with a secret is not sent at all.
    if (action !== 'delete' && secrets.length === 0)
      checkFor(resource, action === 'create' ? 'create' : 'update', after, { ...before, ...after }, version)
  }
}

/** The size of the smallest list from which something is deleted. */
async function listSizeOf(deps: KindDeps, serverId: ServerId, steps: readonly PlanFileStep[]): Promise<number> {
  const lists = new Set(steps.filter(({ action }) => action === 'delete').map(({ resource }) => resource as ListId))
  const sizes = [...lists].map(async (id) => {
    const { count } = await listRecords(deps.servers.reader(serverId), listOf(id), { offset: 0, limit: 1 })
    return count
  })
  return Math.min(...(await Promise.all(sizes)))
}

async function filePlan(
  deps: KindDeps,
  serverId: ServerId,
  title: string,
  steps: readonly PlanFileStep[],
): Promise<ServerPlan> {
  checkOn(deps, serverId, steps)
  const dangers = steps.flatMap(({ resource, after }) => dangersOf(resourceOf(resource).fields, after))
  return {
    ...{ title: `“${title}” from a file on ${deps.servers.record(serverId).name}`, serverId },
    ...{ source: { kind: 'change' }, steps: steps.map((step, at) => stepOf(at + 1, step)) },
    warnings: [...new Set(dangers.map(({ text }) => text))],
    ...(steps.some(({ action }) => action === 'delete') && { listSize: await listSizeOf(deps, serverId, steps) }),
  }
}

/** A plan that a colleague saved, compared with the servers as they are now. */
export const fileKind: Kind<'file'> = {
  title: ({ title }) => `“${title}” from a file`,
  check: async (deps, { kind, fileId }) => {
    const { file, name, servers } = deps.planFiles.find(fileId)
    const stepsOf = new Map<ServerId, readonly PlanFileStep[]>()
    const left: string[] = []
    for (const { target, steps } of servers)
      if (target.server === undefined) left.push(`${target.name} (${target.address}): ${target.reason ?? ''}`)
      else stepsOf.set(target.server.id, steps)
    if (stepsOf.size === 0) throw rejected('No server of this file is in the workspace', `${left.join('. ')}.`)
    return {
      source: { kind, title: file.title, file: name },
      serverIds: [...stepsOf.keys()],
      warnings: left.map((text) => `Not sent to ${text}`),
      planFor: (serverId) => filePlan(deps, serverId, file.title, stepsOf.get(serverId) ?? []),
    }
  },
}
