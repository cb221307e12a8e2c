import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { PendingCalls } from '../pending-calls'
import type { Rows } from './rows-host'
import type { RowsCall, RowsReply } from './rows-program'

/** How long the end of the app waits for rows that are not stored yet. */
const flushMs = 2000

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

/** What the app calls; the names of servers are sent by the thread's owner. */
type CalledRows = Omit<Rows, 'setNames'>
type CalledMethod = keyof CalledRows

/** `satisfies` keeps the list complete. */
const methods = {
  begin: 1,
  append: 1,
  end: 1,
  abandon: 1,
  forget: 1,
  restore: 1,
  flush: 1,
  open: 1,
  close: 1,
  page: 1,
  copy: 1,
  save: 1,
  search: 1,
} satisfies Record<CalledMethod, 1>

/** `Rows` in a thread that is started with the first call. A thread that ends fails its pending calls; the next call starts another. */
export class RowsInThread {
  private thread: Thread | undefined
  private readonly pending = new PendingCalls()
  /** The app ends: what still arrives starts no other thread. */
  private isStopped = false

  readonly rows: CalledRows

  constructor(
    private readonly start: () => Thread,
    /** The names of all servers, which a thread gets first. */
    private readonly names: () => ReadonlyMap<ServerId, string>,
    /** Called when a thread has ended, and its rows with it. */
    private readonly onEnd: () => void,
  ) {
    const call = (method: CalledMethod) => [method, (...args: readonly unknown[]) => this.call(method, args)] as const
    this.rows = Object.fromEntries((Object.keys(methods) as CalledMethod[]).map(call)) as unknown as CalledRows
  }

  /** Servers were added, renamed or removed. */
  namesChanged(): void {
    if (this.thread !== undefined) this.sendNames(this.thread)
  }

  async stop(): Promise<void> {
    const flushed = this.thread === undefined ? undefined : this.call('flush', []).catch(() => undefined)
    this.isStopped = true
    await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, flushMs).unref())])
    await this.thread?.terminate()
  }

  private call(method: CalledMethod, args: readonly unknown[]): Promise<unknown> {
    if (this.isStopped) return Promise.reject(ended())
    return this.pending.start((call) => {
      const thread = (this.thread ??= this.startThread())
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
    const sent = this.pending.start((call) => thread.postMessage({ call, method: 'setNames', args: [this.names()] }))
    // A thread that ended before it got them has no rows, either.
    sent.catch(() => undefined)
  }

  private settle(reply: RowsReply): void {
    if ('error' in reply) this.pending.reject(reply.call, new FleetError(reply.error))
    else this.pending.resolve(reply.call, reply.value)
  }

  private end(thread: Thread): void {
    if (this.thread !== thread) return
    this.thread = undefined
    this.pending.rejectAll(ended)
    this.onEnd()
  }
}
