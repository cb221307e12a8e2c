import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { lstat, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ExportEntry, ExportManifest } from '@shared/domain/export'
import { FleetError } from '@shared/ipc/result'
import { compareValues } from '@shared/rows/order'
import { diskError } from '../../storage/disk-error'
import { removeTemporaries, writeAtomic } from '../../storage/write-atomic'
import { Manifests } from './manifests'
import { integrityOf } from './verify'

const manifestEnding = '.manifest.json'
/** Manifests that are read at the same time. */
const maxConcurrent = 16

/** `diskError` names the folder of a file. */
const inside = (folder: string): string => join(folder, 'exports')

const notThere = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This export is no longer in the library' })

const notHere = (file: string, folder: string): FleetError =>
  new FleetError({
    code: 'not-found',
    message: `${file} is no longer in ${folder}`,
    hint: 'Its manifest is still there. Restore the file, or delete the entry.',
  })

/** A file's state on the disk; the compared hash is valid as long as this does not change. */
const stateOf = ({ size, mtimeMs }: Stats, { sha256 }: ExportManifest): string => `${size} ${mtimeMs} ${sha256}`

/** For an entry whose manifest cannot be read, or tells the id of another one, as copies of a file and its manifest do. */
const idByName = (file: string): string => `file:${createHash('sha256').update(file).digest('hex')}`

const timeOf = ({ manifest, modifiedAt }: ExportEntry): string => manifest?.exportedAt ?? modifiedAt

function withOwnIds(entries: readonly ExportEntry[]): readonly ExportEntry[] {
  const seen = new Set<string>()
  return entries.map((entry) => {
    const id = seen.has(entry.id) ? idByName(entry.file) : entry.id
    seen.add(id)
    return { ...entry, id }
  })
}

/** The folder of exports: each one a file with a manifest beside it. Nothing outside the folder is ever read, written or deleted. */
export class Library {
  private readonly checked = new Map<string, { readonly state: string; readonly integrity: ExportEntry['integrity'] }>()
  /** Names by ID, as they were listed last: one export is found without the others. */
  private files: ReadonlyMap<string, string> = new Map()
  private cleaned: string | undefined
  /** A folder that was seen to be the place of a drive or share. */
  private mountPoint: string | undefined

  /** `mayMake` says whether a missing folder is created: a folder that a person selected may be on a drive that is disconnected. */
  constructor(
    private readonly currentFolder: () => string,
    private readonly mayMake: () => boolean = () => true,
    private readonly manifests = new Manifests(),
  ) {}

  get folder(): string {
    return this.currentFolder()
  }

  /** Makes the folder where that may be, and once a run removes what a killed process left. Errors: FleetError `disk`. */
  async prepare(): Promise<string> {
    const { folder } = this
    try {
      if (this.mayMake()) await mkdir(folder, { recursive: true })
      await this.checkMount(folder)
    } catch (error) {
      throw diskError(error, inside(folder), 'saved')
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
      Promise.reject(diskError(error, inside(folder), 'read')),
    )
    const manifests = names.filter((name) => name.endsWith(manifestEnding) && name !== manifestEnding).sort()
    const entries: ExportEntry[] = []
    for (let at = 0; at < manifests.length; at += maxConcurrent) {
      const found = await Promise.all(
        manifests.slice(at, at + maxConcurrent).map((name) => this.entry(name.slice(0, -manifestEnding.length))),
      )
      entries.push(...found.filter((entry) => entry !== undefined))
    }
    const named = withOwnIds(entries)
    this.files = new Map(named.map(({ id, file }) => [id, file]))
    return named.toSorted((a, b) => compareValues(timeOf(b), timeOf(a)))
  }

  async find(id: string): Promise<ExportEntry> {
    const file = this.files.get(id)
    const known = file === undefined ? undefined : await this.entry(file)
    if (known !== undefined && (known.id === id || idByName(known.file) === id)) return { ...known, id }
    const entry = (await this.list()).find((candidate) => candidate.id === id)
    if (entry === undefined) throw notThere()
    return entry
  }

  pathOf({ file }: ExportEntry): string {
    return join(this.folder, basename(file))
  }

  /** The path of an entry whose file can be read; a link that stands in its place is not followed. Throws `not-found`. */
  async readablePath(entry: ExportEntry): Promise<string> {
    const path = this.pathOf(entry)
    const found = await lstat(path).catch(() => undefined)
    if (found?.isFile() !== true) throw notHere(entry.file, this.folder)
    return path
  }

  async verify(id: string): Promise<ExportEntry> {
    const entry = await this.find(id)
    if (entry.manifest === undefined) return entry
    const path = this.pathOf(entry)
    // Taken first: what changes while it is hashed makes the answer void.
    const found = await lstat(path).catch(() => undefined)
    const integrity = await integrityOf(path, entry.manifest)
    if (found?.isFile() === true) this.checked.set(entry.file, { state: stateOf(found, entry.manifest), integrity })
    return { ...entry, integrity }
  }

  async keep(manifest: ExportManifest): Promise<void> {
    const path = join(this.folder, manifest.file)
    await writeAtomic(path + manifestEnding, JSON.stringify(manifest, null, 2))
    const found = await lstat(path)
    // We hashed it while writing it.
    this.checked.set(manifest.file, { state: stateOf(found, manifest), integrity: 'intact' })
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
    const path = join(this.folder, file)
    const [manifest, stats] = await Promise.all([
      this.manifests.read(path + manifestEnding),
      lstat(path).catch(() => undefined),
    ])
    const found = stats?.isFile() === true ? stats : undefined
    const modifiedAt = found?.mtime.toISOString() ?? manifest?.exportedAt ?? ''
    const common = { file, bytes: found?.size ?? 0, modifiedAt }
    if (manifest !== undefined) {
      const integrity = this.integrity(manifest, file, found)
      return { ...common, id: manifest.id, manifest: { ...manifest, file }, integrity }
    }
    // A manifest that cannot be read, or is of a newer version, does not hide its file.
    return found && { ...common, id: idByName(file), integrity: 'unknown' }
  }

  private integrity(manifest: ExportManifest, file: string, found: Stats | undefined): ExportEntry['integrity'] {
    if (found === undefined) return 'missing'
    if (found.size !== manifest.bytes) return 'altered'
    const checked = this.checked.get(file)
    return checked?.state === stateOf(found, manifest) ? checked.integrity : 'unchecked'
  }

  /** Once its drive or share is away, a mount point is an empty folder of the disk below: what is written there would be lost to sight. */
  private async checkMount(folder: string): Promise<void> {
    const [{ dev }, above] = await Promise.all([stat(folder), stat(dirname(folder))])
    if (dev !== above.dev) this.mountPoint = folder
    else if (this.mountPoint === folder)
      throw new FleetError({
        code: 'disk',
        message: `The file could not be saved in ${folder}. The drive or share is no longer connected.`,
        hint: 'Connect it again or choose another folder, then retry.',
      })
  }

  private clean(): void {
    if (this.cleaned === this.folder) return
    this.cleaned = this.folder
    removeTemporaries(this.folder)
  }
}
