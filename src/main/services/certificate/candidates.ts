import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { X509Certificate } from 'node:crypto'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { selectedLimits } from '@shared/limits/selected'
import { decodeText } from '../../storage/decode-text'
import { diskError } from '../../storage/disk-error'
import { readRegular } from '../../storage/regular-file'
import { isBinary, notPem } from './other-formats'
import { pemParts, type PemKey, type PemParts } from './pem'

export interface PemFile {
  readonly name: string
  readonly parts: PemParts
}

/** The files of an upload; the private key stays in main. */
export interface Candidate {
  readonly id: string
  readonly files: readonly PemFile[]
  readonly certificates: readonly X509Certificate[]
  readonly key?: PemKey
}

const notReadable = (path: string, why: string): FleetError =>
  new FleetError({
    code: 'rejected',
    message: `${basename(path)} ${why}`,
    hint: 'Select a PEM file with a certificate or a key.',
  })

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readRegular(path, selectedLimits.pemBytes, (why) => notReadable(path, why))
    const text = decodeText(bytes)
    if (text === undefined || isBinary(bytes)) throw notPem(basename(path), bytes)
    return text
  } catch (error) {
    throw diskError(error, path, 'read')
  }
}

/** The parts of these PEM files. Throws `disk`, `rejected`. */
export const readPemFiles = (paths: readonly string[]): Promise<readonly PemParts[]> =>
  Promise.all(paths.map(async (path) => pemParts(await textOf(path), basename(path))))

/**
 * One prepared upload for each owner: a server, or the rollout that is being made. Later files are added; a new key
 * replaces the previous one.
 */
export class Candidates {
  private readonly byOwner = new Map<string, Candidate>()

  /**
   * Reads files and adds them to those with this ID, or starts over. Throws `disk`, `rejected`; then nothing is added.
   */
  async add(owner: string, id: string | undefined, paths: readonly string[]): Promise<Candidate> {
    const current = this.byOwner.get(owner)
    const before = current !== undefined && current.id === id ? current : undefined
    const parts = await readPemFiles(paths)
    return this.set(owner, [
      ...(before?.files ?? []),
      ...parts.map((part, at) => ({ name: basename(paths[at] ?? ''), parts: part })),
    ])
  }

  /** Without the files of this name; undefined if none is left. Throws `not-found`. */
  remove(owner: string, id: string, name: string): Candidate | undefined {
    const left = this.get(owner, id).files.filter((file) => file.name !== name)
    if (left.length > 0) return this.set(owner, left)
    this.forget(owner)
    return undefined
  }

  /** The same files for another owner. Throws `not-found`. */
  copy(owner: string, from: string, id: string): Candidate {
    return this.set(owner, this.get(from, id).files)
  }

  /** Throws `not-found` if the files were replaced. */
  get(owner: string, id: string): Candidate {
    const candidate = this.byOwner.get(owner)
    if (candidate?.id === id) return candidate
    throw new FleetError({
      code: 'not-found',
      message: 'These files are no longer available',
      hint: 'Select them again.',
    })
  }

  forget(owner: string): void {
    this.byOwner.delete(owner)
  }

  private set(owner: string, files: readonly PemFile[]): Candidate {
    const key = files.findLast(({ parts }) => parts.key !== undefined)?.parts.key
    const certificates = files.flatMap(({ parts }) => parts.certificates)
    const max = selectedLimits.pemCertificates
    if (certificates.length > max)
      throw new FleetError({
        code: 'rejected',
        message: `These files have ${printNumber(certificates.length)} certificates, and the limit is ${printNumber(max)}`,
        hint: 'Select the files of one server: its certificate, its chain and its key.',
      })
    const candidate = { id: randomUUID(), files, certificates, ...(key && { key }) }
    this.byOwner.set(owner, candidate)
    return candidate
  }
}
