import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { X509Certificate } from 'node:crypto'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { diskError } from '../../storage/disk-error'
import { pemParts, type PemKey } from './pem'

/** The files of an upload; the private key stays in main. */
export interface Candidate {
  readonly id: string
  readonly serverId: ServerId
  readonly files: readonly string[]
  readonly certificates: readonly X509Certificate[]
  readonly key?: PemKey
}

/** PEM files have a few kilobytes. */
const bytesMax = 1024 * 1024

async function textOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > bytesMax)
      throw new FleetError({ code: 'rejected', message: `${basename(path)} is too large for a certificate or a key` })
    return await readFile(path, 'utf8')
  } catch (error) {
    throw diskError(error, path, 'read')
  }
}

/** One prepared upload per server. Later files are added; a new key replaces the previous one. */
export class Candidates {
  private readonly byServer = new Map<ServerId, Candidate>()

  /**
   * Reads files and adds them to those with this ID, or starts over. Throws `disk`, `rejected`; then nothing is added.
   */
  async add(serverId: ServerId, id: string | undefined, paths: readonly string[]): Promise<Candidate> {
    const current = this.byServer.get(serverId)
    const before = current !== undefined && current.id === id ? current : undefined
    const parts = await Promise.all(paths.map(async (path) => pemParts(await textOf(path), basename(path))))
    const key = parts.findLast((part) => part.key !== undefined)?.key ?? before?.key
    const candidate: Candidate = {
      id: randomUUID(),
      serverId,
      files: [...new Set([...(before?.files ?? []), ...paths.map((path) => basename(path))])],
      certificates: [...(before?.certificates ?? []), ...parts.flatMap(({ certificates }) => certificates)],
      ...(key && { key }),
    }
    this.byServer.set(serverId, candidate)
    return candidate
  }

  /** Throws `not-found` if the files were replaced. */
  get(serverId: ServerId, id: string): Candidate {
    const candidate = this.byServer.get(serverId)
    if (candidate?.id === id) return candidate
    throw new FleetError({
      code: 'not-found',
      message: 'These files are no longer available',
      hint: 'Select them again.',
    })
  }

  forget(serverId: ServerId): void {
    this.byServer.delete(serverId)
  }
}
