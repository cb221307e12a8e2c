import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { comparable } from '@shared/resources/compare'
import { dangersOf } from '@shared/resources/danger'
import type { ListId } from '@shared/resources/ids'
import { normalValues } from '@shared/resources/normal'
import { listOf } from '@shared/resources/registry'
import type { ListResource } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import type { NewPlan } from '../../plans/plans-service'
import { identityOf } from '../../records/write-record'
import { checkFor, refuseOwn, requireRole, withoutFields } from './elsewhere'
import type { Kind, KindDeps } from './kind'

/** The plan by which a server gets this record; the preview finds one that is there. */
function createPlan(deps: KindDeps, serverId: ServerId, list: ListResource, values: RecordValues): NewPlan {
  const { servers } = deps
  requireRole(deps, serverId, list)
  const version = servers.version(serverId)
  // A field with its default means nothing on a server that does not have it.
  const missing = list.fields.filter((field) => {
    const value = comparable(field, values[field.key])
    return !isVersionIn(version, field) && value !== '' && value !== comparable(field, field.default)
  })
  if (missing.length > 0) throw withoutFields(missing)
  const here = new Set(list.fields.filter((field) => isVersionIn(version, field)).map(({ key }) => key))
  const changes = Object.fromEntries(Object.entries(values).filter(([key]) => here.has(key)))
  checkFor({ ...list, fields: list.fields.filter(({ key }) => here.has(key)) }, 'create', changes, changes, version)
  const identity = identityOf(list, values)
  return {
    ...{ title: `Create ${identity} on ${servers.record(serverId).name}`, serverId, source: { kind: 'change' } },
    steps: [
      {
        ...{ kind: 'step', n: 1 },
        write: {
          ...{ kind: 'create', operation: `POST ${list.path}`, resource: list.id as ListId },
          ...{ identity, before: {}, changes },
        },
      },
    ],
    warnings: dangersOf(list.fields, changes).map(({ text }) => text),
  }
}

/** A record that each of the servers should have. */
export const createKind: Kind<'create'> = {
  title: ({ resource, values }) => `Create ${identityOf(listOf(resource), values)}`,
  check: async (deps, { kind, resource, values: requested, serverIds }) => {
    const list = listOf(resource)
    const values = normalValues(list.fields, requested)
    refuseOwn(list, values)
    const planFor = async (id: ServerId): Promise<NewPlan> => createPlan(deps, id, list, values)
    return { source: { kind, resource, values }, serverIds, planFor }
  },
}
