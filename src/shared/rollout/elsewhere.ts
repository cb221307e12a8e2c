import type { FieldSpec } from '../resources/field'
import { isSecret } from '../resources/secret'

/** Why a value of this field never goes to other servers; undefined if it may. */
export function notElsewhere(field: FieldSpec): string | undefined {
  if (field.readOnly === true || field.kind === 'id') return 'It cannot be set'
  if (isSecret(field)) return 'Secrets are set on each server'
  return field.perServer
}
