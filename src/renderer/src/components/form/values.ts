import type { FieldSpec } from '@shared/resources/field'
import { parseCidr } from '@shared/domain/cidr'

/** A form's values by field key; absent is the same as null. */
export type FormValues = Readonly<Record<string, unknown>>

const blank = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What is wrong with one value, in words for the person; nothing when it may be sent. */
export function problemOf(field: FieldSpec, value: unknown): string | undefined {
  if (blank(value)) return field.required === true ? `${field.label} is needed` : undefined
  switch (field.kind) {
    case 'cidr': {
      const parsed = parseCidr(String(value))
      return parsed.ok ? undefined : parsed.message
    }
    case 'text':
      if (field.maxLength === undefined || String(value).length <= field.maxLength) return undefined
      return `At most ${field.maxLength} characters; these are ${String(value).length}`
    case 'number': {
      const number = Number(value)
      if (!Number.isFinite(number)) return 'A number is expected'
      if (field.min !== undefined && number < field.min) return `At least ${field.min}`
      return field.max !== undefined && number > field.max ? `At most ${field.max}` : undefined
    }
    case 'time':
      return Number.isNaN(Date.parse(String(value))) ? 'A date and a time are expected' : undefined
    case 'choice':
      return field.choices.some((choice) => choice.value === value) ? undefined : 'Not one of the choices'
    default:
      return undefined
  }
}

export const problemsOf = (fields: readonly FieldSpec[], values: FormValues): ReadonlyMap<string, string> =>
  new Map(
    fields.flatMap((field) => {
      const problem = field.readOnly === true ? undefined : problemOf(field, values[field.key])
      return problem === undefined ? [] : [[field.key, problem] as const]
    }),
  )

/** A value in the form in which two of them are compared. */
function comparable(field: FieldSpec, value: unknown): string {
  if (blank(value)) return ''
  if (field.kind === 'time') {
    const at = Date.parse(String(value))
    return Number.isNaN(at) ? String(value) : String(Math.floor(at / 1000))
  }
  if (field.kind === 'cidr') {
    const parsed = parseCidr(String(value))
    return parsed.ok ? parsed.cidr.text : String(value)
  }
  return String(value)
}

/** The fields whose values differ in meaning, not only in how they are written. */
export const changedFields = <F extends FieldSpec>(fields: readonly F[], a: FormValues, b: FormValues): readonly F[] =>
  fields.filter(
    (field) => field.readOnly !== true && comparable(field, a[field.key]) !== comparable(field, b[field.key]),
  )
