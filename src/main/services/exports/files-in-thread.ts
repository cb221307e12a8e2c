import { Worker } from 'node:worker_threads'
import type { ExportFormat } from '@shared/domain/export'
import type { PageQuery } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import type { CopyRequest, Files } from './files-host'
import type { FilesAnswer, FilesCall } from './files-thread'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: FleetError) => void
}

const ended = (cause?: unknown): FleetError =>
  new FleetError(
    {
      code: 'damaged',
      message: 'The file could not be read',
      hint: 'It may be too large for the memory of this computer. Open it again to retry.',
    },
    { cause },
  )

/** `Files` in a thread of its own, so that a large file never holds up the app; started with the first call, and again if it ended. */
export class FilesInThread implements Files {
  private worker: Worker | undefined
  private readonly waiting = new Map<number, Waiting>()
  private calls = 0

  constructor(private readonly entry: string) {}

  ready(): ReturnType<Files['ready']> {
    return this.ask('ready')
  }

  open(file: string, format?: ExportFormat, keys?: readonly string[]): ReturnType<Files['open']> {
    return this.ask('open', file, format, keys)
  }

  rows(viewId: string, query: PageQuery): ReturnType<Files['rows']> {
    return this.ask('rows', viewId, query)
  }

  copy(viewId: string, request: CopyRequest): ReturnType<Files['copy']> {
    return this.ask('copy', viewId, request)
  }

  close(viewId: string): ReturnType<Files['close']> {
    return this.ask('close', viewId)
  }

  xlsx(header: readonly string[], rows: readonly (readonly string[])[]): ReturnType<Files['xlsx']> {
    return this.ask('xlsx', header, rows)
  }

  private ask<T>(method: keyof Files, ...args: readonly unknown[]): Promise<T> {
    const call = ++this.calls
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(call, { resolve: resolve as (value: unknown) => void, reject })
      this.thread().postMessage({ call, method, args } satisfies FilesCall)
    })
  }

  private thread(): Worker {
    if (this.worker !== undefined) return this.worker
    const worker = new Worker(this.entry)
    worker.on('message', (answer: FilesAnswer) => this.settle(answer))
    worker.once('error', (error) => this.lose(worker, error))
    worker.once('exit', () => this.lose(worker))
    // It must not keep the app from ending.
    worker.unref()
    return (this.worker = worker)
  }

  private settle(answer: FilesAnswer): void {
    const waiting = this.waiting.get(answer.call)
    this.waiting.delete(answer.call)
    if ('error' in answer) waiting?.reject(new FleetError(answer.error, { cause: answer.cause }))
    else waiting?.resolve(answer.value)
  }

  private lose(worker: Worker, error?: unknown): void {
    if (this.worker !== worker) return
    this.worker = undefined
    for (const { reject } of this.waiting.values()) reject(ended(error))
    this.waiting.clear()
  }
}
