import { randomUUID } from 'node:crypto'
import { copyFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ExportEntry, ExportRow, OpenedExport } from '@shared/domain/export'
import type { Page, PageQuery } from '@shared/domain/page'
import { diskError } from '../../storage/disk-error'
import type { CopyRequest, Files } from './files-host'
import type { Library } from './library'

/** Reads exports, of the library and from elsewhere; needs no server and no network. */
export class ExportViewer {
  constructor(
    private readonly files: Files,
    private readonly library: Library,
    private readonly changed: () => void,
  ) {}

  /** After the library is listed, one of its exports is likely to be opened; a failure is reported then. */
  prepare(): void {
    void this.files.ready().catch(() => undefined)
  }

  /** Opens an export of the library; its hash is compared afterwards and published as a change of the library. */
  async open(id: string, signal?: AbortSignal): Promise<OpenedExport> {
    const entry = await this.library.find(id)
    const format = entry.manifest?.format
    const keys = entry.manifest?.columns.map(({ key }) => key)
    const table = await this.files.open(await this.library.readablePath(entry), format, keys, signal)
    void this.library.verify(id).then(this.changed, () => undefined)
    // The manifest knows the labels of every resource; a reader knows the API's names.
    const labels = new Map(entry.manifest?.columns.map(({ key, label }) => [key, label]))
    const columns = table.columns.map(({ key, label }) => ({ key, label: labels.get(key) ?? label }))
    return { ...table, columns, entry }
  }

  /** Opens a file from elsewhere. Errors: FleetError `disk`, `damaged`, `cancelled`. */
  async openPath(path: string, signal?: AbortSignal): Promise<OpenedExport> {
    const table = await this.files.open(path, undefined, undefined, signal)
    const found = await stat(path)
    const entry: ExportEntry = {
      id: `opened:${randomUUID()}`,
      file: basename(path),
      bytes: found.size,
      modifiedAt: found.mtime.toISOString(),
      integrity: 'unknown',
    }
    return { ...table, entry }
  }

  rows(viewId: string, query: PageQuery): Promise<Page<ExportRow>> {
    return this.files.rows(viewId, query)
  }

  copy(viewId: string, request: CopyRequest): Promise<{ readonly text: string; readonly rows: number }> {
    return this.files.copy(viewId, request)
  }

  close(viewId: string): Promise<void> {
    return this.files.close(viewId)
  }

  /** Copies an export's file to where the person chose; its manifest stays in the library. */
  async saveCopy(id: string, target: string): Promise<void> {
    const entry = await this.library.find(id)
    await copyFile(await this.library.readablePath(entry), target).catch((error: unknown) =>
      Promise.reject(diskError(error, target)),
    )
  }

  /** The folder's path of an entry, for the system's file manager. */
  async pathOf(id: string): Promise<string> {
    return this.library.pathOf(await this.library.find(id))
  }
}
