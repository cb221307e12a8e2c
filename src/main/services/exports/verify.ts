import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import type { ExportEntry, ExportManifest } from '@shared/domain/export'

/** Large, as each piece is a turn of the main process, which shows the first rows of an export at the same time. */
const pieceBytes = 1024 * 1024

/** Compares a file's bytes with its manifest; a link in its place is not followed. */
export async function integrityOf(file: string, { sha256, bytes }: ExportManifest): Promise<ExportEntry['integrity']> {
  const found = await lstat(file).catch(() => undefined)
  if (found === undefined) return 'missing'
  if (!found.isFile() || found.size !== bytes) return 'altered'
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) hash.update(piece as Buffer)
  } catch {
    return 'missing'
  }
  return hash.digest('hex') === sha256 ? 'intact' : 'altered'
}
