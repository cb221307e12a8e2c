import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { RequestOf } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { FieldError } from '@shared/ipc/result'
import { isBlank } from '@shared/resources/blank'
import type { SingleId } from '@shared/resources/ids'
import { toForm, type ApiRecord } from '@shared/resources/nested'
import { normalValues } from '@shared/resources/normal'
import { singleOf } from '@shared/resources/registry'
import type { SingleResource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import { editedList, isListField, itemsWithout, type ListEdit, type ListField } from '@shared/rollout/list-edits'
import { showRecord } from '../../../portsip/records'
import { rememberingReader } from '../../lists/remembering-reader'
import { changeOf, checkFor, refuseOwn, requireRole } from './elsewhere'
import { rejected, type Kind, type KindDeps, type ServerPlan } from './kind'

interface Wanted {
  readonly single: SingleResource
  readonly values: RecordValues
  /** Fields whose values are added or removed. */
  readonly edits: readonly { readonly field: ListField; readonly edit: ListEdit }[]
}

/** The values that a server gets, with its own lists as they are after the additions and removals. */
function valuesFor({ single, values, edits }: Wanted, record: ApiRecord): RecordValues {
  const now = toForm(single.fields, record)
  const edited = edits.map(({ field, edit }) => [field.key, editedList(field, edit, now[field.key], values[field.key])])
  return { ...values, ...(Object.fromEntries(edited) as RecordValues) }
}

/** `Recipients: add noc@example.com`, which servers with different recipients have in common. */
function differenceOf({ single, edits }: Wanted, { before, changes }: PlanStep['write']): string {
  const editOf = new Map(edits.map((each) => [each.field.key, each]))
  const fields = single.fields.filter(({ key }) => Object.hasOwn(changes, key))
  return fields
    .map((field) => {
      const [from, to] = [before[field.key], changes[field.key]]
      const list = editOf.get(field.key)
      if (list === undefined)
        return `${field.label}: ${valueText(field, from) || 'not set'} → ${valueText(field, to) || 'not set'}`
      const [more, less] = list.edit === 'add' ? [to, from] : [from, to]
      return `${field.label}: ${list.edit} ${valueText(field, itemsWithout(list.field, more, less).join(', '))}`
    })
    .join('; ')
}

/** The plan by which a server gets these values. */
async function settingsPlan(deps: KindDeps, serverId: ServerId, wanted: Wanted): Promise<ServerPlan> {
  const { servers } = deps
  const { single, edits } = wanted
  requireRole(deps, serverId, single)
  const reader = rememberingReader(servers.reader(serverId))
  const record = await showRecord(reader, single)
  const { write, warnings } = changeOf(single, record, valuesFor(wanted, record), servers.version(serverId))
  const resource = single.id as SingleId
  const step: PlanStep = { kind: 'step', n: 1, write: { ...write, operation: `POST ${single.path}`, resource } }
  const title = `Change ${single.singular} on ${servers.record(serverId).name}`
  const difference = edits.length === 0 ? {} : { difference: differenceOf(wanted, step.write) }
  return { title, serverId, source: { kind: 'change' }, steps: [step], reader, warnings, ...difference }
}

/** The lists of a request that are added to or removed from. Throws `rejected` for a field that is no list, or blank. */
function editsOf(single: SingleResource, { values, lists = {} }: RequestOf<'settings'>): Wanted['edits'] {
  const problems: FieldError[] = []
  const edits = Object.entries(lists).flatMap(([path, edit]) => {
    const field = single.fields.find(({ key }) => key === path)
    if (field === undefined || !isListField(field)) problems.push({ path, message: 'This field is not a list' })
    else if (isBlank(values[path])) problems.push({ path, message: `Nothing to ${edit} is entered` })
    else return [{ field, edit }]
    return []
  })
  if (problems.length > 0) throw rejected('The lists cannot be changed like this', undefined, problems)
  return edits
}

/** The same values of some fields of a resource that each server has once; of lists, also more or fewer items. */
export const settingsKind: Kind<'settings'> = {
  title: ({ resource }) => `Change ${singleOf(resource).singular}`,
  check: async (deps, request) => {
    const { kind, resource, lists, serverIds } = request
    const single = singleOf(resource)
    const values = normalValues(single.fields, request.values)
    if (Object.keys(values).length === 0) throw rejected('No field is selected')
    refuseOwn(single, values)
    const edits = editsOf(single, request)
    // What is removed may be what is wrong.
    const removed = new Set(edits.filter(({ edit }) => edit === 'remove').map(({ field }) => field.key))
    const checked = Object.fromEntries(Object.entries(values).filter(([key]) => !removed.has(key)))
    checkFor(single, 'update', checked, checked, undefined)
    const wanted: Wanted = { single, values, edits }
    const planFor = (id: ServerId): Promise<ServerPlan> => settingsPlan(deps, id, wanted)
    return { source: { kind, resource, values, ...(lists && { lists }) }, serverIds, planFor }
  },
}
