import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import { FleetError } from '@shared/ipc/result'
import { resourceOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import {
  planFileFormat,
  planFileResources,
  planFileVersion,
  type PlanFile,
  type PlanFileServer,
  type PlanFileStep,
} from '@shared/rollout/plan-file'
import type { Plan } from '../plans/plan'

export interface SavedPlan {
  readonly title: string
  readonly note: string | undefined
  readonly plans: readonly { readonly plan: Plan; readonly address: string }[]
}

const isInFile = (resource: string): resource is PlanFileStep['resource'] =>
  planFileResources.some((each) => each === resource)

/** Plans whose steps a file cannot have. */
const notSaved = (why: string): FleetError =>
  new FleetError({ code: 'rejected', message: 'This plan cannot be saved as a plan file', hint: why })

/** Only described fields that are no secrets; of a secret its name. */
function openValues(resource: PlanFileStep['resource'], values: RecordValues): RecordValues {
  const open = new Set(
    resourceOf(resource)
      .fields.filter((field) => !isSecret(field))
      .map(({ key }) => key),
  )
  return Object.fromEntries(Object.entries(values).filter(([key]) => open.has(key)))
}

/** The keys of a step's `before` without which nobody could say whether its record is still the same. */
export function neededKeys(resource: Resource, changed: readonly string[]): readonly string[] {
  const identity = resource.kind === 'list' ? [resource.nameKey, ...resource.identity] : []
  const keys = new Set([...identity, ...changed])
  return resource.fields.filter((field) => keys.has(field.key) && !isSecret(field)).map(({ key }) => key)
}

/** A deletion depends on the whole record, a change on what it changes. */
function neededBefore(
  action: PlanFileStep['action'],
  resource: PlanFileStep['resource'],
  before: RecordValues,
  changes: RecordValues,
): RecordValues {
  if (action === 'delete') return before
  const keys = new Set(neededKeys(resourceOf(resource), Object.keys(changes)))
  return Object.fromEntries(Object.entries(before).filter(([key]) => keys.has(key)))
}

/** A record that was gone when the plan was made has no values, and its step is in conflict. */
const hasRecord = ({ settled, write: { kind, before } }: PlanStep): boolean =>
  settled === undefined && (kind === 'create' || Object.keys(before).length > 0)

function stepOf({ write, secrets = [] }: PlanStep): PlanFileStep {
  const { kind: action, resource, id, before, changes } = write
  if (!isInFile(resource))
    throw notSaved('A file has only changes of records and settings, no assignments and no certificates.')
  const named = Object.keys(changes).filter((key) => !Object.hasOwn(openValues(resource, changes), key))
  const hidden = [...new Set([...secrets, ...named])]
  return {
    ...{ action, resource },
    ...(id !== undefined && { id }),
    ...{ before: openValues(resource, neededBefore(action, resource, before, changes)) },
    after: openValues(resource, changes),
    ...(hidden.length > 0 && { secrets: hidden }),
  }
}

/** A plan as a file for a colleague. Results are left out, and so are steps that were settled when the plan was made. */
export function planFileOf({ title, note, plans }: SavedPlan, savedBy: string, now: number): PlanFile {
  const servers = plans.flatMap(({ plan, address }): readonly PlanFileServer[] => {
    if (plan.isOrdered) throw notSaved('Its steps depend on each other. Create the customer on the other computer.')
    const steps = plan.steps.filter(hasRecord).map(stepOf)
    return steps.length === 0 ? [] : [{ name: plan.head.server.name, address, steps }]
  })
  if (servers.length === 0) throw notSaved('It has no step that could be sent.')
  return {
    ...{ format: planFileFormat, version: planFileVersion, title, ...(note !== undefined && { note }) },
    ...{ savedAt: new Date(now).toISOString(), savedBy, servers },
  }
}
