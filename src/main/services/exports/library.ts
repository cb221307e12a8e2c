import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { exportManifestSchema, type ExportEntry, type ExportManifest } from '@shared/domain/export'
import { FleetError } from '@shared/ipc/result'
import { diskError } from '../../storage/disk-error'
import { removeTemporaries, writeAtomic } from '../../storage/write-atomic'
import { integrityOf } from './verify'

const manifestEnding = '.manifest.json'
const manifestMax = 1024 * 1024
/** Manifests read at once. */
const atOnce = 16

const notThere = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This export is not in the library any more' })

/** A manifest without trusting it: its size is bounded, a link is not followed, and it must be what we write. */
async function readManifest(file: string): Promise<ExportManifest | undefined> {
  try {
    const found = await lstat(file)
    if (!found.isFile() || found.size > manifestMax) return undefined
    const handle = await open(file, 'r')
    try {
      return exportManifestSchema.parse(JSON.parse(await handle.readFile('utf8')))
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}

/** The folder of exports: each one a file with a manifest beside it. Nothing outside the folder is ever read, written or deleted. */
export class Library {
  private readonly checked = new Map<string, ExportEntry['integrity']>()
  private cleaned: string | undefined

  constructor(private readonly chosen: () => string) {}

  get folder(): string {
    return this.chosen()
  }

  /** Makes the folder where it is missing, and once a run removes what a killed process left. Errors: FleetError `disk`. */
  async prepare(): Promise<string> {
    const { folder } = this
    try {
      await mkdir(folder, { recursive: true })
    } catch (error) {
      throw diskError(error, join(folder, '.'), 'saved')
    }
    this.clean()
    return folder
  }

  /** Whether exports can be kept there; words for the person where not. */
  async problem(): Promise<string | undefined> {
    try {
      await this.prepare()
      return undefined
    } catch (error) {
      return error instanceof FleetError ? error.detail.message : undefined
    }
  }

  /** Newest first. A folder that cannot be read is a FleetError `disk`. */
  async list(): Promise<readonly ExportEntry[]> {
    const folder = await this.prepare()
    const names = await readdir(folder).catch((error: unknown) =>
      Promise.reject(diskError(error, join(folder, '.'), 'read')),
    )
    const manifests = names.filter((name) => name.endsWith(manifestEnding))
    const entries: ExportEntry[] = []
    for (let at = 0; at < manifests.length; at += atOnce) {
      const found = await Promise.all(
        manifests.slice(at, at + atOnce).map((name) => this.entry(name.slice(0, -manifestEnding.length))),
      )
      entries.push(...found.filter((entry) => entry !== undefined))
    }
    return entries.sort((a, b) => (b.manifest?.exportedAt ?? '').localeCompare(a.manifest?.exportedAt ?? ''))
  }

  async find(id: string): Promise<ExportEntry> {
    const entry = (await this.list()).find((candidate) => candidate.id === id)
    if (entry === undefined) throw notThere()
    return entry
  }

  pathOf({ file }: ExportEntry): string {
    return join(this.folder, basename(file))
  }

  async verify(id: string): Promise<ExportEntry> {
    const entry = await this.find(id)
    if (entry.manifest === undefined) return entry
    const integrity = await integrityOf(this.pathOf(entry), entry.manifest)
    this.checked.set(id, integrity)
    return { ...entry, integrity }
  }

  async keep(manifest: ExportManifest): Promise<void> {
    await writeAtomic(join(this.folder, manifest.file + manifestEnding), JSON.stringify(manifest, null, 2))
    // We hashed it while writing it.
    this.checked.set(manifest.id, 'intact')
  }

  async remove(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids)
    for (const entry of (await this.list()).filter(({ id }) => wanted.has(id))) {
      const path = this.pathOf(entry)
      try {
        await rm(path, { force: true })
        await rm(path + manifestEnding, { force: true })
      } catch (error) {
        throw diskError(error, path, 'deleted')
      }
    }
  }

  /** The entry of a file by its name in the folder: the name that stands in the manifest is not trusted. */
  private async entry(file: string): Promise<ExportEntry | undefined> {
    const manifest = await readManifest(join(this.folder, file + manifestEnding))
    if (manifest === undefined) return undefined
    const found = await lstat(join(this.folder, file)).catch(() => undefined)
    const isThere = found?.isFile() === true
    const changed = found !== undefined && found.size !== manifest.bytes
    const integrity = !isThere ? 'missing' : changed ? 'altered' : (this.checked.get(manifest.id) ?? 'unchecked')
    const modifiedAt = (found?.mtime ?? new Date(manifest.exportedAt)).toISOString()
    return { id: manifest.id, file, manifest: { ...manifest, file }, bytes: found?.size ?? 0, modifiedAt, integrity }
  }

  private clean(): void {
    if (this.cleaned === this.folder) return
    this.cleaned = this.folder
    removeTemporaries(this.folder)
  }
}
