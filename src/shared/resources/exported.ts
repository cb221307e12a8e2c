import type { FieldSpec } from './field'
import type { ResourceId } from './ids'
import { resourceOf } from './registry'
import { manyOf } from './resource'
import { isSecret } from './secret'

/** What an export of a resource holds and how it is spoken of. */
export interface Exported {
  /** `IP rules`, `System settings`. */
  readonly label: string
  readonly one: string
  readonly many: string
  /** Its columns, secrets never. */
  readonly fields: readonly FieldSpec[]
  /** One row that is a whole form. */
  readonly single: boolean
}

const id: FieldSpec = { kind: 'id', key: 'id', label: 'ID' }

/** The description of an export's content. */
export function exportedOf(resource: ResourceId): Exported {
  const described = resourceOf(resource)
  const { kind, label, one, fields } = described
  const shown = fields.filter((field) => !isSecret(field))
  const withId = kind === 'list' && !shown.some(({ key }) => key === 'id') ? [id, ...shown] : shown
  const many = described.kind === 'list' ? manyOf(described) : label.toLowerCase()
  return { label, one, many, fields: withId, single: kind === 'single' }
}
