import type { RecordRef } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { countText } from '@shared/format/count-text'
import type { ListId } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import { manyOf } from '@shared/resources/resource'
import { listRecords } from '../../../portsip/records'
import { bulkChanges } from '../../plans/drafts'
import { requireRole } from './elsewhere'
import { rejected, type Kind } from './kind'

function idsByServer(records: readonly RecordRef[]): ReadonlyMap<ServerId, readonly string[]> {
  const byServer = new Map<ServerId, string[]>()
  for (const { serverId, id } of records) byServer.set(serverId, [...(byServer.get(serverId) ?? []), id])
  if (byServer.size === 0) throw rejected('Nothing is selected')
  return byServer
}

const countOf = (resource: ListId, records: number): string => {
  const list = listOf(resource)
  return countText(records, list.singular, manyOf(list))
}

/** The same values for selected records of several servers. */
export const changeKind: Kind<'change'> = {
  title: ({ resource, records }) => `Change ${countOf(resource, records)}`,
  check: async (deps, { kind, resource, changes: requested, records }) => {
    const list = listOf(resource)
    const changes = bulkChanges(list, requested)
    const ids = idsByServer(records)
    return {
      source: { kind, resource, changes, records: records.length },
      serverIds: [...ids.keys()],
      planFor: async (serverId) => {
        requireRole(deps, serverId, list)
        return deps.drafts.changePlan({ serverId, resource, ids: ids.get(serverId) ?? [], changes })
      },
    }
  },
}

/** Deletes selected records of several servers. */
export const deleteKind: Kind<'delete'> = {
  title: ({ resource, records }) => `Delete ${countOf(resource, records)}`,
  check: async (deps, { kind, resource, records }) => {
    const list = listOf(resource)
    const ids = idsByServer(records)
    return {
      source: { kind, resource, records: records.length },
      serverIds: [...ids.keys()],
      planFor: async (serverId) => {
        requireRole(deps, serverId, list)
        const plan = await deps.drafts.deletePlan({ serverId, resource, ids: ids.get(serverId) ?? [] })
        const { count } = await listRecords(deps.servers.reader(serverId), list, { offset: 0, limit: 1 })
        return { ...plan, listSize: count }
      },
    }
  },
}
