import type { FieldSpec } from './field'

type Titled = Pick<FieldSpec, 'label' | 'group'>

/** The label of a field outside its form: with its group where a field of another group has the same label. */
export function fieldTitle(fields: readonly Titled[], { label, group }: Titled): string {
  const isShared = fields.some((other) => other.label === label && other.group !== group)
  return isShared && group !== undefined ? `${group} > ${label}` : label
}
