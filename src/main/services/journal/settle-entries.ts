import pMap from 'p-map'
import type { Result } from '@shared/domain/journal'
import type { IntentLine, JournalEntry } from '@shared/domain/journal-view'
import type { RecordValues } from '@shared/domain/record'
import { changedFields } from '@shared/resources/compare'
import { toForm, type ApiRecord } from '@shared/resources/nested'
import { resourceOf } from '@shared/resources/registry'
import { assignmentOf } from '@shared/resources/trunk-assignment'
import type { ListResource, Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { isGone } from '../is-gone'
import { sameRows } from '../records/same-rows'
import type { Journal } from './journal'
import type { Servers } from '../../servers/servers'

type Settled = Pick<Result, 'outcome' | 'newId' | 'error'>

const unknown = (message: string): Settled => ({ outcome: 'unknown', error: { code: 'unknown-outcome', message } })
const ended = 'The app ended before the result was stored.'
const lost = 'The response was lost.'
/** So long after it was sent a server may still make a change, in milliseconds. */
const lateAfter = 120_000

/** A change that is not there was not made, unless its request may still be under way. */
function notThere({ at }: IntentLine, now: number, why: string): Settled {
  const message = `${why} The change is not on the server.`
  return now - Date.parse(at) < lateAfter
    ? unknown(`${message} Its request may still be under way.`)
    : { outcome: 'notSent', error: { code: 'not-found', message } }
}

/** Whether the record has these values; secrets do not come back and cannot be compared. */
function has(resource: Resource, values: RecordValues, record: ApiRecord): boolean {
  const compared = resource.fields.filter((field) => Object.hasOwn(values, field.key) && !isSecret(field))
  return changedFields(compared, values, toForm(compared, record)).length === 0
}

type Found = 'done' | 'not there' | 'other values' | 'gone' | { readonly newId: string }

/** The record, undefined where it is not on the server. */
const recordNow = (reader: PbxReader, resource: Resource, id?: string): Promise<ApiRecord | undefined> =>
  showRecord(reader, resource, id).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })

async function findCreated(reader: PbxReader, list: ListResource, changes: RecordValues): Promise<Found> {
  for (const { id } of await sameRows(reader, list, changes)) {
    const record = await showRecord(reader, list, id)
    if (has(list, changes, record)) return { newId: id }
  }
  return 'not there'
}

async function findChanged(reader: PbxReader, resource: Resource, write: IntentLine['write']): Promise<Found> {
  const { id, before, changes } = write
  const record = await recordNow(reader, resource, resource.kind === 'list' ? id : undefined)
  if (record === undefined) return 'gone'
  if (has(resource, changes, record)) return 'done'
  const changed = Object.fromEntries(Object.entries(before).filter(([key]) => Object.hasOwn(changes, key)))
  return has(resource, changed, record) ? 'not there' : 'other values'
}

async function findAssignment(reader: PbxReader, write: IntentLine['write']): Promise<Found | undefined> {
  const { kind, id, trunkId, changes } = write
  if (id === undefined || trunkId === undefined) return undefined
  const assignment = assignmentOf(trunkId, id)
  if (kind === 'change') return findChanged(reader, assignment, write)
  const record = await recordNow(reader, assignment)
  if (kind === 'delete') return record === undefined ? 'done' : 'not there'
  if (record === undefined) return 'not there'
  return has(assignment, changes, record) ? 'done' : 'other values'
}

/** What shows a change on the server; undefined where nothing could. */
async function find(reader: PbxReader, { write }: IntentLine): Promise<Found | undefined> {
  const { kind, resource: name, id, changes } = write
  if (name === undefined) return undefined
  if (name === 'trunk-assignment') return findAssignment(reader, write)
  const resource = resourceOf(name)
  if (kind === 'create' && resource.kind === 'list') return findCreated(reader, resource, changes)
  if (kind === 'delete' && id !== undefined)
    return (await recordNow(reader, resource, id)) === undefined ? 'done' : 'not there'
  const isReadable = resource.fields.some((field) => Object.hasOwn(changes, field.key) && !isSecret(field))
  if (kind === 'change' && isReadable) return findChanged(reader, resource, write)
  return undefined
}

/** What became of a change whose result is not known, found out by reading alone; `why` it is not. */
async function lookAt(reader: PbxReader, intent: IntentLine, now: number, why: string): Promise<Settled> {
  const found = await find(reader, intent)
  if (found === undefined) return unknown(`${why} The effect of this change cannot be read.`)
  if (found === 'done') return { outcome: 'done' }
  if (found === 'not there') return notThere(intent, now, why)
  if (found === 'other values') return unknown(`${why} The record has other values now.`)
  if (found === 'gone') return unknown(`${why} The record is no longer on the server.`)
  return { outcome: 'done', ...found }
}

export interface SettleDeps {
  readonly journal: Pick<Journal, 'append'>
  readonly servers: Pick<Servers, 'reader'>
  readonly now?: () => number
}

/** Finds out by reading what became of changes, four at a time. Nothing is sent again; what cannot be read now is left as it is, and the first failure thrown. */
export async function settleEntries(
  { journal, servers, now = Date.now }: SettleDeps,
  entries: readonly JournalEntry[],
): Promise<void> {
  const failures: unknown[] = []
  const settle = async ({ intent, result }: JournalEntry): Promise<void> => {
    try {
      const settled = await lookAt(servers.reader(intent.server.id), intent, now(), result === undefined ? ended : lost)
      // It is unknown as before.
      if (result !== undefined && settled.outcome === 'unknown') return
      await journal.append({ kind: 'result', of: intent.seq, settledLater: true, ...settled })
    } catch (error) {
      failures.push(error)
    }
  }
  await pMap(entries, settle, { concurrency: 4 })
  if (failures.length > 0) throw failures[0]
}
