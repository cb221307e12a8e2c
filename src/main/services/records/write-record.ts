import type { RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import type { ListResource, Resource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import type { PbxClient } from '../../portsip/pbx-client'
import { createRecord, findRecords, showRecord, updateRecord, wholeList } from '../../portsip/records'
import { createBody, movedSince, outcomeOf, updateBody } from './record-values'

/** Whether nobody knows if a write took hold. */
export const isLost = (error: unknown): error is FleetError =>
  error instanceof FleetError && error.detail.code === 'unknown-outcome'

/** Resolves with the error of a change whose response was lost, and with nothing for one that was answered. Throws every other error. */
export const lostResponse = (sent: Promise<unknown>): Promise<FleetError | undefined> =>
  sent.then(
    () => undefined,
    (error: unknown) => {
      if (isLost(error)) return error
      throw error
    },
  )

export const lost = (operation: string, message: string, cause?: unknown): FleetError =>
  new FleetError(
    {
      code: 'unknown-outcome',
      operation,
      message,
      hint: 'Nothing was sent again. Look at what holds before another try.',
    },
    { cause },
  )

export const stateNotRead = 'The answer was lost, and the state could not be read afterwards.'

/** What a write that was answered left. */
export async function readBack(
  client: PbxClient,
  resource: Resource,
  id: string | undefined,
  operation: string,
): Promise<ApiRecord> {
  try {
    return await showRecord(client, resource, id)
  } catch (error) {
    throw lost(operation, 'The server took the change, but it could not be read back.', error)
  }
}

/** The ids of rows that bear this name, for telling whether a create whose answer was lost took hold. */
async function idsNamed(client: PbxClient, list: ListResource, name: unknown): Promise<readonly string[]> {
  const hasName = (row: ApiRecord): boolean => valueAt(row, list.nameKey) === name
  const rows = list.paged
    ? await findRecords(client, list, [{ key: list.nameKey, operator: 'eq', value: String(name) }], hasName)
    : (await wholeList(client, list)).filter(hasName)
  return rows.map(({ id }) => id)
}

/** Creates a record and reads it back. When the answer is lost, one that was not there before and holds what was sent is it. */
export async function createAndRead(
  client: PbxClient,
  list: ListResource,
  values: RecordValues,
): Promise<WriteOutcome<ApiRecord>> {
  const operation = `POST ${list.path}`
  const body = createBody(list, values)
  const name = values[list.nameKey]
  const known = new Set(await idsNamed(client, list, name))
  try {
    const id = await createRecord(client, list, body)
    return outcomeOf(list, sentOf(list, values, body), await readBack(client, list, id, operation))
  } catch (error) {
    if (!isLost(error) || (error as FleetError).cause !== undefined) throw error
    const ids = await idsNamed(client, list, name).catch(() => {
      throw lost(operation, stateNotRead)
    })
    for (const id of ids.filter((each) => !known.has(each))) {
      const made = outcomeOf(list, sentOf(list, values, body), await readBack(client, list, id, operation))
      if (made.differences.length === 0) return made
    }
    throw lost(operation, `The answer was lost. No new ${list.one} like this is on the server now.`)
  }
}

/** What of the form's values went out: the others are not expected to come back. */
const sentOf = ({ fields }: Resource, values: RecordValues, body: ApiRecord): RecordValues =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([key]) => fields.some((field) => field.key === key) && valueAt(body, key) !== undefined,
    ),
  )

/** The record as it stands just before a write; fields that somebody else changed since `before` was read stop it. */
export async function readUnchanged(
  client: PbxClient,
  resource: Resource,
  id: string | undefined,
  before: RecordValues,
): Promise<ApiRecord> {
  const current = await showRecord(client, resource, id)
  const moved = movedSince(resource, before, current)
  if (moved.length === 0) return current
  throw new FleetError({
    code: 'conflict',
    message: `Somebody else changed this ${resource.one} meanwhile`,
    hint: 'Compare the two and decide field by field.',
    fields: moved.map((field) => ({
      path: field.key,
      message: `Now on the server: ${valueText(field, valueAt(current, field.key)) || 'empty'}`,
    })),
  })
}

/** Sends the changed fields and reads the record back. */
export async function updateAndRead(
  client: PbxClient,
  resource: Resource,
  id: string | undefined,
  changes: RecordValues,
  current: ApiRecord,
): Promise<WriteOutcome<ApiRecord>> {
  const operation = `POST ${resource.path}${id === undefined ? '' : '/{id}'}`
  const body = updateBody(resource, changes, current)
  if (Object.keys(body).length === 0) return outcomeOf(resource, {}, current)
  try {
    await updateRecord(client, resource, id, body)
  } catch (error) {
    if (!isLost(error)) throw error
    const now = await showRecord(client, resource, id).catch(() => {
      throw lost(operation, stateNotRead)
    })
    const found = outcomeOf(resource, changes, now)
    if (found.differences.length === 0) return found
    throw lost(operation, 'The answer was lost. The change is not, or not wholly, on the server.')
  }
  return outcomeOf(resource, changes, await readBack(client, resource, id, operation))
}
