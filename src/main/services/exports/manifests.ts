import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { exportManifestSchema, type ExportManifest } from '@shared/domain/export'
import { recordsLimits } from '@shared/limits/stored'
import { jsonSize } from '../../storage/json-size'
import { readRegular } from '../../storage/regular-file'

/** What is kept of manifests, in bytes of their files: those with many selected rows are large. */
const keptMax = 32_000_000

interface Kept {
  readonly state: string
  readonly bytes: number
  readonly manifest: ExportManifest | undefined
}

const stateOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): string => `${size} ${mtimeMs} ${ctimeMs} ${ino}`

/** The manifests of a library. Each is read once, and again only after its file changed. */
export class Manifests {
  private readonly kept = new Map<string, Kept>()
  private bytes = 0

  constructor(private readonly readFile: typeof readRegular = readRegular) {}

  /** A manifest without trusting it: a link is not followed, and it must be what we write. */
  async read(path: string): Promise<ExportManifest | undefined> {
    const found = await lstat(path).catch(() => undefined)
    if (found?.isFile() !== true) {
      this.forget(path)
      return undefined
    }
    const state = stateOf(found)
    const kept = this.kept.get(path)
    if (kept?.state === state) return kept.manifest
    const manifest = await this.parse(path)
    this.keep(path, { state, bytes: found.size, manifest })
    return manifest
  }

  private async parse(path: string): Promise<ExportManifest | undefined> {
    try {
      const bytes = await this.readFile(path, recordsLimits.manifestBytes, (why) => new Error(why))
      const text = bytes.toString('utf8')
      return 'problem' in jsonSize(text, recordsLimits.manifestIds)
        ? undefined
        : exportManifestSchema.parse(JSON.parse(text))
    } catch {
      return undefined
    }
  }

  private keep(path: string, kept: Kept): void {
    this.forget(path)
    // A file that cannot be read is tried again: its permissions may change without it.
    if (kept.manifest === undefined || this.bytes + kept.bytes > keptMax) return
    this.kept.set(path, kept)
    this.bytes += kept.bytes
  }

  private forget(path: string): void {
    this.bytes -= this.kept.get(path)?.bytes ?? 0
    this.kept.delete(path)
  }
}
