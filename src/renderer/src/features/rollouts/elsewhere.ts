import type { RecordValues } from '@shared/domain/record'
import { isBlank } from '@shared/resources/blank'
import { fieldTitle } from '@shared/resources/field-title'
import type { Resource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import { notElsewhere } from '@shared/rollout/elsewhere'

interface Parts {
  /** The values for other servers. */
  readonly sent: RecordValues
  readonly rows: readonly { readonly key: string; readonly label: string; readonly after: string }[]
  /** Fields of the form that other servers do not get, with the reason. */
  readonly leftOut: readonly { readonly key: string; readonly text: string }[]
  /** Why nothing can be applied; empty if something can. */
  readonly problem: string
}

/** The values of a form for other servers: those that a server has for itself, and secrets, are left out. */
export function partsOf(resource: Resource, values: RecordValues, isNew: boolean): Parts {
  const fields = resource.fields.filter(({ key }) => Object.hasOwn(values, key))
  const own = fields.filter((field) => notElsewhere(field) !== undefined)
  const applied = fields.filter((field) => notElsewhere(field) === undefined)
  const required = isNew ? own.find((field) => field.required === true) : undefined
  const problem =
    required !== undefined
      ? `${required.label} is required, but never applied to other servers`
      : applied.length === 0
        ? 'None of the changed fields can be applied to other servers'
        : ''
  return {
    sent: Object.fromEntries(applied.map(({ key }) => [key, values[key] ?? null])),
    rows: applied
      .filter((field) => !isNew || valueText(field, values[field.key]) !== '')
      .map((field) => ({
        key: field.key,
        label: fieldTitle(resource.fields, field),
        after: valueText(field, values[field.key]),
      })),
    leftOut: own
      .filter(({ key, required: isRequired }) => isRequired === true || !isBlank(values[key]) || !isNew)
      .map((field) => ({ key: field.key, text: `${field.label} is not applied: ${notElsewhere(field)}.` })),
    problem,
  }
}
