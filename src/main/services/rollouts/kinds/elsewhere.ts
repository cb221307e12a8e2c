import { mayUse } from '@shared/access/allowed'
import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { FleetError, type FieldError } from '@shared/ipc/result'
import { changedFields } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import { hasField, toForm, type ApiRecord } from '@shared/resources/nested'
import { isOfUse } from '@shared/resources/problem'
import { roles, type Resource } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import { notElsewhere } from '@shared/rollout/elsewhere'
import { checkedValues } from '../../records/record-values'
import { describedValues, identityOf } from '../../records/write-record'
import { rejected, type KindDeps } from './kind'

/** Throws `rejected` with the fields that other servers never get. */
export function refuseOwn(resource: Resource, values: RecordValues): void {
  const fields = Object.keys(values).flatMap((path): FieldError[] => {
    const field = resource.fields.find(({ key }) => key === path)
    const message = field === undefined ? 'This field is not known' : notElsewhere(field)
    return message === undefined ? [] : [{ path, message }]
  })
  if (fields.length > 0)
    throw rejected(`The ${resource.singular} cannot be applied to several servers like this`, undefined, fields)
}

const titlesOf = (fields: readonly FieldSpec[]): string => fields.map(({ label }) => label).join(', ')

/** What a server does not have, in its exclusion. */
export const withoutFields = (fields: readonly FieldSpec[]): FleetError =>
  rejected(`This server does not have: ${titlesOf(fields)}`)

/** Throws if the account that is signed in cannot change the resource. */
export function requireRole(
  { servers }: Pick<KindDeps, 'servers'>,
  serverId: ServerId,
  { id, roles: own }: Resource,
): void {
  const account = servers.state(serverId)
  const ofOthers = roles.filter((role) => !own.includes(role))
  if (mayUse(account, id, 'change') && !ofOthers.some((role) => role === account.role)) return
  throw rejected(account.role === undefined ? 'No permission' : `The role ${account.role} does not have permission`)
}

/** Checks the values as a server of this version does. The reason names the fields, because it is all that is shown. */
export function checkFor(
  resource: Resource,
  mode: 'create' | 'update',
  values: RecordValues,
  all: Readonly<Record<string, unknown>>,
  version: string | undefined,
): void {
  try {
    checkedValues(resource, mode, values, all, version)
  } catch (error) {
    const problems = error instanceof FleetError ? (error.detail.fields ?? []) : []
    if (problems.length === 0) throw error
    const labelOf = (path: string): string => resource.fields.find(({ key }) => key === path)?.label ?? path
    throw rejected(problems.map(({ path, message }) => `${labelOf(path)}: ${message}`).join('. '))
  }
}

interface FieldChange {
  readonly write: Pick<PlanStep['write'], 'identity' | 'before' | 'changes'> & { readonly kind: 'change' }
  readonly warnings: readonly string[]
}

/**
 * How a record gets these values: only those that differ are sent, and as in a form those that have an effect together
 * with its other values. Throws if its server does not have one of the fields, or if no value has an effect.
 */
export function changeOf(
  resource: Resource,
  record: ApiRecord,
  values: RecordValues,
  version: string | undefined,
): FieldChange {
  const fields = resource.fields.filter(({ key }) => Object.hasOwn(values, key))
  const absent = fields.filter((field) => !isVersionIn(version, field) || !hasField(record, field.key))
  if (absent.length > 0) throw withoutFields(absent)
  const now = toForm(resource.fields, record)
  checkFor(resource, 'update', values, now, version)
  const differing = changedFields(fields, values, now)
  const sent = differing.filter((field) => isOfUse(field, { ...now, ...values }))
  const unused = differing.filter((field) => !sent.includes(field))
  const unusedText = `No effect with the other settings, so not sent: ${titlesOf(unused)}`
  if (sent.length === 0 && unused.length > 0) throw rejected(unusedText)
  const changes = Object.fromEntries(sent.map(({ key }) => [key, values[key] ?? null]))
  return {
    write: {
      kind: 'change',
      identity: identityOf(resource, record),
      before: describedValues(resource, record),
      changes,
    },
    warnings: unused.length === 0 ? [] : [unusedText],
  }
}
