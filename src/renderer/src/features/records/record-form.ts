import type { PbxRecord, RecordValues, RecordView } from '@shared/domain/record'
import { changesInUse } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import { hasField, toForm, valueAt, type FormValues } from '@shared/resources/nested'
import type { Resource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import { asOfVersion, isVersionIn } from '@shared/resources/version'
import { isSecret } from '@shared/resources/secret'

/** The fields of a form: for a new record those of this version; for an existing one those in the reply, and its secrets. */
export function formFields(resource: Resource, version: string | undefined, view?: RecordView): readonly FieldSpec[] {
  const inVersion = resource.fields.filter((field) => field.kind !== 'id' && isVersionIn(version, field))
  if (view === undefined)
    return inVersion.filter(({ readOnly }) => readOnly !== true).map((field) => asOfVersion(field, version))
  // A field that was empty before it became required may stay empty: it must not block another change.
  const isEmpty = ({ key }: FieldSpec): boolean => [undefined, null, ''].includes(valueAt(view.values, key) as null)
  return inVersion
    .filter((field) => (isSecret(field) ? field.createOnly !== true : hasField(view.values, field.key)))
    .map((field) => (isEmpty(field) ? field : asOfVersion(field, version)))
}

/** The initial values of a form: those of the server; for a new record the defaults of the API, or our presets. */
export const startValues = (fields: readonly FieldSpec[], view?: RecordView): FormValues =>
  view === undefined
    ? Object.fromEntries(fields.map((field) => [field.key, field.default ?? field.preset ?? null]))
    : toForm(fields, view.values)

/** The values of a copy, without those that only the original can have. */
export const copyValues = (
  fields: readonly FieldSpec[],
  row: PbxRecord,
  notCopied: readonly string[] = [],
): FormValues =>
  toForm(
    fields.filter(({ key }) => !notCopied.includes(key)),
    row,
  )

/** The changed fields that apply, as an update sends them. */
export const changesOf = (fields: readonly FieldSpec[], before: FormValues, after: FormValues): RecordValues =>
  Object.fromEntries(changesInUse(fields, before, after).map(({ key }) => [key, after[key] ?? null])) as RecordValues

/** The values that may be saved as a draft. */
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

/** The changes of a write as text; for a new record every field with a value. */
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
    label: fieldTitle(fields, field),
    after: valueText(field, after[field.key]),
    ...(before !== undefined && !isSecret(field) && { before: valueText(field, before[field.key]) }),
  }))
}
