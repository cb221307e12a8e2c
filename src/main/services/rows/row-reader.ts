import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { RowScope } from '@shared/fleet/merged'
import type { AppError } from '@shared/ipc/result'
import { cancelled } from '../../portsip/abort'
import { IncompleteListError } from '../../portsip/incomplete-list'
import { ifPresent, type Servers } from '../../servers/servers'
import { toAppError } from '../../to-app-error'
import { readRows } from './read-rows'
import { rowScope, rowSource } from './row-source'
import type { RestoredRows, Rows } from './rows-host'

/** What was read of a resource on one server, and what the last reading came to. */
export interface ReadRows {
  readonly phase: 'waiting' | 'reading' | 'read' | 'incomplete' | 'failed'
  /** The rows of the shown reading. */
  readonly rows: number
  /** When the shown rows were read, RFC 3339. */
  readonly readAt?: string
  /** The rows are not all: their reading ended early. */
  readonly isPartial?: boolean
  /** Set if the account that read the shown rows does not see all of the server. */
  readonly scope?: RowScope
  /** The rows are of an earlier run of the app. */
  readonly isRestored?: boolean
  readonly error?: AppError
}

type ShownRows = Pick<ReadRows, 'rows' | 'readAt' | 'isPartial' | 'scope'>

interface RowReaderDeps {
  readonly servers: Pick<Servers, 'reader' | 'state' | 'isDead' | 'lanes'>
  readonly rows: Pick<Rows, 'begin' | 'append' | 'end' | 'abandon' | 'forget'>
  /** Address and user with which a server is read now. */
  readonly account: (serverId: ServerId) => string
  readonly now: () => number
  readonly onChange: (serverId: ServerId, resource: MergedId) => void
}

interface ReadOptions {
  /** Somebody besides the merged tables waits for it. */
  readonly isKept?: boolean
  /** It does not start before this. */
  readonly after?: Promise<void>
  /** Called whenever rows are in the thread. */
  readonly onRows?: () => void
}

/** A reading that is waiting or running. */
interface Reading {
  readonly serverId: ServerId
  readonly resource: MergedId
  readonly stop: AbortController
  /** What was known before it. */
  readonly before: ReadRows | undefined
  /** Somebody besides the merged tables waits for it. */
  isKept: boolean
  /** Of the account that reads. */
  scope?: RowScope | undefined
  hasBegun: boolean
  done: Promise<void>
}

const rowsOf = ({ scope }: Pick<Reading, 'scope'>, rows: number, readAt: string): ShownRows => ({
  rows,
  readAt,
  ...(scope && { scope }),
})

const keyOf = (serverId: ServerId, resource: MergedId): string => `${resource}/${serverId}`

/** Reads rows of servers into the thread that keeps them; one reading of a list at a time. */
export class RowReader {
  private readonly known = new Map<string, ReadRows>()
  private readonly running = new Map<string, Reading>()

  constructor(private readonly deps: RowReaderDeps) {}

  state(serverId: ServerId, resource: MergedId): ReadRows | undefined {
    return this.known.get(keyOf(serverId, resource))
  }

  /** Rows of an earlier run are in the thread. */
  restored(lists: readonly RestoredRows[]): void {
    for (const { serverId, resource, ...shown } of lists) {
      const known = this.state(serverId, resource)
      if (known === undefined) this.set(serverId, resource, { phase: 'read', ...shown, isRestored: true })
      // A first reading that had no rows then, or has failed.
      else if (known.readAt === undefined || this.running.has(keyOf(serverId, resource)))
        this.set(serverId, resource, { ...known, ...shown })
    }
  }

  /**
   * Reads the list again; joins a reading that is waiting or running. Failures are in the state.
   */
  read(
    serverId: ServerId,
    resource: MergedId,
    { isKept = false, after, onRows = () => undefined }: ReadOptions = {},
  ): Promise<void> {
    const key = keyOf(serverId, resource)
    const running = this.running.get(key)
    if (running !== undefined) {
      running.isKept ||= isKept
      return running.done
    }
    const { servers } = this.deps
    const reading: Reading = {
      serverId,
      resource,
      stop: new AbortController(),
      before: this.known.get(key),
      isKept,
      hasBegun: false,
      done: Promise.resolve(),
    }
    this.running.set(key, reading)
    this.set(serverId, resource, { ...this.shown(key), phase: 'waiting' })
    reading.done = servers.lanes
      .run(
        async () => {
          await after
          await this.readNow(reading, onRows)
        },
        ifPresent(() => servers.isDead(serverId)) === true,
      )
      .finally(() => {
        if (this.isCurrent(reading)) this.running.delete(key)
      })
    return reading.done
  }

  /** Reads a list that was read before, because it has changed: not before a running reading is over, which may have missed it. */
  async readChanged(serverId: ServerId, resource: MergedId): Promise<void> {
    const running = this.running.get(keyOf(serverId, resource))
    if (running?.hasBegun === true) await running.done
    if (this.state(serverId, resource) !== undefined) await this.read(serverId, resource, { isKept: true })
  }

  /** The merged tables no longer wait for this list: stops its reading unless somebody else does. */
  cancel(serverId: ServerId, resource: MergedId): void {
    const key = keyOf(serverId, resource)
    const reading = this.running.get(key)
    if (reading === undefined || reading.isKept) return
    this.drop(key, reading)
    if (reading.hasBegun) void this.deps.rows.abandon(serverId, resource).catch(() => undefined)
    const { before } = reading
    const isKnown = before?.phase === 'read' || before?.phase === 'incomplete'
    this.set(serverId, resource, isKnown ? before : { ...this.shown(key), phase: 'failed', error: cancelled().detail })
  }

  /** Drops everything that is known of these servers. */
  async forget(serverIds: readonly ServerId[]): Promise<void> {
    const gone = new Set(serverIds)
    for (const [key, reading] of this.running) if (gone.has(reading.serverId)) this.drop(key, reading)
    const keys = [...this.known.keys()].filter((key) => gone.has(key.slice(key.indexOf('/') + 1)))
    for (const key of keys) this.known.delete(key)
    if (keys.length > 0) await this.deps.rows.forget(serverIds).catch(() => undefined)
  }

  /** The thread has ended with all rows. */
  clear(): void {
    for (const [key, reading] of this.running) this.drop(key, reading)
    this.known.clear()
  }

  /** From here on, the reading changes nothing: neither what is known nor the rows. */
  private drop(key: string, reading: Reading): void {
    this.running.delete(key)
    reading.stop.abort()
  }

  private isCurrent(reading: Reading): boolean {
    return this.running.get(keyOf(reading.serverId, reading.resource)) === reading
  }

  private async readNow(reading: Reading, onRows: () => void): Promise<void> {
    if (!this.isCurrent(reading)) return
    const { rows, servers, account, now } = this.deps
    const { serverId, resource, stop } = reading
    const key = keyOf(serverId, resource)
    const readAt = new Date(now()).toISOString()
    let count = 0
    try {
      const reader = servers.reader(serverId)
      const session = servers.state(serverId)
      const source = rowSource(session, resource) ?? resource
      reading.scope = rowScope(session, source)
      reading.hasBegun = true
      // The thread gets its calls in order: the first request does not wait for it.
      const begun = rows.begin(serverId, resource, readAt, account(serverId), reading.scope)
      begun.catch(() => undefined)
      this.set(serverId, resource, { ...this.shown(key), phase: 'reading' })
      for await (const page of readRows(reader, source, stop.signal)) {
        if (!this.isCurrent(reading)) return
        const appended = rows.append(serverId, resource, page)
        count += page.length
        // A page that is asked for now comes after the rows.
        if ((this.shown(key).readAt ?? readAt) === readAt)
          this.set(serverId, resource, { ...rowsOf(reading, count, readAt), phase: 'reading' })
        await appended
        onRows()
      }
      if (!this.isCurrent(reading)) return
      await rows.end(serverId, resource, true)
      if (this.isCurrent(reading)) this.set(serverId, resource, { ...rowsOf(reading, count, readAt), phase: 'read' })
    } catch (error) {
      if (this.isCurrent(reading)) await this.fail(reading, error, { count, readAt }).catch(() => undefined)
    }
  }

  private async fail(
    reading: Reading,
    error: unknown,
    { count, readAt }: { readonly count: number; readonly readAt: string },
  ): Promise<void> {
    const { rows } = this.deps
    const { serverId, resource } = reading
    if (error instanceof IncompleteListError) {
      await rows.end(serverId, resource, false)
      if (this.isCurrent(reading))
        this.set(serverId, resource, {
          ...rowsOf(reading, count, readAt),
          phase: 'incomplete',
          isPartial: true,
          error: error.detail,
        })
      return
    }
    const shown = this.shown(keyOf(serverId, resource))
    const isPartial = shown.isPartial === true || shown.readAt === readAt
    this.set(serverId, resource, {
      ...shown,
      ...(isPartial && { isPartial }),
      phase: 'failed',
      error: toAppError(error),
    })
    if (reading.hasBegun) await rows.abandon(serverId, resource)
  }

  private shown(key: string): ShownRows {
    const { rows = 0, readAt, isPartial, scope } = this.known.get(key) ?? {}
    return { rows, ...(readAt !== undefined && { readAt }), ...(isPartial && { isPartial }), ...(scope && { scope }) }
  }

  private set(serverId: ServerId, resource: MergedId, state: ReadRows): void {
    this.known.set(keyOf(serverId, resource), state)
    this.deps.onChange(serverId, resource)
  }
}
