import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import { listIds, type ListId } from '@shared/resources/ids'
import { identityKey } from '@shared/resources/identity'
import type { ApiRecord } from '@shared/resources/nested'
import { listOf, resourceOf } from '@shared/resources/registry'
import type { ListResource } from '@shared/resources/resource'
import { showRecord } from '../../portsip/records'
import { failedResult } from '../writes/outcome'
import { isUnknown, unknownOutcome, unverified } from '../writes/unknown-outcome'
import type { WriteResult } from '../writes/write'
import { duplicateText } from '../records/write-record'
import { assignmentSending, isAssignment } from './assignments'
import { certificateStepSending, isCertificate } from './certificate-step'
import { readCreated, readMany, type CreatedRecords } from './read-many'
import { differencesOf, notedResult, type SendContext } from './send-step'

/** A step that the server confirmed and that was not read back yet. */
export interface UnverifiedStep {
  readonly step: PlanStep
  readonly attempt: number
  readonly entry: number
  readonly values: RecordValues
  /** The ID of the record, for a created one from the response. */
  readonly id: string
}

const unknownResult = (operation: string, difference: string): WriteResult =>
  failedResult(unknownOutcome(operation, `The server confirmed the change, but ${difference}.`))

function resultOf(
  list: ListResource,
  { step: { write }, values }: UnverifiedStep,
  record: ApiRecord | undefined,
): WriteResult {
  const { kind, operation } = write
  if (kind === 'delete')
    return record === undefined ? { outcome: 'done' } : unknownResult(operation, `the ${list.singular} is still there`)
  if (record === undefined) return unknownResult(operation, `the ${list.singular} is not there`)
  const noted = notedResult(list, values, record)
  if (noted.differences?.length === Object.keys(values).length)
    return { ...unknownResult(operation, 'none of the values is stored'), ...noted }
  return { outcome: 'done', ...noted }
}

function createdResult(
  { targetOf }: SendContext,
  list: ListResource,
  { step: { write }, values, id }: UnverifiedStep,
  read: CreatedRecords | undefined,
): WriteResult {
  const record = read?.records.get(id)
  if (record === undefined) return unknownResult(write.operation, `the ${list.singular} is not there`)
  if (identityKey(list, record) !== identityKey(list, values))
    return unknownResult(write.operation, 'the ID in its response is that of another record')
  const differences = differencesOf(targetOf(list.id as ListId), values, record)
  const other = read?.duplicates.get(id)
  const duplicate = duplicateText(list, values, other === undefined ? [] : [other], new Set())
  return {
    ...{ outcome: 'done', newId: id },
    ...(differences.length > 0 && { differences }),
    ...(duplicate !== undefined && { error: { code: 'duplicate', message: duplicate } }),
  }
}

/** The sending of what is no record, which verifies itself; undefined for a record. */
function ownSending({ reader, remember }: SendContext, { step, values }: UnverifiedStep) {
  if (isAssignment(step)) return assignmentSending(reader, step)
  return isCertificate(step) ? certificateStepSending(reader, step, values, remember) : undefined
}

async function ownResult({ readBack }: NonNullable<ReturnType<typeof ownSending>>): Promise<WriteResult> {
  try {
    return { outcome: 'done', ...(await readBack('')) }
  } catch (error) {
    if (isUnknown(error)) return failedResult(error)
    throw error
  }
}

/**
 * Reads back confirmed steps, the records of each list together, and calls `settle` for each step. Steps that cannot be
 * read are unknown. An error is thrown if, according to `isFinal`, no later read can succeed.
 */
export async function readBackAll(
  context: SendContext,
  sent: readonly UnverifiedStep[],
  settle: (step: UnverifiedStep, result: WriteResult) => void,
  isFinal: (error: unknown) => boolean,
): Promise<void> {
  for (const name of new Set(sent.map(({ step }) => step.write.resource))) {
    const stepsOfList = sent.filter(({ step }) => step.write.resource === name)
    const list = listIds.find((id) => id === name)
    try {
      if (list === undefined) {
        const recordSteps: UnverifiedStep[] = []
        for (const sentStep of stepsOfList) {
          const sending = ownSending(context, sentStep)
          if (sending === undefined) recordSteps.push(sentStep)
          else settle(sentStep, await ownResult(sending))
        }
        if (recordSteps.length === 0) continue
        const resource = resourceOf(name)
        const record = await showRecord(context.reader, resource)
        for (const sentStep of recordSteps)
          settle(sentStep, { outcome: 'done', ...notedResult(resource, sentStep.values, record) })
        continue
      }
      const described = listOf(list)
      // The server deletes these in the background and still lists them after it has accepted the deletion.
      const isDeletedLater = ({ step: { write } }: UnverifiedStep): boolean =>
        write.kind === 'delete' && described.destroyedLater === true
      const isCreate = ({ step: { write } }: UnverifiedStep): boolean => write.kind === 'create'
      const created = stepsOfList.filter(isCreate)
      const others = stepsOfList.filter((sentStep) => !isDeletedLater(sentStep) && !isCreate(sentStep))
      const values = new Map(created.map((sentStep) => [sentStep.id, sentStep.values]))
      const createdRecords = created.length === 0 ? undefined : await readCreated(context.reader, described, values)
      const read = (kind: string, mayBeDeleted: boolean) =>
        readMany(
          context.reader,
          described,
          others.filter(({ step }) => step.write.kind === kind).map(({ id }) => id),
          { mayBeDeleted },
        )
      const records = new Map([...(await read('change', false)), ...(await read('delete', true))])
      const results = [
        ...others.map((sentStep) => [sentStep, resultOf(described, sentStep, records.get(sentStep.id))] as const),
        ...created.map((sentStep) => [sentStep, createdResult(context, described, sentStep, createdRecords)] as const),
      ]
      for (const [sentStep, result] of results) settle(sentStep, result)
      for (const sentStep of stepsOfList.filter(isDeletedLater)) settle(sentStep, { outcome: 'done' })
    } catch (error) {
      if (isFinal(error)) throw error
      for (const sentStep of stepsOfList)
        settle(sentStep, failedResult(unverified(sentStep.step.write.operation, error)))
    }
  }
}
