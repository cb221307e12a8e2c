import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { FleetError, type FieldError } from '@shared/ipc/result'
import { comparable } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import type { Resource } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import { notElsewhere } from '@shared/rollout/elsewhere'
import { checkedValues } from '../../records/record-values'
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
export function requireRole({ servers }: Pick<KindDeps, 'servers'>, serverId: ServerId, { roles }: Resource): void {
  const { role } = servers.state(serverId)
  if (role === undefined || roles.some((each) => each === role)) return
  throw rejected(`The role ${role} does not have permission`)
}

/** Fields with a value that this version does not have; one with its default means nothing there. */
export const missingIn = (
  version: string | undefined,
  fields: readonly FieldSpec[],
  values: RecordValues,
  mode: 'create' | 'update',
): readonly FieldSpec[] =>
  fields.filter((field) => {
    if (!Object.hasOwn(values, field.key) || isVersionIn(version, field)) return false
    const value = comparable(field, values[field.key])
    return mode === 'update' || (value !== '' && value !== comparable(field, field.default))
  })

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
