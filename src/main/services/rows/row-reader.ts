import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { AppError } from '@shared/ipc/result'
import { cancelled } from '../../portsip/abort'
import { IncompleteListError } from '../../portsip/incomplete-list'
import { ifPresent, type Servers } from '../../servers/servers'
import { toAppError } from '../../to-app-error'
import { readRows } from './read-rows'
import type { Rows } from './rows-host'

/** What was read of a resource on one server, and what the last reading came to. */
export interface ReadRows {
  readonly phase: 'waiting' | 'reading' | 'read' | 'incomplete' | 'failed'
  /** The rows of the shown reading. */
  readonly rows: number
  /** When the shown rows were read, RFC 3339. */
  readonly readAt?: string
  readonly error?: AppError
}

interface RowReaderDeps {
  readonly servers: Pick<Servers, 'reader' | 'isDead' | 'lanes'>
  readonly rows: Pick<Rows, 'begin' | 'append' | 'end' | 'abandon' | 'forget'>
  readonly now: () => number
  readonly onChange: (serverId: ServerId, resource: MergedId) => void
}

const keyOf = (serverId: ServerId, resource: MergedId): string => `${resource}/${serverId}`

/** Reads rows of servers into the thread that keeps them; one reading of a list at a time. */
export class RowReader {
  private readonly known = new Map<string, ReadRows>()
  private readonly running = new Map<string, { readonly done: Promise<void>; readonly stop: AbortController }>()

  constructor(private readonly deps: RowReaderDeps) {}

  state(serverId: ServerId, resource: MergedId): ReadRows | undefined {
    return this.known.get(keyOf(serverId, resource))
  }

  /** Reads the list again; joins a reading that is waiting or running. Failures are in the state. */
  read(serverId: ServerId, resource: MergedId): Promise<void> {
    const key = keyOf(serverId, resource)
    const running = this.running.get(key)
    if (running !== undefined) return running.done
    const stop = new AbortController()
    const { servers } = this.deps
    this.set(serverId, resource, { ...this.shown(key), phase: 'waiting' })
    const done = servers.lanes
      .run(() => this.readNow(serverId, resource, stop.signal), ifPresent(() => servers.isDead(serverId)) === true)
      .finally(() => this.running.delete(key))
    this.running.set(key, { done, stop })
    return done
  }

  /** Stops readings of this list that nobody waits for. */
  cancel(serverId: ServerId, resource: MergedId): void {
    this.running.get(keyOf(serverId, resource))?.stop.abort()
  }

  /** Drops everything that is known of these servers. */
  forget(serverIds: readonly ServerId[]): void {
    for (const serverId of serverIds) {
      for (const key of [...this.running.keys()]) if (key.endsWith(`/${serverId}`)) this.running.get(key)?.stop.abort()
      for (const key of [...this.known.keys()]) if (key.endsWith(`/${serverId}`)) this.known.delete(key)
    }
    if (serverIds.length > 0) void this.deps.rows.forget(serverIds).catch(() => undefined)
  }

  /** The thread has ended with all rows. */
  clear(): void {
    for (const { stop } of this.running.values()) stop.abort()
    this.known.clear()
  }

  private async readNow(serverId: ServerId, resource: MergedId, signal: AbortSignal): Promise<void> {
    const { rows, servers, now } = this.deps
    const key = keyOf(serverId, resource)
    const before = this.shown(key)
    const isFirst = before.readAt === undefined
    const readAt = new Date(now()).toISOString()
    let count = 0
    try {
      if (signal.aborted) throw cancelled()
      const reader = servers.reader(serverId)
      await rows.begin(serverId, resource, readAt)
      this.set(serverId, resource, { ...before, phase: 'reading' })
      let stored: Promise<void> | undefined
      for await (const page of readRows(reader, resource, signal)) {
        await stored
        stored = rows.append(serverId, resource, page)
        // Awaited with the next page: the thread answers in order, so that a table that asks now has these rows.
        stored.catch(() => undefined)
        count += page.length
        if (isFirst) this.set(serverId, resource, { phase: 'reading', rows: count, readAt })
        if (count === page.length) await stored
      }
      await stored
      await rows.end(serverId, resource)
      this.set(serverId, resource, { phase: 'read', rows: count, readAt })
    } catch (error) {
      await this.fail(serverId, resource, error, { before, count, readAt }).catch(() => undefined)
    }
  }

  private async fail(
    serverId: ServerId,
    resource: MergedId,
    error: unknown,
    { before, count, readAt }: { readonly before: Pick<ReadRows, 'rows' | 'readAt'>; count: number; readAt: string },
  ): Promise<void> {
    const { rows } = this.deps
    if (error instanceof IncompleteListError) {
      await rows.end(serverId, resource)
      return this.set(serverId, resource, { phase: 'incomplete', rows: count, readAt, error: error.detail })
    }
    await rows.abandon(serverId, resource)
    const shown = before.readAt === undefined && count > 0 ? { rows: count, readAt } : before
    this.set(serverId, resource, { ...shown, phase: 'failed', error: toAppError(error) })
  }

  private shown(key: string): Pick<ReadRows, 'rows' | 'readAt'> {
    const { rows = 0, readAt } = this.known.get(key) ?? {}
    return { rows, ...(readAt !== undefined && { readAt }) }
  }

  private set(serverId: ServerId, resource: MergedId, state: ReadRows): void {
    this.known.set(keyOf(serverId, resource), state)
    this.deps.onChange(serverId, resource)
  }
}
