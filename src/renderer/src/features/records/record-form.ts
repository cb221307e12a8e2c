import type { PbxRecord, RecordValues, RecordView } from '@shared/domain/record'
import { changesInUse } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import { hasField, toForm, valueAt, type FormValues } from '@shared/resources/nested'
import type { Resource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import { asOfVersion, isVersionIn } from '@shared/resources/version'
import { isSecret } from '@shared/resources/secret'

/** Fields of a form: for something new those that this version takes; for something that is there those that the server answered, and its secrets. */
export function formFields(resource: Resource, version: string | undefined, view?: RecordView): readonly FieldSpec[] {
  const inVersion = resource.fields.filter((field) => field.kind !== 'id' && isVersionIn(version, field))
  if (view === undefined)
    return inVersion.filter(({ readOnly }) => readOnly !== true).map((field) => asOfVersion(field, version))
  // What was empty before the PBX asked for it may stay so: it must not stand in the way of another change.
  const isEmpty = ({ key }: FieldSpec): boolean => [undefined, null, ''].includes(valueAt(view.values, key) as null)
  return inVersion
    .filter((field) => (isSecret(field) ? field.createOnly !== true : hasField(view.values, field.key)))
    .map((field) => (isEmpty(field) ? field : asOfVersion(field, version)))
}

/** What a form begins with: the server's values, or for something new the defaults that the API documents, or what we propose. */
export const startValues = (fields: readonly FieldSpec[], view?: RecordView): FormValues =>
  view === undefined
    ? Object.fromEntries(fields.map((field) => [field.key, field.default ?? field.preset ?? null]))
    : toForm(fields, view.values)

/** A copy as the start of something new, without what belongs to the original alone. */
export const copyValues = (
  fields: readonly FieldSpec[],
  row: PbxRecord,
  notCopied: readonly string[] = [],
): FormValues =>
  toForm(
    fields.filter(({ key }) => !notCopied.includes(key)),
    row,
  )

/** Only the changed fields that are of use, as an update sends them. */
export const changesOf = (fields: readonly FieldSpec[], before: FormValues, after: FormValues): RecordValues =>
  Object.fromEntries(changesInUse(fields, before, after).map(({ key }) => [key, after[key] ?? null])) as RecordValues

/** What a draft may keep: everything but secrets. */
export const withoutSecrets = (fields: readonly FieldSpec[], values: FormValues): FormValues => {
  const secrets = new Set(fields.filter(isSecret).map(({ key }) => key))
  return Object.fromEntries(Object.entries(values).filter(([key]) => !secrets.has(key)))
}

export interface DifferenceRow {
  readonly key: string
  readonly label: string
  readonly before?: string
  readonly after: string
}

/** What a write changes, in words; for something new every field that has a value. */
export function differenceRows(
  fields: readonly FieldSpec[],
  before: FormValues | undefined,
  after: FormValues,
): readonly DifferenceRow[] {
  const changed =
    before === undefined
      ? fields.filter((field) => valueText(field, after[field.key]) !== '')
      : changesInUse(fields, before, after)
  return changed.map((field) => ({
    key: field.key,
    label: field.label,
    after: valueText(field, after[field.key]),
    ...(before !== undefined && !isSecret(field) && { before: valueText(field, before[field.key]) }),
  }))
}
