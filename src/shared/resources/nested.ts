import type { FieldSpec } from './field'

/** A resource as the API has it, objects inside objects. */
export type ApiRecord = Readonly<Record<string, unknown>>
/** A record of a resource with these field keys. A dotted key stands for the object that the field is in. */
export type RecordOf<K extends string> = {
  readonly [key in (K extends `${infer Top}.${string}` ? Top : K) | 'id']?: unknown
}
/** A form's values by field key, dotted for what stands inside an object; absent is the same as null. */
export type FormValues = Readonly<Record<string, unknown>>

/** True for an object that is no list. */
export const isObject = (value: unknown): value is ApiRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value of a field, undefined where the record has none. */
export function valueAt(record: ApiRecord, key: string): unknown {
  let at: unknown = record
  for (const part of key.split('.')) {
    if (!isObject(at) || !Object.hasOwn(at, part)) return undefined
    at = at[part]
  }
  return at
}

/** Whether the record has the field at all, if only as null. */
export function hasField(record: ApiRecord, key: string): boolean {
  const parts = key.split('.')
  const last = parts.pop() ?? ''
  const holder = parts.length === 0 ? record : valueAt(record, parts.join('.'))
  return isObject(holder) && Object.hasOwn(holder, last)
}

/** The record's values as a form has them. */
export const toForm = (fields: readonly FieldSpec[], record: ApiRecord): FormValues =>
  Object.fromEntries(fields.map(({ key }) => [key, valueAt(record, key) ?? null]))

function withValue(record: ApiRecord, [part = '', ...rest]: readonly string[], value: unknown): ApiRecord {
  if (rest.length === 0) return { ...record, [part]: value }
  const inner = record[part]
  return { ...record, [part]: withValue(isObject(inner) ? inner : {}, rest, value) }
}

/** A form's values as the API has them: a dotted key goes into its object, on top of the values of that object in `base`. */
export function toApi(values: FormValues, base: ApiRecord = {}): ApiRecord {
  let body: ApiRecord = {}
  for (const [key, value] of Object.entries(values)) {
    const parts = key.split('.')
    const [top = ''] = parts
    const current = base[top]
    if (parts.length > 1 && !Object.hasOwn(body, top) && isObject(current)) body = { ...body, [top]: current }
    body = withValue(body, parts, value)
  }
  return body
}

/** The record without the fields that `drop` names. */
export function without(record: ApiRecord, drop: readonly string[]): ApiRecord {
  const whole = new Set(drop.filter((key) => !key.includes('.')))
  const left: Record<string, unknown> = Object.fromEntries(Object.entries(record).filter(([name]) => !whole.has(name)))
  for (const key of drop) {
    const [top = '', ...rest] = key.split('.')
    const inner = Object.hasOwn(left, top) ? left[top] : undefined
    if (rest.length > 0 && isObject(inner)) left[top] = without(inner, [rest.join('.')])
  }
  return left
}
