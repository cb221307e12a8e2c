import type { PlanStep } from '@shared/domain/plan'
import type { RecordCheck, RecordValues } from '@shared/domain/record'
import { dealers } from '@shared/resources/dealer'
import { dealerIdOf } from '@shared/resources/dealer-assignment'
import { assignmentIds } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'
import { assignmentOf, trunkAssignment } from '@shared/resources/trunk-assignment'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord, updateRecord } from '../../portsip/records'
import { assignDealer, removeDealer } from '../../portsip/tenants'
import { destroyAssignment } from '../../portsip/trunks'
import { isGone } from '../is-gone'
import { changedSince, outcomeOf } from '../records/record-values'
import { hasDealer } from '../tenants/dealer-assignment'
import { assignmentNow } from '../trunks/write-assignment'
import { verifiedBy } from '../writes/verified-by'
import type { Noted, Sending } from '../writes/write'
import type { Decision } from './decision'

type AssignmentWrite = PlanStep['write']

/** The checks of assigning and unassigning a trunk; without a tenant's ID those of a new tenant. */
export interface TrunkChecks {
  readonly assign: (trunkId: string, tenantId: string, changes: RecordValues) => Promise<RecordCheck>
  readonly unassign: (trunkId: string, tenantId: string) => Promise<RecordCheck>
}

/** What a step does: it is decided already, or is to be sent after these checks. */
type CheckedAssignment = RecordCheck | Decision

const decided = (outcome: Decision['outcome'], message: string): Decision => ({ outcome, message })
const nothingFound: RecordCheck = { guards: [], warnings: [] }

/** Whether a step assigns a tenant to a trunk or a dealer, or ends that. */
export const isAssignment = ({ write: { resource } }: PlanStep): boolean => assignmentIds.some((id) => id === resource)

const placeOf = ({ trunkId = '', id = '' }: AssignmentWrite) => assignmentOf(trunkId, id)

/** The assignment of the trunk; undefined if the tenant does not have it, or is only created by an earlier step. */
const currentTrunk = async (reader: PbxReader, write: AssignmentWrite): Promise<ApiRecord | undefined> =>
  write.id === undefined ? undefined : assignmentNow(reader, placeOf(write))

/** Whether the tenant belongs to the dealer; one that is only created by an earlier step does not. */
const isAssignedNow = async (reader: PbxReader, write: AssignmentWrite): Promise<boolean> =>
  write.id !== undefined && hasDealer(reader, write.id, dealerIdOf(write))

async function checkTrunk(reader: PbxReader, checks: TrunkChecks, write: AssignmentWrite): Promise<CheckedAssignment> {
  const { kind, id = '', trunkId = '', before, changes } = write
  const current = await currentTrunk(reader, write)
  if (kind === 'delete') {
    if (current === undefined) return decided('alreadyInPlace', 'Already unassigned')
    if (changedSince(trunkAssignment, before, current).length > 0)
      return decided('conflict', 'The assignment was changed on the server in the meantime')
    return checks.unassign(trunkId, id)
  }
  if (current !== undefined)
    return changedSince(trunkAssignment, changes, current).length === 0
      ? decided('alreadyInPlace', 'Already assigned')
      : decided('conflict', 'The trunk is assigned to the tenant with other values')
  try {
    return await checks.assign(trunkId, id, changes)
  } catch (error) {
    if (isGone(error)) return decided('conflict', 'The trunk is no longer on the server')
    throw error
  }
}

async function checkDealer(reader: PbxReader, write: AssignmentWrite): Promise<CheckedAssignment> {
  const isAssigned = await isAssignedNow(reader, write)
  if (write.kind === 'delete') return isAssigned ? nothingFound : decided('alreadyInPlace', 'Already unassigned')
  if (isAssigned) return decided('alreadyInPlace', 'Already assigned')
  try {
    const { enabled } = await showRecord(reader, dealers, dealerIdOf(write))
    return enabled === false ? { guards: [], warnings: ['The dealer is disabled and cannot sign in.'] } : nothingFound
  } catch (error) {
    if (isGone(error)) return decided('conflict', 'The dealer is no longer on the server')
    throw error
  }
}

/** Compares a step with the server. */
export const checkAssignment = (
  reader: PbxReader,
  checks: TrunkChecks,
  { write }: PlanStep,
): Promise<CheckedAssignment> =>
  write.resource === 'trunk-assignment' ? checkTrunk(reader, checks, write) : checkDealer(reader, write)

/** Evidence that the step is done; undefined if there is none. */
async function evidenceOf(reader: PbxReader, write: AssignmentWrite): Promise<Noted | undefined> {
  const isDelete = write.kind === 'delete'
  if (write.resource === 'dealer-assignment') return (await isAssignedNow(reader, write)) === isDelete ? undefined : {}
  const current = await currentTrunk(reader, write)
  if (isDelete) return current === undefined ? {} : undefined
  if (current === undefined) return undefined
  const { differences } = outcomeOf(trunkAssignment, write.changes, current)
  return differences.length > 0 ? { differences } : {}
}

function missingText({ resource, kind }: AssignmentWrite): string {
  const not = kind !== 'delete'
  if (resource === 'trunk-assignment')
    return not ? 'the tenant does not have the trunk' : 'the tenant still has the trunk'
  return not ? 'the tenant does not belong to this dealer' : 'the tenant still belongs to this dealer'
}

/** How a step is sent, and verified by reading with and without a response. */
export function assignmentSending(
  reader: PbxReader,
  { write }: PlanStep,
): Required<Pick<Sending<string, Noted>, 'send' | 'settling' | 'readBack'>> {
  const { kind, resource, id = '', changes } = write
  return {
    send: async (writer) => {
      const dealerId = dealerIdOf(write)
      if (resource === 'dealer-assignment')
        await (kind === 'delete' ? removeDealer(writer, id, dealerId) : assignDealer(writer, id, dealerId))
      else if (kind === 'delete') await destroyAssignment(writer, placeOf(write).at)
      else await updateRecord(writer, placeOf(write), undefined, changes)
      return ''
    },
    ...verifiedBy(write.operation, () => evidenceOf(reader, write), missingText(write)),
  }
}
