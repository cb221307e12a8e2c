import { isBlank } from '../resources/blank'
import type { IntentLine, JournalEntry, ResultLine } from '../domain/journal-view'
import type { RecordValues } from '../domain/record'
import type { InverseWrite, Reversal } from '../domain/reversal'
import { fieldTitle } from '../resources/field-title'
import { listIds, type ListId, type ResourceId } from '../resources/ids'
import { resourceOf } from '../resources/registry'
import { isSecret } from '../resources/secret'
import { trunkAssignment } from '../resources/trunk-assignment'

const no = (reason: string): Reversal => ({ possible: 'no', reason })

const partlyReversible = (write: InverseWrite, notRestored: readonly string[]): Reversal =>
  notRestored.length === 0 ? { possible: 'yes', write } : { possible: 'partly', write, notRestored }

/** Why an upload cannot be reverted. */
export const certificateNotRestored =
  'The previous certificate cannot be restored, because its private key is unknown. Upload it again with its key.'

/** Contents of deleted records that are not restored, by list. */
const contents: Readonly<Partial<Record<ListId, string>>> = {
  tenants: 'Everything in the tenant: users, queues, recordings. It comes back empty',
}

/** Values as stored on the server: it fills in blank ones, and the result has those that differ. */
const asStored = (values: RecordValues, result: ResultLine | undefined): RecordValues =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => !isBlank(value) && !(result?.differences ?? []).some((difference) => difference.key === key),
    ),
  )

function ofCreate({ server, write }: IntentLine, resource: ListId, result: ResultLine | undefined): Reversal {
  const newId = result?.newId
  if (newId === undefined) return no('The ID of the created record is unknown.')
  const before = asStored(write.changes, result)
  return { possible: 'yes', write: { kind: 'delete', serverId: server.id, resource, id: newId, before } }
}

function ofChange({ server, write }: IntentLine, resource: ResourceId, result: ResultLine | undefined): Reversal {
  const { before, changes, id } = write
  const { fields } = resourceOf(resource)
  const secrets = fields.filter((field) => isSecret(field) && Object.hasOwn(changes, field.key))
  const restorable = Object.keys(changes).filter(
    (key) => Object.hasOwn(before, key) && !secrets.some((field) => field.key === key),
  )
  if (restorable.length === 0) return no('The previous values are secrets, which the journal does not store.')
  const pick = (values: RecordValues): RecordValues =>
    Object.fromEntries(Object.entries(values).filter(([key]) => restorable.includes(key)))
  const inverse = { before: asStored(pick(changes), result), changes: pick(before), ...(id !== undefined && { id }) }
  return partlyReversible(
    { kind: 'change', serverId: server.id, resource, ...inverse },
    secrets.map((field) => fieldTitle(fields, field)),
  )
}

function ofDelete({ server, write }: IntentLine, resource: ListId): Reversal {
  const { fields } = resourceOf(resource)
  const mayCreate = fields.filter(({ readOnly }) => readOnly !== true)
  const values = Object.fromEntries(
    Object.entries(write.before).filter(
      ([key, value]) => !isBlank(value) && mayCreate.some((field) => field.key === key && !isSecret(field)),
    ),
  )
  if (Object.keys(values).length === 0) return no('The journal does not contain the values of the deleted record.')
  const secrets = mayCreate.filter(isSecret)
  const missing = secrets.filter(({ required }) => required === true).map(({ key }) => key)
  const emptied = contents[resource]
  const notRestored = [
    ...secrets.map((field) => fieldTitle(fields, field)),
    ...(emptied === undefined ? [] : [emptied]),
  ]
  return partlyReversible({ kind: 'create', serverId: server.id, resource, values, missing }, notRestored)
}

function ofAssignment({ server, write }: IntentLine, result: ResultLine | undefined): Reversal {
  const { kind, before, changes, id: tenantId, trunkId } = write
  if (tenantId === undefined || trunkId === undefined) return no('The IDs of trunk and tenant are unknown.')
  const target = { serverId: server.id, resource: 'trunk-assignment', trunkId, tenantId } as const
  if (kind === 'create')
    return { possible: 'yes', write: { ...target, kind: 'delete', before: asStored(changes, result) } }
  if (kind === 'change') {
    const restored = Object.fromEntries(Object.entries(before).filter(([key]) => Object.hasOwn(changes, key)))
    return { possible: 'yes', write: { ...target, kind, before: asStored(changes, result), changes: restored } }
  }
  const values = Object.fromEntries(Object.entries(before).filter(([, value]) => !isBlank(value)))
  // The server sets its own value if the request has no number.
  const notRestored = trunkAssignment.fields.filter(({ kind, key }) => kind === 'number' && !Object.hasOwn(values, key))
  return partlyReversible(
    { ...target, kind: 'create', values, missing: [] },
    notRestored.map(({ label }) => label),
  )
}

/** Decides whether and how the change of an entry can be reverted, from the entry alone. */
export function reversalOf({ intent, result, outcome, revertedBy }: JournalEntry): Reversal {
  const { kind, resource, changes } = intent.write
  const isPassword = resource === undefined && Object.hasOwn(changes, 'password')
  if (kind === 'action' || isPassword)
    return no('Passwords, tokens, keys and branding cannot be read, so there is nothing to restore.')
  if (resource === undefined) return no('This kind of change cannot be reverted here.')
  if (outcome !== 'done') return no('Only changes that are done can be reverted.')
  // Reverting a deletion twice would create two records.
  if (kind === 'delete' && revertedBy !== undefined) return no(`Already reverted by entry ${revertedBy}.`)
  if (resource === 'trunk-assignment') return ofAssignment(intent, result)
  if (resource === 'certificate') return no(certificateNotRestored)
  if (resource === 'dealer-assignment') return no('Assign or unassign the dealer in the list of tenants.')
  if (kind === 'change') return ofChange(intent, resource, result)
  const list = listIds.find((candidate) => candidate === resource)
  if (list === undefined) return no('This kind of change cannot be reverted here.')
  return kind === 'create' ? ofCreate(intent, list, result) : ofDelete(intent, list)
}
