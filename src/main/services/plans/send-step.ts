import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import { listIds, type ListId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'
import { listOf, resourceOf } from '@shared/resources/registry'
import type { ListResource, Resource } from '@shared/resources/resource'
import type { PbxReader } from '../../portsip/pbx-client'
import { destroyRecord, showRecord, updateRecord } from '../../portsip/records'
import { isGone } from '../is-gone'
import type { ListTarget } from '../lists/target'
import { differencesIn, outcomeOf, updateBody } from '../records/record-values'
import { sameRows } from '../records/same-rows'
import { describedValues, secretTexts } from '../records/write-record'
import type { Approved, SendResult } from '../writes/approved'
import type { Noted, Sending, Write } from '../writes/write'
import type { Remember } from '../certificate/send-certificate'
import { assignmentSending, isAssignment } from './assignments'
import { certificateStepSending, isCertificate } from './certificate-step'

export interface SendContext {
  readonly reader: PbxReader
  readonly targetOf: (resource: ListId) => ListTarget
  /** Stores that this app has uploaded a certificate to the server. */
  readonly remember: Remember
  /** Called when there was no response to this step and reading settles it. */
  readonly onResponseMissing?: (n: number) => void
}

/** A step to send: its values including secrets, and the record that it changes, as just read. */
export interface StepToSend {
  readonly step: PlanStep
  readonly values: RecordValues
  readonly current: ApiRecord | undefined
}

/** `value` comes from settling a missing response; `reply` is the ID of the created record. */
export type SentStep = SendResult<string, Noted>

type SendingHalf = Omit<Sending<string, Noted>, 'readBack' | 'noted'>

/** What the journal stores about a record after the change. */
export function notedResult(resource: Resource, values: RecordValues, record: ApiRecord): Noted {
  const { differences } = outcomeOf(resource, values, record)
  return differences.length > 0 ? { differences } : {}
}

/** Fields of a created record whose stored value differs from the sent one. */
export const differencesOf = (target: ListTarget, values: RecordValues, record: ApiRecord) =>
  differencesIn(target.compared(values), values, record)

function createSending({ reader, targetOf }: SendContext, list: ListResource, values: RecordValues): SendingHalf {
  const target = targetOf(list.id as ListId)
  return {
    send: (writer) => target.create(writer, values),
    secrets: secretTexts(target, values),
    settling: {
      find: async () => {
        for (const row of await sameRows(reader, list, values)) {
          const whole = (await target.whole?.(reader, row.id, new AbortController().signal)) ?? row
          if (differencesOf(target, values, whole).length === 0) return { newId: row.id }
        }
        return undefined
      },
      missing: `No new ${list.singular} like this is on the server now.`,
    },
  }
}

function changeSending(
  { reader }: SendContext,
  resource: Resource,
  { step: { write }, values, current = {} }: StepToSend,
): SendingHalf {
  const body = updateBody(resource, values, current)
  return {
    send: async (writer) => {
      await updateRecord(writer, resource, write.id, body)
      return ''
    },
    secrets: secretTexts(resource, values),
    settling: {
      find: async () => {
        const noted = notedResult(resource, values, await showRecord(reader, resource, write.id))
        return noted.differences === undefined ? noted : undefined
      },
      missing: 'The change is not, or not completely, on the server.',
    },
  }
}

function deleteSending({ reader }: SendContext, list: ListResource, { write: { id = '' } }: PlanStep): SendingHalf {
  return {
    send: async (writer) => {
      await destroyRecord(writer, list, id)
      return ''
    },
    settling: {
      find: () =>
        showRecord(reader, list, id).then(
          () => undefined,
          (error: unknown) => {
            if (isGone(error)) return {}
            throw error
          },
        ),
      missing: `The ${list.singular} is still there.`,
    },
  }
}

/** The list of a step that creates or deletes. */
export function listOfStep({ write: { resource } }: PlanStep): ListResource {
  const list = listIds.find((id) => id === resource)
  if (list === undefined) throw new Error(`${resource} is no list`)
  return listOf(list)
}

/**
 * Enters a step in the journal and sends it once. A missing response is settled by reading; confirmed steps are read
 * back later together. Throws only if nothing was sent.
 */
export async function sendStep(context: SendContext, approved: Approved, toSend: StepToSend): Promise<SentStep> {
  const { step, values, current } = toSend
  const resource = resourceOf(step.write.resource)
  const before = current === undefined ? step.write.before : describedValues(resource, current)
  const write: Write = { ...step.write, before }
  const onResponseMissing = (): void => context.onResponseMissing?.(step.n)
  const begin = ({ settling, ...sending }: SendingHalf): Promise<SentStep> =>
    approved.begin(write, { ...sending, ...(settling && { settling: { ...settling, onResponseMissing } }) })
  if (isAssignment(step)) {
    const { send, settling } = assignmentSending(context.reader, step)
    return begin({ send, settling })
  }
  if (isCertificate(step)) {
    const { send, settling, secrets } = certificateStepSending(context.reader, step, values, context.remember)
    return begin({ send, settling, secrets })
  }
  switch (step.write.kind) {
    case 'create':
      return begin(createSending(context, listOfStep(step), values))
    case 'change':
      return begin(changeSending(context, resource, toSend))
    case 'delete':
      return begin(deleteSending(context, listOfStep(step), step))
  }
}
