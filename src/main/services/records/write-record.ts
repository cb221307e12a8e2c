import type { RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { identityKey, identityText } from '@shared/resources/identity'
import { resourceIds } from '@shared/resources/ids'
import { toForm, valueAt, type ApiRecord } from '@shared/resources/nested'
import { hasSummaries, type ListResource, type Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import { plainText } from '@shared/text/plain-text'
import { valueText } from '@shared/resources/value-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { createRecord, destroyRecord, showRecord, updateRecord, type ListedRecord } from '../../portsip/records'
import { isGone } from '../is-gone'
import type { Approved } from '../writes/approved'
import { unknownOutcome } from '../writes/unknown-outcome'
import { verifiedBy } from '../writes/verified-by'
import type { Noted, Write } from '../writes/write'
import { createBody, changedSince, outcomeOf, updateBody } from './record-values'
import { sameRows } from './same-rows'
import { showExisting } from './show-existing'

/** A record as the journal names it. */
export function identityOf(resource: Resource, record: ApiRecord): string {
  return resource.kind === 'list'
    ? `${resource.singular} ${plainText(valueAt(record, resource.nameKey))}`
    : resource.label
}

/** The resource of a write, where it is one of those that are described by name. */
export const resourceName = ({ id }: Pick<Resource, 'id'>): Pick<Write, 'resource'> => {
  const resource = resourceIds.find((each) => each === id)
  return resource === undefined ? {} : { resource }
}

/** What the journal keeps of a record that was read back. */
export const notedOutcome = ({ after, differences, duplicate }: WriteOutcome<ApiRecord>): Noted => ({
  ...(typeof after['id'] === 'string' && { newId: after['id'] }),
  ...(differences.length > 0 && { differences }),
  ...(duplicate !== undefined && { error: { code: 'duplicate', message: duplicate } }),
})

/** The described fields of a record, without secrets. */
export const describedValues = ({ fields }: Resource, record: ApiRecord): RecordValues =>
  toForm(
    fields.filter((field) => !isSecret(field)),
    record,
  ) as RecordValues

/** What the fields are set to; of a secret only that it is set. */
export const withoutSecrets = ({ fields }: Pick<Resource, 'fields'>, values: RecordValues): RecordValues => {
  const secrets = new Set(fields.filter(isSecret).map(({ key }) => key))
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, secrets.has(key) ? '(set)' : value]))
}

/** The values of secret fields, which no error may repeat. */
export const secretTexts = ({ fields }: Pick<Resource, 'fields'>, values: RecordValues): readonly string[] =>
  fields.filter(isSecret).map(({ key }) => plainText(values[key]))

/** Says that another record has the identity of these values; `known` are the IDs of those that were there before. */
export function duplicateText(
  list: ListResource,
  values: RecordValues,
  others: readonly ListedRecord[],
  known: ReadonlySet<string>,
): string | undefined {
  const other = others.find(({ id }) => !known.has(id)) ?? others[0]
  if (other === undefined) return undefined
  const name = list.identity[0] === 'cidr' ? `for ${identityText(list, values)}` : identityText(list, values)
  const text = `Another ${list.singular} ${name} is on the server`
  return known.has(other.id) ? `${text}.` : `${text}: it was probably created at the same time.`
}

const otherRecordText = 'The server confirmed the change, but the ID in its response is that of another record.'

/** Creates a record and reads it back. After a lost response it is one that was not there before and has the values that were sent. */
export async function createAndRead(
  approved: Approved,
  reader: PbxReader,
  list: ListResource,
  values: RecordValues,
): Promise<WriteOutcome<ApiRecord>> {
  const operation = `POST ${list.path}`
  const body = createBody(list, values)
  const rowsNow = () => sameRows(reader, list, values)
  const known = new Set((await approved.before(rowsNow)).map(({ id }) => id))
  const outcomeFor = (id: string, record: ApiRecord, rows: readonly ListedRecord[]): WriteOutcome<ApiRecord> => {
    const others = rows.filter((each) => each.id !== id)
    const duplicate = duplicateText(list, values, others, known)
    return { ...outcomeOf(list, sentOf(list, values, body), record), ...(duplicate !== undefined && { duplicate }) }
  }
  const recordOf = async (id: string, rows: readonly ListedRecord[]): Promise<ApiRecord> =>
    (hasSummaries(list) ? undefined : rows.find((each) => each.id === id)) ?? showRecord(reader, list, id)
  const newAsSent = async (rows: readonly ListedRecord[]): Promise<WriteOutcome<ApiRecord> | undefined> => {
    for (const { id } of rows.filter((row) => !known.has(row.id))) {
      const found = outcomeFor(id, await recordOf(id, rows), rows)
      if (found.differences.length === 0) return found
    }
    return undefined
  }
  const readBack = async (id: string): Promise<WriteOutcome<ApiRecord>> => {
    // Without the list the record alone is read back.
    const rows = await rowsNow().catch(() => [])
    const record = await recordOf(id, rows)
    if (!known.has(id) && identityKey(list, record) === identityKey(list, values)) return outcomeFor(id, record, rows)
    const found = await newAsSent(rows)
    if (found !== undefined) return found
    throw unknownOutcome(operation, otherRecordText)
  }
  const write: Write = {
    kind: 'create',
    operation,
    ...resourceName(list),
    identity: identityOf(list, values),
    before: {},
    changes: withoutSecrets(list, values),
  }
  return approved.perform(write, {
    send: (writer) => createRecord(writer, list, body),
    readBack,
    noted: notedOutcome,
    secrets: secretTexts(list, values),
    settling: {
      find: async () => newAsSent(await rowsNow()),
      missing: `No new ${list.singular} like this is on the server now.`,
    },
  })
}

/** Those of the form's values that were sent: the others are not expected back. */
const sentOf = ({ fields }: Resource, values: RecordValues, body: ApiRecord): RecordValues =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([key]) => fields.some((field) => field.key === key) && valueAt(body, key) !== undefined,
    ),
  )

/** The record just before a change. Throws `conflict` where somebody else changed fields since `before` was read. */
export async function readUnchanged(
  reader: PbxReader,
  resource: Resource,
  id: string | undefined,
  before: RecordValues,
): Promise<ApiRecord> {
  const current = await showExisting(reader, resource, id)
  const moved = changedSince(resource, before, current)
  if (moved.length === 0) return current
  throw new FleetError({
    code: 'conflict',
    message: `This ${resource.singular} was changed on the server`,
    hint: 'Nothing was sent. Compare the current values with yours.',
    fields: moved.map((field) => ({
      path: field.key,
      message: `Now on the server: ${valueText(field, valueAt(current, field.key)) || 'not set'}`,
    })),
  })
}

/** Sends the changed fields and reads the record back. */
export async function updateAndRead(
  approved: Approved,
  reader: PbxReader,
  resource: Resource,
  id: string | undefined,
  changes: RecordValues,
  current: ApiRecord,
): Promise<WriteOutcome<ApiRecord>> {
  const operation = `POST ${resource.path}${id === undefined ? '' : '/{id}'}`
  const body = updateBody(resource, changes, current)
  if (Object.keys(body).length === 0) return outcomeOf(resource, {}, current)
  const write: Write = {
    kind: 'change',
    operation,
    ...resourceName(resource),
    identity: identityOf(resource, current),
    ...(id !== undefined && { id }),
    before: describedValues(resource, current),
    changes: withoutSecrets(resource, changes),
  }
  return approved.perform(write, {
    send: (writer) => updateRecord(writer, resource, id, body),
    readBack: async () => outcomeOf(resource, changes, await showRecord(reader, resource, id)),
    noted: notedOutcome,
    secrets: secretTexts(resource, changes),
    settling: {
      find: async () => {
        const found = outcomeOf(resource, changes, await showRecord(reader, resource, id))
        return found.differences.length === 0 ? found : undefined
      },
      missing: 'The change is not, or not completely, on the server.',
    },
  })
}

/** Reads a record, deletes it, and checks that it is gone, whatever the response was. Throws `not-found` for one that is gone already. */
export async function destroyAndVerify(
  approved: Approved,
  reader: PbxReader,
  list: ListResource,
  id: string,
): Promise<void> {
  const operation = `POST ${list.path}/{id}/destroy`
  const current = await approved.before(() => showRecord(reader, list, id))
  const isDeleted = (): Promise<true | undefined> =>
    showRecord(reader, list, id).then(
      () => undefined,
      (error: unknown) => {
        if (isGone(error)) return true
        throw error
      },
    )
  const { readBack, settling } = verifiedBy(operation, isDeleted, `the ${list.singular} is still there`)
  await approved.perform(
    {
      kind: 'delete',
      operation,
      ...resourceName(list),
      identity: identityOf(list, current),
      id,
      before: describedValues(list, current),
      changes: {},
    },
    {
      send: (writer) => destroyRecord(writer, list, id),
      // The server deletes in the background: for a while it still lists what it has accepted to delete.
      readBack: list.destroyedLater === true ? () => Promise.resolve(true as const) : readBack,
      settling,
    },
  )
}
