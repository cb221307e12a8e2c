import pMap from 'p-map'
import type { Result } from '@shared/domain/journal'
import type { IntentLine, JournalEntry } from '@shared/domain/journal-view'
import type { RecordValues } from '@shared/domain/record'
import type { CertificateView, ServerId } from '@shared/domain/server'
import { changedFields } from '@shared/resources/compare'
import { fingerprintIn } from '@shared/resources/certificate'
import { toForm, type ApiRecord } from '@shared/resources/nested'
import { resourceOf } from '@shared/resources/registry'
import { dealerIdOf } from '@shared/resources/dealer-assignment'
import { assignmentOf } from '@shared/resources/trunk-assignment'
import type { ListResource, Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { leafFingerprint, readInstalled } from '../certificate/installed'
import type { Remember } from '../certificate/send-certificate'
import { isGone } from '../is-gone'
import { sameRows } from '../records/same-rows'
import { hasDealer } from '../tenants/dealer-assignment'
import type { Journal } from './journal'
import type { Servers } from '../../servers/servers'

type Write = IntentLine['write']

interface SettleContext {
  readonly reader: PbxReader
  readonly remember: Remember
}

type Settled = Pick<Result, 'outcome' | 'newId' | 'error'>

const unknownResult = (message: string): Settled => ({
  outcome: 'unknown',
  error: { code: 'unknown-outcome', message },
})
const appEndedText = 'The app ended before the result was stored.'
const noResponseText = 'The response was lost.'
/** Milliseconds after sending during which a server may still carry out a change. */
const lateAfterMs = 120_000

/** A missing change was not made, unless its request may still be running. */
function notSentResult({ at }: IntentLine, now: number, reason: string): Settled {
  const message = `${reason} The change is not on the server.`
  return now - Date.parse(at) < lateAfterMs
    ? unknownResult(`${message} Its request may still be under way.`)
    : { outcome: 'notSent', error: { code: 'not-found', message } }
}

/** True if the record has these values. Secrets cannot be read, so they are not compared. */
function hasValues(resource: Resource, values: RecordValues, record: ApiRecord): boolean {
  const compared = resource.fields.filter((field) => Object.hasOwn(values, field.key) && !isSecret(field))
  return changedFields(compared, values, toForm(compared, record)).length === 0
}

type Evidence = 'done' | 'not there' | 'other values' | 'gone' | { readonly newId: string }

/** The record; undefined if it does not exist. */
const currentRecord = (reader: PbxReader, resource: Resource, id?: string): Promise<ApiRecord | undefined> =>
  showRecord(reader, resource, id).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })

async function findCreated(reader: PbxReader, list: ListResource, changes: RecordValues): Promise<Evidence> {
  for (const { id } of await sameRows(reader, list, changes)) {
    const record = await showRecord(reader, list, id)
    if (hasValues(list, changes, record)) return { newId: id }
  }
  return 'not there'
}

async function findChanged(reader: PbxReader, resource: Resource, write: Write): Promise<Evidence> {
  const { id, before, changes } = write
  const record = await currentRecord(reader, resource, resource.kind === 'list' ? id : undefined)
  if (record === undefined) return 'gone'
  if (hasValues(resource, changes, record)) return 'done'
  const changed = Object.fromEntries(Object.entries(before).filter(([key]) => Object.hasOwn(changes, key)))
  return hasValues(resource, changed, record) ? 'not there' : 'other values'
}

async function findAssignment(reader: PbxReader, write: Write): Promise<Evidence | undefined> {
  const { kind, id, trunkId, changes } = write
  if (id === undefined || trunkId === undefined) return undefined
  const assignment = assignmentOf(trunkId, id)
  if (kind === 'change') return findChanged(reader, assignment, write)
  const record = await currentRecord(reader, assignment)
  if (kind === 'delete') return record === undefined ? 'done' : 'not there'
  if (record === undefined) return 'not there'
  return hasValues(assignment, changes, record) ? 'done' : 'other values'
}

async function findDealer(reader: PbxReader, write: Write): Promise<Evidence | undefined> {
  if (write.id === undefined) return undefined
  const isAssigned = await hasDealer(reader, write.id, dealerIdOf(write))
  return isAssigned === (write.kind === 'create') ? 'done' : 'not there'
}

async function findCertificate({ reader, remember }: SettleContext, { before, changes }: Write): Promise<Evidence> {
  const installed = await readInstalled(reader)
  const [leaf] = installed.chain
  const fingerprint = leafFingerprint(installed)
  if (fingerprint !== fingerprintIn(changes))
    return fingerprint === fingerprintIn(before) ? 'not there' : 'other values'
  if (leaf !== undefined) await remember(leaf)
  return 'done'
}

/** Looks for the effect of a change; undefined if it cannot be read. */
async function findEvidence(context: SettleContext, { write }: IntentLine): Promise<Evidence | undefined> {
  const { kind, resource: name, id, changes } = write
  if (name === undefined) return undefined
  const { reader } = context
  if (name === 'trunk-assignment') return findAssignment(reader, write)
  if (name === 'dealer-assignment') return findDealer(reader, write)
  if (name === 'certificate') return findCertificate(context, write)
  const resource = resourceOf(name)
  if (kind === 'create' && resource.kind === 'list') return findCreated(reader, resource, changes)
  if (kind === 'delete' && id !== undefined)
    return (await currentRecord(reader, resource, id)) === undefined ? 'done' : 'not there'
  const isReadable = resource.fields.some((field) => Object.hasOwn(changes, field.key) && !isSecret(field))
  if (kind === 'change' && isReadable) return findChanged(reader, resource, write)
  return undefined
}

/** Settles a change without a result, only by reading. `why` explains why there is no result. */
async function settleByReading(
  context: SettleContext,
  intent: IntentLine,
  now: number,
  reason: string,
): Promise<Settled> {
  const evidence = await findEvidence(context, intent)
  if (evidence === undefined) return unknownResult(`${reason} The effect of this change cannot be read.`)
  if (evidence === 'done') return { outcome: 'done' }
  if (evidence === 'not there') return notSentResult(intent, now, reason)
  if (evidence === 'other values') return unknownResult(`${reason} The record has other values now.`)
  if (evidence === 'gone') return unknownResult(`${reason} The record is no longer on the server.`)
  return { outcome: 'done', ...evidence }
}

export interface SettleDeps {
  /** Stores that this app has uploaded a certificate to a server. */
  readonly remember: (serverId: ServerId, certificate: CertificateView) => Promise<void>
  readonly journal: Pick<Journal, 'append'>
  readonly servers: Pick<Servers, 'reader'>
  readonly now?: () => number
}

/**
 * Settles changes by reading, four at a time. Nothing is sent again. Entries that cannot be read now are left as they
 * are, and the first error is thrown.
 */
export async function settleEntries(
  { journal, servers, remember, now = Date.now }: SettleDeps,
  entries: readonly JournalEntry[],
): Promise<void> {
  const failures: unknown[] = []
  const settle = async ({ intent, result }: JournalEntry): Promise<void> => {
    try {
      const { id } = intent.server
      const settled = await settleByReading(
        { reader: servers.reader(id), remember: (certificate) => remember(id, certificate) },
        intent,
        now(),
        result === undefined ? appEndedText : noResponseText,
      )
      // The entry is already unknown.
      if (result !== undefined && settled.outcome === 'unknown') return
      await journal.append({ kind: 'result', of: intent.seq, settledLater: true, ...settled })
    } catch (error) {
      failures.push(error)
    }
  }
  await pMap(entries, settle, { concurrency: 4 })
  if (failures.length > 0) throw failures[0]
}
