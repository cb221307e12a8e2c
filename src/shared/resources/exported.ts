import type { ExportResource } from '../domain/export'
import type { FieldSpec } from './field'
import { resourceOf } from './registry'
import { defineFields, manyOf, type FieldKey } from './resource'
import { isSecret } from './secret'
import { trunkAssignment } from './trunk-assignment'

/** The content of a resource's exports, and their names. */
export interface Exported {
  /** `IP rules`, `System settings`. */
  readonly label: string
  readonly singular: string
  readonly plural: string
  /** Its columns, secrets never. */
  readonly fields: readonly FieldSpec[]
  /** Keys of the columns that identify a row, also across servers. */
  readonly identity: readonly string[]
  /** One row that is a whole form. */
  readonly single: boolean
}

const id = { kind: 'id', key: 'id', label: 'ID', inTable: 'optional' } as const satisfies FieldSpec

const assignmentFields = defineFields([
  id,
  { kind: 'text', key: 'trunk_name', label: 'Trunk', width: 200 },
  { kind: 'id', key: 'trunk_id', label: 'Trunk ID', inTable: 'optional' },
  { kind: 'text', key: 'tenant_name', label: 'Tenant', width: 200 },
  { kind: 'text', key: 'tenant_domain', label: 'SIP domain', width: 180 },
  { kind: 'id', key: 'tenant_id', label: 'Tenant ID', inTable: 'optional' },
  ...trunkAssignment.fields,
])

/** The assignments of all trunks in one list. The IDs of a trunk and a tenant differ from server to server. */
const trunkAssignments: Exported = {
  label: 'Trunk assignments',
  singular: 'trunk assignment',
  plural: 'trunk assignments',
  fields: assignmentFields,
  identity: ['trunk_name', 'tenant_domain'] satisfies readonly FieldKey<{ readonly fields: typeof assignmentFields }>[],
  single: false,
}

/** The description of an export's content. */
export function exportedOf(resource: ExportResource): Exported {
  if (resource === 'trunk-assignments') return trunkAssignments
  const described = resourceOf(resource)
  const { kind, label, singular, fields, identity } = described
  const shown = fields.filter((field) => !isSecret(field))
  const withId = kind === 'list' && !shown.some(({ key }) => key === 'id') ? [id, ...shown] : shown
  const plural = described.kind === 'list' ? manyOf(described) : label.toLowerCase()
  return { label, singular, plural, fields: withId, identity, single: kind === 'single' }
}
