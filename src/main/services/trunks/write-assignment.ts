import type { PbxRecord, RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { hasField, toForm, type ApiRecord } from '@shared/resources/nested'
import type { SingleResource } from '@shared/resources/resource'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord, updateRecord } from '../../portsip/records'
import { destroyAssignment } from '../../portsip/trunks'
import { isGone } from '../is-gone'
import { checkedValues, outcomeOf } from '../records/record-values'
import { describedValues, identityOf, readUnchanged, updateAndRead } from '../records/write-record'
import type { Approved } from '../writes/approved'
import { verifiedBy } from '../writes/verified-by'

/** The assignment of one trunk to one tenant. */
export type AssignmentPlace = SingleResource & { readonly at: string }

/** The assignment as it is; undefined where the tenant does not have the trunk. */
export const assignmentNow = (reader: PbxReader, place: SingleResource): Promise<ApiRecord | undefined> =>
  showRecord(reader, place).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })

/** Assigns the trunk to a tenant that does not have it, and reads it back. The same POST would silently change one that is there. */
export async function makeAssignment(
  approved: Approved,
  reader: PbxReader,
  place: AssignmentPlace,
  values: RecordValues,
): Promise<WriteOutcome<PbxRecord>> {
  const operation = `POST ${place.path}`
  checkedValues(place, 'create', values)
  if ((await approved.before(() => assignmentNow(reader, place))) !== undefined)
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
  return approved.perform(
    { kind: 'create', operation, identity: identityOf(place, {}), before: {}, changes: sent },
    {
      send: (writer) => updateRecord(writer, place, undefined, sent),
      readBack: async () => outcomeOf(place, sent, await showRecord(reader, place)),
      settling: {
        find: async () => {
          const now = await assignmentNow(reader, place)
          return now === undefined ? undefined : outcomeOf(place, sent, now)
        },
        missing: 'The tenant does not have the trunk now.',
      },
    },
  )
}

/**
 * Changes an assignment that nobody else changed since `before` was read. Both fields are sent: the POST also creates assignments, and no document says how
 * it treats a missing field.
 */
export async function changeAssignment(
  approved: Approved,
  reader: PbxReader,
  place: AssignmentPlace,
  before: RecordValues,
  changes: RecordValues,
): Promise<WriteOutcome<PbxRecord>> {
  checkedValues(place, 'update', changes, before)
  const current = await approved.before(() => readUnchanged(reader, place, undefined, before))
  const held = toForm(
    place.fields.filter(({ key }) => hasField(current, key)),
    current,
  ) as RecordValues
  return updateAndRead(approved, reader, place, undefined, { ...held, ...changes }, current)
}

/** Unassigns the trunk and checks that it is gone, whatever the response was. */
export async function takeAssignment(approved: Approved, reader: PbxReader, place: AssignmentPlace): Promise<void> {
  const operation = `POST ${place.path}/destroy`
  const before = await approved.before(() => assignmentNow(reader, place))
  const isGone = async () => ((await assignmentNow(reader, place)) === undefined ? true : undefined)
  await approved.perform(
    {
      kind: 'delete',
      operation,
      identity: identityOf(place, {}),
      before: before === undefined ? {} : describedValues(place, before),
      changes: {},
    },
    {
      send: (writer) => destroyAssignment(writer, place.at),
      ...verifiedBy(operation, isGone, 'the tenant still has the trunk'),
    },
  )
}
