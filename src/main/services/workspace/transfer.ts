import { basename } from 'node:path'
import { z } from 'zod'
import { serverRecordSchema, type ServerRecord } from '@shared/domain/server'
import { selectedLimits } from '@shared/limits/selected'
import { FleetError, type FieldError } from '@shared/ipc/result'
import { issuePath } from '@shared/text/issue-path'
import { diskError } from '../../storage/disk-error'
import { decodeText } from '../../storage/decode-text'
import { notText, parseJson } from '../../storage/read-json'
import { readRegular } from '../../storage/regular-file'
import { writeAtomic } from '../../storage/write-atomic'
import { normalise } from './normalise'

const format = 'pbx-fleet-workspace'
const fieldsMax = 20

const envelopeSchema = z.object({
  format: z.literal(format),
  version: z.literal(1),
  exportedAt: z.string(),
  servers: z.array(z.unknown()).max(selectedLimits.servers),
})

/** A server in a file: its ID is ignored, and missing fields are empty. */
const importedSchema = serverRecordSchema
  .omit({ id: true, practice: true, paused: true, passwordRefused: true, codeRequired: true })
  .extend({
    secondAddress: serverRecordSchema.shape.secondAddress.default(''),
    folder: serverRecordSchema.shape.folder.default(''),
    tags: serverRecordSchema.shape.tags.default([]),
    colour: serverRecordSchema.shape.colour.default('none'),
    protection: serverRecordSchema.shape.protection.default('ask'),
    notes: serverRecordSchema.shape.notes.default(''),
    username: serverRecordSchema.shape.username.default(''),
    domain: serverRecordSchema.shape.domain.default(''),
    remember: serverRecordSchema.shape.remember.default(true),
    activeAddress: serverRecordSchema.shape.activeAddress.default('first'),
  })
export type ImportedServer = z.infer<typeof importedSchema>

/**
 * Writes the servers for another installation. Records contain no secrets. Pins are public certificates, so the
 * importing user is not asked to trust each server. Practice servers are left out.
 */
export async function writeWorkspaceFile(file: string, servers: readonly ServerRecord[]): Promise<void> {
  const shared = servers.filter((server) => server.practice !== true)
  const content = { format, version: 1, exportedAt: new Date().toISOString(), servers: shared }
  await writeAtomic(file, `${JSON.stringify(content, null, 2)}\n`)
}

async function readText(file: string): Promise<string> {
  try {
    const bytes = await readRegular(file, selectedLimits.workspaceBytes, (why) => damagedFile(file, why))
    const text = decodeText(bytes)
    if (text === undefined) throw damagedFile(file, notText)
    return text
  } catch (error) {
    throw diskError(error, file, 'read')
  }
}

const damagedFile = (file: string, why: string, fields?: readonly FieldError[]): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `${basename(file)} ${why}`,
    hint: 'Nothing was imported. Choose a file that was written with File, Export workspace.',
    ...(fields && { fields }),
  })

function readServer(raw: unknown): { server: ImportedServer } | { errors: readonly FieldError[] } {
  const parsed = importedSchema.safeParse(raw)
  if (!parsed.success) {
    return { errors: parsed.error.issues.map(({ path, message }) => ({ path: issuePath(path), message })) }
  }
  try {
    return { server: normalise(parsed.data) }
  } catch (error) {
    return {
      errors: (error instanceof FleetError && error.detail.fields) || [{ path: 'address', message: 'Not an address' }],
    }
  }
}

/**
 * Reads a workspace file completely or fails. Errors: FleetError `damaged` with the file name and errors in `fields`
 * such as `servers.3.address`; `disk` if it cannot be read.
 */
export async function readWorkspaceFile(file: string): Promise<readonly ImportedServer[]> {
  const reading = parseJson(await readText(file), { schema: envelopeSchema, version: 1 }, '')
  if (reading.kind !== 'good') throw damagedFile(file, reading.kind === 'missing' ? 'is missing' : reading.why)
  const servers: ImportedServer[] = []
  const fields: FieldError[] = []
  for (const [index, raw] of reading.value.servers.entries()) {
    const result = readServer(raw)
    if ('server' in result) servers.push(result.server)
    else fields.push(...result.errors.map((error) => ({ ...error, path: `servers.${index}.${error.path}` })))
    if (fields.length >= fieldsMax) break
  }
  const first = fields[0]
  if (first === undefined) return servers
  throw damagedFile(
    file,
    `has servers that cannot be taken over. ${first.path}: ${first.message}`,
    fields.slice(0, fieldsMax),
  )
}
