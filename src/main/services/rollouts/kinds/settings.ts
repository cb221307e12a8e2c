import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { SingleId } from '@shared/resources/ids'
import { normalValues } from '@shared/resources/normal'
import { singleOf } from '@shared/resources/registry'
import type { SingleResource } from '@shared/resources/resource'
import { showRecord } from '../../../portsip/records'
import { rememberingReader } from '../../lists/remembering-reader'
import type { NewPlan } from '../../plans/plans-service'
import { changeOf, checkFor, refuseOwn, requireRole } from './elsewhere'
import { rejected, type Kind, type KindDeps } from './kind'

/** The plan by which a server gets these values. */
async function settingsPlan(
  deps: KindDeps,
  serverId: ServerId,
  single: SingleResource,
  values: RecordValues,
): Promise<NewPlan> {
  const { servers } = deps
  requireRole(deps, serverId, single)
  const reader = rememberingReader(servers.reader(serverId))
  const record = await showRecord(reader, single)
  const { write, warnings } = changeOf(single, record, values, servers.version(serverId))
  const resource = single.id as SingleId
  const step: PlanStep = { kind: 'step', n: 1, write: { ...write, operation: `POST ${single.path}`, resource } }
  const title = `Change ${single.singular} on ${servers.record(serverId).name}`
  return { title, serverId, source: { kind: 'change' }, steps: [step], reader, warnings }
}

/** The same values of some fields of a resource that each server has once. */
export const settingsKind: Kind<'settings'> = {
  title: ({ resource }) => `Change ${singleOf(resource).singular}`,
  check: async (deps, { kind, resource, values: requested, serverIds }) => {
    const single = singleOf(resource)
    const values = normalValues(single.fields, requested)
    if (Object.keys(values).length === 0) throw rejected('No field is selected')
    refuseOwn(single, values)
    checkFor(single, 'update', values, values, undefined)
    const planFor = (id: ServerId): Promise<NewPlan> => settingsPlan(deps, id, single, values)
    return { source: { kind, resource, values }, serverIds, planFor }
  },
}
