import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import { listIds, type ListId } from '@shared/resources/ids'
import { identityKey } from '@shared/resources/identity'
import type { ApiRecord } from '@shared/resources/nested'
import { listOf, resourceOf } from '@shared/resources/registry'
import type { ListResource } from '@shared/resources/resource'
import { showRecord } from '../../portsip/records'
import { failedResult } from '../writes/outcome'
import { unknownOutcome, unverified } from '../writes/unknown-outcome'
import type { WriteResult } from '../writes/write'
import { duplicateText } from '../records/write-record'
import { readCreated, readMany, type CreatedRecords } from './read-many'
import { differencesOf, notedOf, type SendContext } from './send-step'

/** A step that the server confirmed, and that was not read back yet. */
export interface UnverifiedStep {
  readonly step: PlanStep
  readonly attempt: number
  readonly entry: number
  readonly values: RecordValues
  /** The ID of the record: of a created one the one that the server replied with. */
  readonly id: string
}

const unknown = (operation: string, isNot: string): WriteResult =>
  failedResult(unknownOutcome(operation, `The server confirmed the change, but ${isNot}.`))

function resultOf(
  list: ListResource,
  { step: { write }, values }: UnverifiedStep,
  record: ApiRecord | undefined,
): WriteResult {
  const { kind, operation } = write
  if (kind === 'delete')
    return record === undefined ? { outcome: 'done' } : unknown(operation, `the ${list.one} is still there`)
  if (record === undefined) return unknown(operation, `the ${list.one} is not there`)
  const noted = notedOf(list, values, record)
  if (noted.differences?.length === Object.keys(values).length)
    return { ...unknown(operation, 'none of the values is stored'), ...noted }
  return { outcome: 'done', ...noted }
}

function createdResult(
  { targetOf }: SendContext,
  list: ListResource,
  { step: { write }, values, id }: UnverifiedStep,
  read: CreatedRecords | undefined,
): WriteResult {
  const record = read?.found.get(id)
  if (record === undefined) return unknown(write.operation, `the ${list.one} is not there`)
  if (identityKey(list, record) !== identityKey(list, values))
    return unknown(write.operation, 'replied with the ID of another record')
  const differences = differencesOf(targetOf(list.id as ListId), values, record)
  const other = read?.duplicates.get(id)
  const duplicate = duplicateText(list, values, other === undefined ? [] : [other], new Set())
  return {
    ...{ outcome: 'done', newId: id },
    ...(differences.length > 0 && { differences }),
    ...(duplicate !== undefined && { error: { code: 'duplicate', message: duplicate } }),
  }
}

/**
 * Reads back what was confirmed, the records of each list in one reading, and calls `settle` for each step. What cannot be read is unknown; a reading that fails is thrown
 * where `isFinal` says that no later one can succeed now.
 */
export async function readBackAll(
  context: SendContext,
  sent: readonly UnverifiedStep[],
  settle: (step: UnverifiedStep, result: WriteResult) => void,
  isFinal: (error: unknown) => boolean,
): Promise<void> {
  for (const name of new Set(sent.map(({ step }) => step.write.resource))) {
    const of = sent.filter(({ step }) => step.write.resource === name)
    const list = listIds.find((id) => id === name)
    try {
      if (list === undefined) {
        const resource = resourceOf(name)
        const record = await showRecord(context.reader, resource)
        for (const each of of) settle(each, { outcome: 'done', ...notedOf(resource, each.values, record) })
        continue
      }
      const described = listOf(list)
      // The server deletes these in the background, and still lists what it has accepted to delete.
      const isLater = ({ step: { write } }: UnverifiedStep): boolean =>
        write.kind === 'delete' && described.destroyedLater === true
      const isCreate = ({ step: { write } }: UnverifiedStep): boolean => write.kind === 'create'
      const created = of.filter(isCreate)
      const others = of.filter((each) => !isLater(each) && !isCreate(each))
      const values = new Map(created.map((each) => [each.id, each.values]))
      const fresh = created.length === 0 ? undefined : await readCreated(context.reader, described, values)
      const read = (kind: string, mayBeGone: boolean) =>
        readMany(
          context.reader,
          described,
          others.filter(({ step }) => step.write.kind === kind).map(({ id }) => id),
          { mayBeGone },
        )
      const found = new Map([...(await read('change', false)), ...(await read('delete', true))])
      const results = [
        ...others.map((each) => [each, resultOf(described, each, found.get(each.id))] as const),
        ...created.map((each) => [each, createdResult(context, described, each, fresh)] as const),
      ]
      for (const [each, result] of results) settle(each, result)
      for (const each of of.filter(isLater)) settle(each, { outcome: 'done' })
    } catch (error) {
      if (isFinal(error)) throw error
      for (const each of of) settle(each, failedResult(unverified(each.step.write.operation, error)))
    }
  }
}
