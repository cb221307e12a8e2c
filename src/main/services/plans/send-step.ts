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
import type { Approved, Begun } from '../writes/approved'
import type { Noted, Sending, Write } from '../writes/write'

export interface SendContext {
  readonly reader: PbxReader
  readonly targetOf: (resource: ListId) => ListTarget
  /** The response to this step was lost, and reading settles it. */
  readonly responseLost?: (n: number) => void
}

/** One step on its way: the values that are sent, secrets included, and the record that it changes as it was just read. */
export interface StepToSend {
  readonly step: PlanStep
  readonly values: RecordValues
  readonly current: ApiRecord | undefined
}

/** `value` is what a lost response was settled with; `reply` is the ID of what was created. */
export type SentStep = Begun<string, Noted>

type Half = Omit<Sending<string, Noted>, 'readBack' | 'noted'>

/** What the journal keeps of a record as it is after the change. */
export function notedOf(resource: Resource, values: RecordValues, record: ApiRecord): Noted {
  const { differences } = outcomeOf(resource, values, record)
  return differences.length > 0 ? { differences } : {}
}

/** Fields of a created record whose stored value is another one than was sent. */
export const differencesOf = (target: ListTarget, values: RecordValues, record: ApiRecord) =>
  differencesIn(target.compared(values), values, record)

function creating({ reader, targetOf }: SendContext, list: ListResource, values: RecordValues): Half {
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
      missing: `No new ${list.one} like this is on the server now.`,
    },
  }
}

function changing(
  { reader }: SendContext,
  resource: Resource,
  { step: { write }, values, current = {} }: StepToSend,
): Half {
  const body = updateBody(resource, values, current)
  return {
    send: async (writer) => {
      await updateRecord(writer, resource, write.id, body)
      return ''
    },
    secrets: secretTexts(resource, values),
    settling: {
      find: async () => {
        const noted = notedOf(resource, values, await showRecord(reader, resource, write.id))
        return noted.differences === undefined ? noted : undefined
      },
      missing: 'The change is not, or not completely, on the server.',
    },
  }
}

function deleting({ reader }: SendContext, list: ListResource, { write: { id = '' } }: PlanStep): Half {
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
      missing: `The ${list.one} is still there.`,
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
 * Enters a step in the journal and sends it, once. A lost response is settled by reading; what was confirmed is read back later, together with the others. Throws only
 * where nothing was sent.
 */
export async function sendStep(context: SendContext, approved: Approved, toSend: StepToSend): Promise<SentStep> {
  const { step, values, current } = toSend
  const resource = resourceOf(step.write.resource)
  const before = current === undefined ? step.write.before : describedValues(resource, current)
  const write: Write = { ...step.write, before }
  const lost = (): void => context.responseLost?.(step.n)
  const begin = ({ settling, ...half }: Half): Promise<SentStep> =>
    approved.begin(write, { ...half, ...(settling && { settling: { ...settling, lost } }) })
  switch (step.write.kind) {
    case 'create':
      return begin(creating(context, listOfStep(step), values))
    case 'change':
      return begin(changing(context, resource, toSend))
    case 'delete':
      return begin(deleting(context, listOfStep(step), step))
  }
}
