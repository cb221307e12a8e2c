import type { ExportFormat } from '@shared/domain/export'
import { fileLimits } from '@shared/limits/files'
import type { PageQuery } from '@shared/domain/page'
import { closedTable, FileProcess, type CallOptions, type FilesChild } from './file-process'
import type { CopyRequest, Files, OpenedTable } from './files-host'
import type { ReadOptions } from '../imports/read-import'

/** More tables than a window shows: the oldest ones are closed. */
const openMax = 8

/** How long one call may take. */
interface Seconds {
  readonly view?: number
  readonly import?: number
}

/** `Files` in processes: one for each open table, so that a file which ends its process affects no other. An idle one is kept for the next. */
export class FilesInProcesses implements Files {
  private readonly seconds: Required<Seconds>
  private idle: FileProcess | undefined
  private readonly tables = new Map<string, FileProcess>()
  private readonly running = new Set<FileProcess>()

  constructor(
    private readonly fork: () => FilesChild,
    { view = fileLimits.view.seconds, import: importing = fileLimits.import.seconds }: Seconds = {},
  ) {
    this.seconds = { view, import: importing }
  }

  ready(): ReturnType<Files['ready']> {
    if (this.idle === undefined || this.idle.ended) this.idle = this.start()
    return this.idle.call('ready', [])
  }

  async open(
    file: string,
    format?: ExportFormat,
    keys?: readonly string[],
    signal?: AbortSignal,
  ): Promise<OpenedTable> {
    const process = this.take()
    try {
      const table = await process.call<OpenedTable>('open', [file, format, keys], {
        signal,
        seconds: this.seconds.view,
      })
      this.tables.set(table.viewId, process)
      for (const viewId of [...this.tables.keys()].slice(0, -openMax)) void this.close(viewId)
      return table
    } catch (error) {
      this.keep(process)
      throw error
    }
  }

  rows(viewId: string, query: PageQuery): ReturnType<Files['rows']> {
    return this.call(viewId, 'rows', query)
  }

  copy(viewId: string, request: CopyRequest): ReturnType<Files['copy']> {
    return this.call(viewId, 'copy', request)
  }

  async close(viewId: string): Promise<void> {
    const process = this.tables.get(viewId)
    this.tables.delete(viewId)
    if (process === undefined || process.ended) return
    await process.call('close', [viewId], { seconds: this.seconds.view })
    this.keep(process)
  }

  /** Closes the tables of a page that is gone: it can no longer do so. */
  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.tables.keys()].map((viewId) => this.close(viewId)))
  }

  xlsx(header: readonly string[], rows: readonly (readonly string[])[]): ReturnType<Files['xlsx']> {
    return this.once('xlsx', [header, rows])
  }

  readImport(path: string, signal?: AbortSignal, options?: ReadOptions): ReturnType<Files['readImport']> {
    // A signal cannot be sent to a process: canceling ends it.
    return this.once('readImport', [path, undefined, options], { signal, seconds: this.seconds.import })
  }

  readCopied(text: string, signal?: AbortSignal, options?: ReadOptions): ReturnType<Files['readCopied']> {
    return this.once('readCopied', [text, undefined, options], { signal, seconds: this.seconds.import })
  }

  readPlan(path: string): ReturnType<Files['readPlan']> {
    return this.once('readPlan', [path], { seconds: this.seconds.import })
  }

  stopAll(): void {
    for (const process of this.running) process.stop()
  }

  private async once<T>(method: keyof Files, args: readonly unknown[], options?: CallOptions): Promise<T> {
    const process = this.take()
    return process.call<T>(method, args, options).finally(() => this.keep(process))
  }

  private call<T>(viewId: string, method: keyof Files, request: unknown): Promise<T> {
    const process = this.tables.get(viewId)
    if (process === undefined) return Promise.reject(closedTable())
    return process.call(method, [viewId, request], { seconds: this.seconds.view })
  }

  private take(): FileProcess {
    const { idle } = this
    this.idle = undefined
    return idle === undefined || idle.ended ? this.start() : idle
  }

  private keep(process: FileProcess): void {
    if (process.isReusable && (this.idle === undefined || this.idle.ended)) this.idle = process
    else process.stop()
  }

  private start(): FileProcess {
    const process: FileProcess = new FileProcess(this.fork(), () => this.running.delete(process))
    this.running.add(process)
    return process
  }
}
