import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { Rows } from './rows-host'
import type { RowsCall, RowsReply } from './rows-program'

interface PendingCall {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: FleetError) => void
}

const ended = (): FleetError =>
  new FleetError({
    code: 'internal',
    message: 'The rows of the servers are no longer in memory',
    hint: 'Open the table again to read them.',
  })

/** What is used of a `Worker`. */
interface Thread {
  postMessage(call: RowsCall): void
  terminate(): Promise<number>
  on(event: 'message', listener: (reply: RowsReply) => void): unknown
  on(event: 'error' | 'exit', listener: () => void): unknown
}

/** `Rows` in a thread that is started with the first call. A thread that ends fails its pending calls; the next call starts another. */
export class RowsInThread {
  private thread: Thread | undefined
  private readonly pending = new Map<number, PendingCall>()
  private calls = 0
  /** The app ends: what still arrives starts no other thread. */
  private isStopped = false

  readonly rows: Omit<Rows, 'setNames'>

  constructor(
    private readonly start: () => Thread,
    /** The names of all servers, which a thread gets first. */
    private readonly names: () => ReadonlyMap<ServerId, string>,
    /** Called when a thread has ended, and its rows with it. */
    private readonly onEnd: () => void,
  ) {
    const methods: readonly (keyof Rows)[] = [
      'begin',
      'append',
      'end',
      'abandon',
      'forget',
      'open',
      'close',
      'page',
      'copy',
      'save',
      'search',
    ]
    const call = (method: keyof Rows) => [method, (...args: readonly unknown[]) => this.call(method, args)] as const
    this.rows = Object.fromEntries(methods.map(call)) as unknown as Omit<Rows, 'setNames'>
  }

  /** Servers were added, renamed or removed. */
  namesChanged(): void {
    if (this.thread !== undefined) this.sendNames(this.thread)
  }

  async stop(): Promise<void> {
    this.isStopped = true
    await this.thread?.terminate()
  }

  private call(method: keyof Rows, args: readonly unknown[]): Promise<unknown> {
    if (this.isStopped) return Promise.reject(ended())
    const call = ++this.calls
    return new Promise((resolve, reject) => {
      const thread = (this.thread ??= this.startThread())
      this.pending.set(call, { resolve, reject })
      thread.postMessage({ call, method, args })
    })
  }

  private startThread(): Thread {
    const thread = this.start()
    thread.on('message', (reply: RowsReply) => this.settle(reply))
    // An error of the thread ends it.
    thread.on('error', () => undefined)
    thread.on('exit', () => this.end(thread))
    this.sendNames(thread)
    return thread
  }

  private sendNames(thread: Thread): void {
    thread.postMessage({ call: ++this.calls, method: 'setNames', args: [this.names()] })
  }

  private settle(reply: RowsReply): void {
    const pending = this.pending.get(reply.call)
    this.pending.delete(reply.call)
    if ('error' in reply) pending?.reject(new FleetError(reply.error))
    else pending?.resolve(reply.value)
  }

  private end(thread: Thread): void {
    if (this.thread !== thread) return
    this.thread = undefined
    const pending = [...this.pending.values()]
    this.pending.clear()
    for (const { reject } of pending) reject(ended())
    this.onEnd()
  }
}
