import type { PbxRecord, RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { hasField, toForm, type ApiRecord } from '@shared/resources/nested'
import type { SingleResource } from '@shared/resources/resource'
import type { PbxClient } from '../../portsip/pbx-client'
import { showRecord, updateRecord } from '../../portsip/records'
import { destroyAssignment } from '../../portsip/trunks'
import { isGone } from '../destroy-many'
import { checkedValues, outcomeOf } from '../records/record-values'
import {
  isLost,
  lost,
  lostResponse,
  readBack,
  readUnchanged,
  stateNotRead,
  updateAndRead,
} from '../records/write-record'

/** The assignment as it stands; undefined where the tenant does not have the trunk. */
export const assignmentNow = (client: PbxClient, place: SingleResource): Promise<ApiRecord | undefined> =>
  showRecord(client, place).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })

/** Gives the trunk to a tenant that does not have it, and reads it back. The same POST would silently change one that is there. */
export async function makeAssignment(
  client: PbxClient,
  place: SingleResource,
  values: RecordValues,
): Promise<WriteOutcome<PbxRecord>> {
  const operation = `POST ${place.path}`
  checkedValues(place, 'create', values)
  if ((await assignmentNow(client, place)) !== undefined)
    throw new FleetError({
      code: 'rejected',
      message: 'The tenant has this trunk already',
      hint: 'Nothing was sent. Its assignment can be changed instead.',
    })
  const concurrency = values['concurrency']
  const sent: RecordValues = {
    did_numbers: values['did_numbers'] ?? '',
    ...(concurrency !== null && concurrency !== undefined && { concurrency }),
  }
  try {
    await updateRecord(client, place, undefined, sent)
  } catch (error) {
    if (!isLost(error)) throw error
    const now = await assignmentNow(client, place).catch(() => {
      throw lost(operation, stateNotRead)
    })
    if (now === undefined) throw lost(operation, 'The answer was lost. The tenant does not have the trunk now.')
    return outcomeOf(place, sent, now)
  }
  return outcomeOf(place, sent, await readBack(client, place, undefined, operation))
}

/**
 * Changes an assignment that nobody else changed since `before` was read. Both fields go out: the POST also makes assignments, and no document says what
 * it takes a missing field for.
 */
export async function changeAssignment(
  client: PbxClient,
  place: SingleResource,
  before: RecordValues,
  changes: RecordValues,
): Promise<WriteOutcome<PbxRecord>> {
  checkedValues(place, 'update', changes, before)
  const current = await readUnchanged(client, place, undefined, before)
  const held = toForm(
    place.fields.filter(({ key }) => hasField(current, key)),
    current,
  ) as RecordValues
  return updateAndRead(client, place, undefined, { ...held, ...changes }, current)
}

/** Takes the trunk from the tenant and looks whether it is gone, whatever the response said; also when that was lost. */
export async function takeAssignment(
  client: PbxClient,
  place: SingleResource & { readonly at: string },
): Promise<void> {
  const operation = `POST ${place.path}/destroy`
  const isAnswered = (await lostResponse(destroyAssignment(client, place.at))) === undefined
  const now = await assignmentNow(client, place).catch((error: unknown) => {
    throw isAnswered
      ? lost(operation, 'The server reported success, but whether the trunk was unassigned could not be read.', error)
      : lost(operation, stateNotRead)
  })
  if (now === undefined) return
  throw lost(
    operation,
    isAnswered
      ? 'The server reported success, but the tenant still has the trunk.'
      : 'The answer was lost. The tenant still has the trunk.',
  )
}
