import { printNumber } from '@shared/format/print-number'
import { fileLimits } from '@shared/limits/files'
import { FleetError } from '@shared/ipc/result'
import { PendingCalls } from '../pending-calls'
import type { Files } from './files-host'
import type { FilesCall, FilesReply } from './files-program'

/** The part of Electron's `UtilityProcess` that is used; a test runs the program in a process of plain Node behind it. */
export interface FilesChild {
  postMessage(message: FilesCall): void
  on(event: 'message', listener: (message: FilesReply) => void): unknown
  once(event: 'exit', listener: () => void): unknown
  kill(): boolean
}

export interface CallOptions {
  /** Ends the process, as it may be too busy to hear of it. */
  readonly signal?: AbortSignal | undefined
  readonly seconds?: number
}

const died = (): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `The file could not be processed: it needed more than ${printNumber(fileLimits.processMegabytes)} MB of memory, or its reader failed`,
    hint: 'Split it into smaller files, or save it as CSV, then open it again. Other files are not affected.',
  })

const tooSlow = (seconds: number): FleetError =>
  new FleetError({
    code: 'damaged',
    message: `The file could not be processed within the limit of ${printNumber(seconds)} s`,
    hint: 'Split it into smaller files, then open it again.',
  })

const canceled = (): FleetError => new FleetError({ code: 'cancelled', message: 'Reading the file was canceled' })

export const closedTable = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This export is no longer open', hint: 'Open it again.' })

/** One process that works on files; it may end at any time, which fails its pending calls alone. */
export class FileProcess {
  private readonly pending = new PendingCalls()
  private hasEnded = false
  private memory = 0

  constructor(
    private readonly child: FilesChild,
    private readonly onEnd: () => void = () => undefined,
  ) {
    child.on('message', (reply) => this.settle(reply))
    child.once('exit', () => this.end(died()))
  }

  get ended(): boolean {
    return this.hasEnded
  }

  /** Whether the next file has room beside what is left of earlier ones. */
  get isReusable(): boolean {
    return !this.hasEnded && this.memory < (fileLimits.processMegabytes * 1024 * 1024) / 3
  }

  call<T>(method: keyof Files, args: readonly unknown[], { signal, seconds }: CallOptions = {}): Promise<T> {
    if (this.hasEnded) return Promise.reject(closedTable())
    if (signal?.aborted === true) return Promise.reject(canceled())
    const cancel = (): void => this.end(canceled())
    const timer = seconds === undefined ? undefined : setTimeout(() => this.end(tooSlow(seconds)), seconds * 1000)
    signal?.addEventListener('abort', cancel, { once: true })
    return this.pending
      .start<T>((call) => this.child.postMessage({ call, method, args }))
      .finally(() => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', cancel)
      })
  }

  stop(): void {
    this.end(closedTable())
  }

  private settle(reply: FilesReply): void {
    this.memory = reply.memory
    if ('error' in reply) this.pending.reject(reply.call, new FleetError(reply.error, { cause: reply.cause }))
    else this.pending.resolve(reply.call, reply.value)
  }

  private end(error: FleetError): void {
    if (this.hasEnded) return
    this.hasEnded = true
    this.pending.rejectAll(() => error)
    this.child.kill()
    this.onEnd()
  }
}
