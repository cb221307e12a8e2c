import { serverColumns } from '@shared/domain/server-columns'
import { emptyServerDraft, serverDraftSchema, type ServerDraft, type ServerRecord } from '@shared/domain/server'
import { countText } from '@shared/format/count-text'
import { FleetError, type FieldError } from '@shared/ipc/result'
import type { FieldSpec } from '@shared/resources/field'
import { sortedNames } from '@shared/rows/order'
import { selectedLimits } from '@shared/limits/selected'
import type { FormValues } from '@shared/resources/nested'
import { fold } from '@shared/text/fold'
import { plainText } from '@shared/text/plain-text'
import { excluded, type RowState } from '../imports/check-rows'
import type { FileRow } from '../imports/read-import'
import { rowValues, type MappedColumn, type RowTarget } from '../imports/row-values'
import { normalise } from './normalise'

/** A server of a row, as it will be added. */
export interface NewServer {
  readonly draft: ServerDraft
  readonly password: string
}

/** A server that is in the workspace, or an earlier row of the file. */
interface Known extends Pick<ServerDraft, 'name' | 'address' | 'secondAddress' | 'username' | 'domain'> {
  readonly row?: { readonly line: number; readonly draft: ServerDraft }
  /** As it is in the workspace. */
  readonly there?: ServerRecord
}

const hostOf = (address: string): string => new URL(address).hostname.replace(/^\[|\]$/g, '')
const tagsOf = (text: string): readonly string[] =>
  text
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')

/** The values of a row as a server. Throws FleetError `rejected` with fields. */
function newServer(values: FormValues): NewServer {
  const { password, tags, ...texts } = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, plainText(value)]),
  )
  const given = { ...emptyServerDraft, ...texts, tags: tagsOf(tags ?? '') }
  const { address } = normalise({ ...given, secondAddress: '' })
  const parsed = serverDraftSchema.safeParse({ ...given, name: texts['name'] ?? hostOf(address) })
  if (parsed.success) return { draft: normalise(parsed.data), password: password ?? '' }
  const fields = parsed.error.issues.map(({ path, message }) => ({ path: String(path[0]), message }))
  throw new FleetError({ code: 'rejected', message: fields.map(({ message }) => message).join('. '), fields })
}

/** What a server may not be, beyond what its columns say. */
function problemsOf(values: FormValues): readonly FieldError[] {
  try {
    newServer(values)
    return []
  } catch (error) {
    // A wrong address has been found by its column.
    return (error instanceof FleetError && error.detail.fields) || []
  }
}

const target: RowTarget = { fields: serverColumns, problems: problemsOf }

/** Servers by address and name, as a person sees whether two are the same. */
class KnownServers {
  private readonly byAddress = new Map<string, Known[]>()
  private readonly byName = new Map<string, Known>()

  constructor(servers: readonly ServerRecord[]) {
    for (const server of servers) this.add({ ...server, there: server })
  }

  add(server: Known): void {
    for (const address of addressesOf(server)) {
      const there = this.byAddress.get(address)
      if (there === undefined) this.byAddress.set(address, [server])
      else there.push(server)
    }
    const name = fold(server.name)
    if (!this.byName.has(name)) this.byName.set(name, server)
  }

  at(server: Known): readonly Known[] {
    return [...new Set(addressesOf(server).flatMap((address) => this.byAddress.get(address) ?? []))]
  }

  named(name: string): Known | undefined {
    return this.byName.get(fold(name))
  }
}

const addressesOf = ({ address, secondAddress }: Known): readonly string[] =>
  [address, secondAddress].filter((each) => each !== '')

/** Without a username it is whichever account of the server. */
const isSameAccount = (one: Known, other: Known): boolean =>
  one.username === '' ||
  other.username === '' ||
  (fold(one.username) === fold(other.username) && fold(one.domain) === fold(other.domain))

const labelOf = (known: Known): string => (known.row ? `row ${known.row.line}` : known.name)

/** The value of a field as text; the order of tags has no meaning. */
function textOf(field: FieldSpec, server: ServerDraft): string {
  const value = server[field.key as keyof ServerDraft]
  if (Array.isArray(value)) return sortedNames(value).join(', ')
  const label = field.kind === 'choice' ? field.choices.find((choice) => choice.value === value)?.label : undefined
  return label ?? plainText(value)
}

const differing = (one: ServerDraft, other: ServerDraft): readonly string[] =>
  serverColumns.flatMap((field) => {
    const text = textOf(field, other)
    return textOf(field, one) === text ? [] : [`${field.label}: ${text || 'not set'}`]
  })

/** What a row has that its server in the workspace does not; `given` are the fields that the row has. */
function otherThan(there: ServerRecord, draft: ServerDraft, given: FormValues): readonly string[] {
  const addresses = addressesOf(there)
  return serverColumns.flatMap((field) => {
    if (field.kind === 'secret' || given[field.key] === undefined) return []
    const [text, text2] = [textOf(field, draft), textOf(field, there)]
    const isAddress = field.key === 'address' || field.key === 'secondAddress'
    if (text === text2 || (isAddress && addresses.includes(text))) return []
    return [`${field.label} “${text}” (workspace: ${text2 === '' ? 'not set' : `“${text2}”`})`]
  })
}

/** A row whose server is in the workspace, which is not changed. */
function inWorkspace(there: ServerRecord, { draft, password }: NewServer, given: FormValues): RowState {
  const differs = otherThan(there, draft, given)
  const unsaved = password === '' ? '' : '. The password of this row is not saved: use Import passwords'
  const place = `Already in the workspace as ${there.name}`
  if (differs.length === 0) return { state: 'skip', reason: `${place}${unsaved}` }
  return { state: 'conflict', reason: `${place}, which is not changed. Different: ${differs.join(', ')}${unsaved}` }
}

/** What a row is that has the address and the account of one that is known. */
function repeated(server: NewServer, given: FormValues, twin: Known): RowState {
  if (twin.there !== undefined) return inWorkspace(twin.there, server, given)
  if (twin.row === undefined) return { state: 'skip', reason: `Already in the workspace as ${twin.name}` }
  const { draft } = server
  const differs = differing(draft, twin.row.draft)
  if (differs.length === 0) return { state: 'skip', reason: `Same as row ${twin.row.line}` }
  return { state: 'conflict', reason: `Row ${twin.row.line} is the same server. ${differs.join(', ')}` }
}

/** What looks like an oversight, and may be meant. */
function doubts({ draft }: NewServer, known: KnownServers): readonly string[] {
  const [same] = known.at(draft)
  const namesake = known.named(draft.name)
  return [
    ...(same ? [`Same address as ${labelOf(same)}, with another username`] : []),
    ...(namesake && namesake !== same
      ? [namesake.row ? `Same name as row ${namesake.row.line}` : `Same name as the server at ${namesake.address}`]
      : []),
  ]
}

interface CheckedServers {
  readonly states: readonly RowState[]
  /** The servers of the rows that can be added. */
  readonly servers: readonly NewServer[]
}

/** Each row checked by its columns, against the workspace and against the rows above it. */
export function checkServers(
  columns: readonly MappedColumn[],
  rows: readonly FileRow[],
  there: readonly ServerRecord[],
): CheckedServers {
  const known = new KnownServers(there)
  const servers: NewServer[] = []
  const check = (row: FileRow): RowState => {
    if (row.isExcluded === true) return excluded
    const read = rowValues(target, columns, row)
    if (!read.ok) return { state: 'wrong', reason: read.reason, problems: read.problems }
    const server = newServer(read.values)
    const twin = known.at(server.draft).find((each) => isSameAccount(server.draft, each))
    if (twin !== undefined) return repeated(server, read.values, twin)
    if (there.length + servers.length >= selectedLimits.servers)
      return { state: 'wrong', reason: `A workspace has up to ${countText(selectedLimits.servers, 'server')}` }
    const found = doubts(server, known)
    const notes = [...found, ...(read.note === undefined ? [] : [read.note])]
    known.add({ ...server.draft, row: { line: row.line, draft: server.draft } })
    servers.push(server)
    return { state: 'create', reason: notes.join('. '), isFlagged: read.isFlagged || found.length > 0 }
  }
  return { states: rows.map(check), servers }
}
