import { isBlank } from '@shared/resources/blank'
import type { RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError, type FieldError } from '@shared/ipc/result'
import { changedFields, comparable } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import { hasField, toApi, toForm, valueAt, type ApiRecord, type FormValues } from '@shared/resources/nested'
import { asOfVersion } from '@shared/resources/version'
import { isOfUse, problemsOf } from '@shared/resources/problem'
import type { Resource } from '@shared/resources/resource'
import { plainText } from '@shared/text/plain-text'
import { publicRecord } from './view'
import { isSecret } from '@shared/resources/secret'

/** The refusal of values before anything is sent, by field. */
export const refused = (one: string, fields: readonly FieldError[]): FleetError =>
  new FleetError({
    code: 'rejected',
    message: `The ${one} cannot be sent as it is`,
    hint: 'The fields say what is wrong. Nothing was sent.',
    fields,
  })

const maySet = (mode: 'create' | 'update', { readOnly, createOnly }: FieldSpec): boolean =>
  readOnly !== true && (mode === 'create' || createOnly !== true)

/** Checks what the window sent against the resource's own description: unknown fields, fields that are not to be set, and limits. */
export function checkedValues(
  resource: Resource,
  mode: 'create' | 'update',
  values: RecordValues,
  all: FormValues = values,
  version?: string,
): void {
  const byKey = new Map(resource.fields.map((field) => [field.key, field]))
  const foreign = Object.keys(values).flatMap((path): FieldError[] => {
    const field = byKey.get(path)
    if (field === undefined) return [{ path, message: 'This field is not known' }]
    return maySet(mode, field) ? [] : [{ path, message: 'This field cannot be set' }]
  })
  const fields = resource.fields.map((field) => asOfVersion(field, version))
  const checked = mode === 'create' ? fields : fields.filter(({ key }) => Object.hasOwn(values, key))
  const problems = [...problemsOf(checked, { ...all, ...values })].map(([path, message]) => ({ path, message }))
  const complaints = [...foreign, ...problems]
  if (complaints.length > 0) throw refused(resource.singular, complaints)
}

/** A blank size means no limit. It is sent if the PBX would assume a limit, but only if it is in the form. */
const isSent = (field: FieldSpec, value: unknown): boolean =>
  !isBlank(value) || (field.kind === 'size' && value !== undefined && !isBlank(field.default))

/** The body of a create: blank fields and those of no use with the others are left out. */
export const createBody = (resource: Resource, values: RecordValues): ApiRecord =>
  toApi(
    Object.fromEntries(
      resource.fields
        .filter((field) => maySet('create', field) && isSent(field, values[field.key]) && isOfUse(field, values))
        .map((field) => [field.key, asSent(field, values[field.key])]),
    ),
  )

/** Kinds whose values are no text: null is all that says they are blank. */
const notText: ReadonlySet<FieldSpec['kind']> = new Set(['number', 'share', 'switch', 'time', 'choice', 'week', 'rows'])

/** A text that was cleared goes out as an empty one, as the API takes text alone there. */
const asSent = ({ kind }: FieldSpec, value: unknown): unknown => (value === null && !notText.has(kind) ? '' : value)

/** The API answers blank fields as null and takes no null: what goes back with an object leaves them out. */
const withoutBlanks = (value: ApiRecord): ApiRecord =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [
        key,
        typeof inner === 'object' && !Array.isArray(inner) ? withoutBlanks(inner as ApiRecord) : inner,
      ]),
  )

/**
 * The body of an update: the changed fields alone, on top of the objects that hold them, and the fields that the API asks for with every change. A
 * field that this server did not answer is refused, as it does not know it.
 */
export function updateBody(resource: Resource, changes: RecordValues, current: ApiRecord): ApiRecord {
  const fields = resource.fields.filter(({ key }) => Object.hasOwn(changes, key))
  const absent = fields.filter((field) => !isSecret(field) && !hasField(current, field.key))
  if (absent.length > 0)
    throw refused(
      resource.singular,
      absent.map(({ key }) => ({ path: key, message: 'This server does not have this field' })),
    )
  const sent = fields.filter((field) => !(isSecret(field) && isBlank(changes[field.key])))
  if (sent.length === 0) return {}
  const always = resource.kind === 'single' ? resource.fields.filter(({ required }) => required === true) : []
  // One without a value was empty, or not understood: it is not sent back.
  const asked = always.map(({ key }) => [key, valueAt(current, key)] as const).filter(([, value]) => value !== null)
  return toApi(
    {
      ...Object.fromEntries(asked),
      ...Object.fromEntries(sent.map((field) => [field.key, asSent(field, changes[field.key])])),
    },
    withoutBlanks(current),
  )
}

/** Fields that somebody else changed since `before` was read. */
export function changedSince(resource: Resource, before: RecordValues, current: ApiRecord): readonly FieldSpec[] {
  const seen = resource.fields.filter((field) => !isSecret(field) && Object.hasOwn(before, field.key))
  return changedFields(seen, before, toForm(seen, current))
}

/** Fields whose value on the server is another one than was sent; secrets cannot be compared, as they do not come back. */
export const differencesIn = (
  fields: readonly FieldSpec[],
  sent: FormValues,
  after: ApiRecord,
): WriteOutcome<ApiRecord>['differences'] =>
  fields
    .filter(
      (field) =>
        !isSecret(field) && comparable(field, sent[field.key]) !== comparable(field, valueAt(after, field.key)),
    )
    .map((field) => ({
      key: field.key,
      sent: plainText(sent[field.key]),
      found: plainText(valueAt(after, field.key)),
    }))

/** Compares what was sent with what is on the server now. */
export const outcomeOf = (resource: Resource, sent: RecordValues, after: ApiRecord): WriteOutcome<ApiRecord> => ({
  after: publicRecord(resource, after),
  differences: differencesIn(
    resource.fields.filter(({ key }) => Object.hasOwn(sent, key)),
    sent,
    after,
  ),
})
