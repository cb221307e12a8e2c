import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { FleetError, type FieldError } from '@shared/ipc/result'
import { dangersOf } from '@shared/resources/danger'
import { toForm } from '@shared/resources/nested'
import type { ListId } from '@shared/resources/ids'
import { identityKey, identityText } from '@shared/resources/identity'
import { normalValues } from '@shared/resources/normal'
import { listOf } from '@shared/resources/registry'
import { hasSummaries, manyOf, type ListResource } from '@shared/resources/resource'
import { showRecord } from '../../../portsip/records'
import { rememberingReader } from '../../lists/remembering-reader'
import type { NewPlan } from '../../plans/plans-service'
import { sameRows } from '../../records/same-rows'
import { changeOf, checkFor, refuseOwn, requireRole } from './elsewhere'
import { rejected, type Kind, type KindDeps } from './kind'

interface Update {
  readonly list: ListResource
  readonly identity: RecordValues
  readonly values: RecordValues
}

/** The plan by which the record of a server with this identity gets the values. */
async function updatePlan(deps: KindDeps, serverId: ServerId, { list, identity, values }: Update): Promise<NewPlan> {
  const { servers } = deps
  requireRole(deps, serverId, list)
  const reader = rememberingReader(servers.reader(serverId))
  const rows = await sameRows(reader, list, identity)
  const [row] = rows
  const name = identityText(list, identity)
  if (row === undefined) throw rejected(`The ${list.singular} is not on this server`)
  if (rows.length > 1) throw new FleetError({ code: 'conflict', message: `Several ${manyOf(list)} are ${name}` })
  const record = hasSummaries(list) ? await showRecord(reader, list, row.id) : row
  const { write, warnings } = changeOf(list, record, values, servers.version(serverId))
  const resource = list.id as ListId
  return {
    ...{ title: `Change ${list.singular} ${name} on ${servers.record(serverId).name}`, serverId, reader },
    source: { kind: 'change' },
    steps: [
      { ...{ kind: 'step', n: 1 }, write: { ...write, operation: `POST ${list.path}/{id}`, resource, id: row.id } },
    ],
    warnings: [...warnings, ...dangersOf(list.fields, values, toForm(list.fields, record)).map(({ text }) => text)],
  }
}

/** Changes the same record of several servers, which has another ID on each of them. */
export const updateKind: Kind<'update'> = {
  title: ({ resource, identity }) => `Change ${listOf(resource).singular} ${identityText(listOf(resource), identity)}`,
  check: async (deps, { kind, resource, identity: named, values: requested, serverIds }) => {
    const list = listOf(resource)
    const identity = normalValues(list.fields, named)
    const values = normalValues(list.fields, requested)
    if (Object.keys(values).length === 0) throw rejected('No field is selected')
    if (identityKey(list, identity) === undefined) throw rejected(`The ${list.singular} is not fully identified`)
    refuseOwn(list, values)
    const fixed = list.fields.filter(({ key, createOnly }) => createOnly === true && Object.hasOwn(values, key))
    const fields = fixed.map(({ key: path }): FieldError => ({ path, message: 'Cannot be changed after creation' }))
    if (fields.length > 0) throw rejected(`The ${list.singular} cannot be changed like this`, undefined, fields)
    checkFor(list, 'update', values, values, undefined)
    const planFor = (id: ServerId): Promise<NewPlan> => updatePlan(deps, id, { list, identity, values })
    return { source: { kind, resource, identity, values }, serverIds, planFor }
  },
}
