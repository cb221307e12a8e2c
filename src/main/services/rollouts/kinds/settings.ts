import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { changedFields } from '@shared/resources/compare'
import type { SingleId } from '@shared/resources/ids'
import { hasField, toForm } from '@shared/resources/nested'
import { normalValues } from '@shared/resources/normal'
import { isOfUse } from '@shared/resources/problem'
import { singleOf } from '@shared/resources/registry'
import type { SingleResource } from '@shared/resources/resource'
import { showRecord } from '../../../portsip/records'
import { rememberingReader } from '../../lists/remembering-reader'
import type { NewPlan } from '../../plans/plans-service'
import { describedValues, identityOf } from '../../records/write-record'
import { checkFor, missingIn, refuseOwn, requireRole, withoutFields } from './elsewhere'
import { rejected, type Kind, type KindDeps } from './kind'

/** The plan by which a server gets these values: only those that differ are sent. */
async function settingsPlan(
  deps: KindDeps,
  serverId: ServerId,
  single: SingleResource,
  values: RecordValues,
): Promise<NewPlan> {
  const { servers } = deps
  requireRole(deps, serverId, single)
  const fields = single.fields.filter(({ key }) => Object.hasOwn(values, key))
  const version = servers.version(serverId)
  const missing = missingIn(version, fields, values, 'update')
  if (missing.length > 0) throw withoutFields(missing)
  const reader = rememberingReader(servers.reader(serverId))
  const record = await showRecord(reader, single)
  const absent = fields.filter(({ key }) => !hasField(record, key))
  if (absent.length > 0) throw withoutFields(absent)
  const now = toForm(single.fields, record)
  const after = { ...now, ...values }
  checkFor(single, 'update', values, now, version)
  const differing = changedFields(fields, values, now)
  // As in a form: what has no effect together with the other values stays as it is.
  const sent = differing.filter((field) => isOfUse(field, after))
  const unused = differing.filter((field) => !sent.includes(field)).map(({ label }) => label)
  const unusedText = `No effect with the other settings, so not sent: ${unused.join(', ')}`
  if (sent.length === 0 && unused.length > 0) throw rejected(unusedText)
  const step: PlanStep = {
    ...{ kind: 'step', n: 1 },
    write: {
      ...{ kind: 'change', operation: `POST ${single.path}`, resource: single.id as SingleId },
      identity: identityOf(single, record),
      before: describedValues(single, record),
      changes: Object.fromEntries(sent.map(({ key }) => [key, values[key] ?? null])),
    },
  }
  const title = `Change ${single.singular} on ${servers.record(serverId).name}`
  const warnings = unused.length === 0 ? [] : [unusedText]
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
