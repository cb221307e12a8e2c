import { z } from 'zod'
import { officeHoursSchema } from '../domain/office-hours'
import type { FieldSpec } from './field'
import type { ApiRecord } from './nested'
import type { Resource } from './resource'

/** RFC 3339 in UTC with a Z, as the API gives and takes it. */
const utcTimeSchema = z.iso.datetime({ offset: false })

type Shape = Record<string, z.ZodType>

const textSchema = ({
  minLength,
  maxLength,
  pattern,
}: Extract<FieldSpec, { kind: 'text' | 'secret' }>): z.ZodString => {
  let schema = z.string()
  if (minLength !== undefined) schema = schema.min(minLength)
  if (maxLength !== undefined) schema = schema.max(maxLength)
  return pattern === undefined ? schema : schema.regex(new RegExp(pattern))
}

const numberSchema = ({ min, max, fraction }: Extract<FieldSpec, { kind: 'number' }>): z.ZodType => {
  let schema: z.ZodNumber = fraction === true ? z.number() : z.int()
  if (min !== undefined) schema = schema.min(min)
  if (max !== undefined) schema = schema.max(max)
  return schema
}

/** A value within the limits that its field states. */
function limited(field: FieldSpec): z.ZodType {
  switch (field.kind) {
    case 'text':
    case 'secret':
      return textSchema(field)
    case 'number':
      return numberSchema(field)
    case 'share':
      return z.number()
    case 'switch':
      return z.boolean()
    case 'time':
      return utcTimeSchema
    case 'choice':
      return z.enum(field.choices.map(({ value }) => value))
    case 'week':
      return officeHoursSchema
    case 'rows':
      return z.array(objectOf(field.fields, limited, () => true))
    default:
      return z.string()
  }
}

/** A value of the right kind alone: a PBX that answers more than its limits say is still read. */
function loose(field: FieldSpec): z.ZodType {
  switch (field.kind) {
    case 'number':
    case 'share':
      return z.number()
    case 'switch':
      return z.boolean()
    case 'week':
      return officeHoursSchema
    case 'rows':
      return z.array(objectOf(field.fields, loose, () => false))
    default:
      return z.string()
  }
}

/** Builds the object that the fields describe; dotted keys become objects inside it. `required` fields may not be left out. */
function objectOf(
  fields: readonly FieldSpec[],
  one: (field: FieldSpec) => z.ZodType,
  required: (field: FieldSpec) => boolean,
): z.ZodType<ApiRecord> {
  const shape: Shape = {}
  const inner = new Map<string, FieldSpec[]>()
  for (const field of fields) {
    const [top = '', ...rest] = field.key.split('.')
    if (rest.length > 0) inner.set(top, [...(inner.get(top) ?? []), { ...field, key: rest.join('.') }])
    else {
      const value = field.default === undefined ? one(field) : one(field).meta({ default: field.default })
      shape[top] = required(field) ? value : value.nullish()
    }
  }
  for (const [top, list] of inner) shape[top] = objectOf(list, one, () => false).nullish()
  return z.looseObject(shape)
}

const hasId: FieldSpec = { kind: 'id', key: 'id', label: 'ID' }

const answered = ({ kind, fields }: Resource): readonly FieldSpec[] => {
  const given = fields.filter(({ writeOnly }) => writeOnly !== true)
  return kind === 'list' && !given.some(({ key }) => key === 'id') ? [hasId, ...given] : given
}

/** What the API answers, as it is documented: every limit of every field. For checks, not for reading. */
export const documentedAnswer = (resource: Resource): z.ZodType<ApiRecord> =>
  objectOf(answered(resource), limited, () => false)

/** The same for a row of its list, which may be a summary. */
export const documentedRow = (resource: Resource): z.ZodType<ApiRecord> =>
  objectOf(
    answered(resource).filter(({ detailOnly }) => detailOnly !== true),
    limited,
    () => false,
  )

/** A schema is compiled when it is first used, which takes far longer than to read a reply with it. */
const answerSchemas = new WeakMap<Resource, z.ZodType<ApiRecord>>()

/** What the API answers, as it is read: kinds alone, fields that a newer PBX adds are kept. A row without its id is none. */
export function answerSchema(resource: Resource): z.ZodType<ApiRecord> {
  const known = answerSchemas.get(resource)
  if (known !== undefined) return known
  const schema = objectOf(answered(resource), loose, ({ key }) => resource.kind === 'list' && key === 'id')
  answerSchemas.set(resource, schema)
  return schema
}

/** What is sent to make the resource. */
export const createSchema = ({ fields }: Resource): z.ZodType<ApiRecord> =>
  objectOf(
    fields.filter(({ readOnly }) => readOnly !== true),
    limited,
    ({ required }) => required === true,
  )

/** What is sent to change it: some of its fields, except that a single resource may ask for fields with every change. */
export const updateSchema = (resource: Resource): z.ZodType<ApiRecord> =>
  objectOf(
    resource.fields.filter(({ readOnly, createOnly }) => readOnly !== true && createOnly !== true),
    limited,
    ({ required }) => resource.kind === 'single' && required === true,
  )
