import type { PbxRecord, RecordValues } from '@shared/domain/record'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { hasField, toForm, type ApiRecord } from '@shared/resources/nested'
import type { SingleResource } from '@shared/resources/resource'
import { assignmentOf } from '@shared/resources/trunk-assignment'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord, updateRecord } from '../../portsip/records'
import { destroyAssignment } from '../../portsip/trunks'
import { isGone } from '../is-gone'
import { checkedValues, outcomeOf, refused, updateBody } from '../records/record-values'
import { unreadKeys } from '../records/view'
import { describedValues, notedOutcome, readUnchanged } from '../records/write-record'
import type { Approved } from '../writes/approved'
import { verifiedBy } from '../writes/verified-by'
import type { Write } from '../writes/write'

/** The assignment of one trunk to one tenant: where it is, and how the journal names it. */
export interface Assignment {
  readonly place: ReturnType<typeof assignmentOf>
  readonly about: Pick<Write, 'resource' | 'identity' | 'id' | 'trunkId'>
}

/** How journal and plans name an assignment. */
export const assignmentText = (trunk: string, tenant: string): string => `assignment of ${trunk} to ${tenant}`

export const assignmentNamed = (at: {
  readonly trunkId: string
  readonly tenantId: string
  readonly trunk: string
  readonly tenant: string
}): Assignment => ({
  place: assignmentOf(at.trunkId, at.tenantId),
  about: {
    resource: 'trunk-assignment',
    identity: assignmentText(at.trunk, at.tenant),
    id: at.tenantId,
    trunkId: at.trunkId,
  },
})

/** The assignment as it is; undefined where the tenant does not have the trunk. */
export const assignmentNow = (reader: PbxReader, place: SingleResource): Promise<ApiRecord | undefined> =>
  showRecord(reader, place).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })

/** Assigns the trunk to a tenant that does not have it, and reads it back. The same POST would silently change one that is there. */
export async function createAssignment(
  approved: Approved,
  reader: PbxReader,
  { place, about }: Assignment,
  values: RecordValues,
): Promise<WriteOutcome<PbxRecord>> {
  checkedValues(place, 'create', values)
  if ((await approved.before(() => assignmentNow(reader, place))) !== undefined)
    throw new FleetError({
      code: 'conflict',
      message: 'This trunk is already assigned to the tenant',
      hint: 'Nothing was sent. Change the assignment instead.',
    })
  const concurrency = values['concurrency']
  const sent: RecordValues = {
    did_numbers: values['did_numbers'] ?? '',
    ...(concurrency !== null && concurrency !== undefined && { concurrency }),
  }
  return approved.perform(
    { kind: 'create', operation: `POST ${place.path}`, ...about, before: {}, changes: sent },
    {
      send: (writer) => updateRecord(writer, place, undefined, sent),
      readBack: async () => outcomeOf(place, sent, await showRecord(reader, place)),
      noted: notedOutcome,
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

/** Throws `rejected` for a field that has to be sent with the change, and whose value was not understood. */
function requireUnderstood(place: SingleResource, current: ApiRecord, changes: RecordValues): void {
  const unread = unreadKeys(place, current).filter((key) => !Object.hasOwn(changes, key))
  if (unread.length === 0) return
  const message = 'The PBX returned an unexpected value. Enter a value to send with the change'
  throw refused(
    place.singular,
    unread.map((path) => ({ path, message })),
  )
}

/**
 * Changes an assignment that nobody else changed since `before` was read. Both fields are sent: the POST also creates assignments, and no document says how
 * it treats a missing field.
 */
export async function changeAssignment(
  approved: Approved,
  reader: PbxReader,
  { place, about }: Assignment,
  before: RecordValues,
  changes: RecordValues,
): Promise<WriteOutcome<PbxRecord>> {
  checkedValues(place, 'update', changes, before)
  const current = await approved.before(() => readUnchanged(reader, place, undefined, before))
  requireUnderstood(place, current, changes)
  const known = place.fields.filter(({ key }) => hasField(current, key))
  const sent = { ...(toForm(known, current) as RecordValues), ...changes }
  const body = updateBody(place, sent, current)
  const outcome = async () => outcomeOf(place, sent, await showRecord(reader, place))
  return approved.perform(
    { kind: 'change', operation: `POST ${place.path}`, ...about, before: describedValues(place, current), changes },
    {
      send: (writer) => updateRecord(writer, place, undefined, body),
      readBack: outcome,
      noted: notedOutcome,
      settling: {
        find: async () => {
          const now = await outcome()
          return now.differences.length === 0 ? now : undefined
        },
        missing: 'The change is not, or not completely, on the server.',
      },
    },
  )
}

/** Unassigns the trunk and checks that it is gone, whatever the response was. Throws `conflict` where it has other values than `expected`. */
export async function removeAssignment(
  approved: Approved,
  reader: PbxReader,
  { place, about }: Assignment,
  expected: RecordValues = {},
): Promise<void> {
  const operation = `POST ${place.path}/destroy`
  const before = await approved.before(() => readUnchanged(reader, place, undefined, expected))
  const isUnassigned = async () => ((await assignmentNow(reader, place)) === undefined ? true : undefined)
  await approved.perform(
    { kind: 'delete', operation, ...about, before: describedValues(place, before), changes: {} },
    {
      send: (writer) => destroyAssignment(writer, place.at),
      ...verifiedBy(operation, isUnassigned, 'the tenant still has the trunk'),
    },
  )
}
