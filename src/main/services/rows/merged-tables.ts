import { randomUUID } from 'node:crypto'
import type { ServerId } from '@shared/domain/server'
import type { MergedPage, MergedPageQuery, MergedRows, MergedServer, MergedState } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import { FleetError } from '@shared/ipc/result'
import { ifPresent, type Servers } from '../../servers/servers'
import { missingText } from './missing-text'
import { rowObstacle } from './row-obstacle'
import type { RowReader } from './row-reader'
import type { Rows, SavedRows } from './rows-host'

interface MergedDeps {
  readonly servers: Pick<Servers, 'record' | 'state'>
  readonly rows: Pick<Rows, 'open' | 'close' | 'page' | 'copy' | 'save'>
  readonly reader: RowReader
  /** Starts to restore the rows of earlier runs. */
  readonly restore: () => void
  readonly onChange: (state: MergedState) => void
  /** Runs work a little later, for changes that come in bursts. */
  readonly later: (run: () => void) => void
  /** Lets the other servers of a new table start even if the first one has not responded. */
  readonly startOthers: (start: () => void) => void
}

interface View {
  readonly resource: MergedId
  serverIds: readonly ServerId[]
  isChangePending: boolean
  /** Rows were published: the first ones do not wait for others. */
  hasRows: boolean
}

/** Windows that were reloaded leave their tables open: the oldest ones are closed. */
const openMax = 6

/**
 * Tables with the rows of a resource on several servers. A server that is signed in is read when it comes into the
 * table, or when it signs in later; others are listed with the reason.
 */
export class MergedTables {
  private readonly views = new Map<string, View>()

  constructor(private readonly deps: MergedDeps) {}

  /** Opens a table and starts to read. */
  async open(resource: MergedId, serverIds: readonly ServerId[]): Promise<MergedState> {
    const viewId = randomUUID()
    for (const old of [...this.views.keys()].slice(0, 1 - openMax)) this.close(old)
    // The thread gets its calls in order: the first request does not wait for it.
    const opened = this.deps.rows.open(viewId, resource)
    this.views.set(viewId, { resource, serverIds: [], isChangePending: false, hasRows: false })
    this.readFirst(resource, serverIds)
    this.deps.restore()
    await opened.catch((error: unknown) => {
      this.close(viewId)
      throw error
    })
    return this.show(viewId, serverIds)
  }

  /**
   * Other servers for an open table; what was read of the others is kept. What could not be read is not tried again, as
   * each letter of a filter may let other servers in.
   */
  show(viewId: string, serverIds: readonly ServerId[]): MergedState {
    const view = this.view(viewId)
    const before = new Set(view.serverIds)
    view.serverIds = [...new Set(serverIds)]
    const now = new Set(view.serverIds)
    for (const id of before) if (!now.has(id)) this.cancel(id, view.resource)
    for (const id of now) if (!before.has(id) && this.isUnread(id, view.resource)) this.readOnce(id, view.resource)
    return this.state(viewId, view)
  }

  resourceOf(viewId: string): MergedId {
    return this.view(viewId).resource
  }

  /** Reads these servers of the table again. */
  read(viewId: string, serverIds: readonly ServerId[]): void {
    const { resource, serverIds: shown } = this.view(viewId)
    for (const id of serverIds)
      if (shown.includes(id) && this.obstacle(id, resource) === undefined) void this.deps.reader.read(id, resource)
  }

  page(viewId: string, query: MergedPageQuery): Promise<MergedPage> {
    return this.deps.rows.page(viewId, query)
  }

  copy(viewId: string, rows: MergedRows): Promise<{ readonly text: string; readonly rows: number }> {
    return this.deps.rows.copy(viewId, rows)
  }

  /** The rows as a file that says which servers are missing or old. */
  save(viewId: string, rows: MergedRows, format: 'csv' | 'xlsx'): Promise<SavedRows> {
    const view = this.view(viewId)
    const servers = new Set(rows.query.serverIds)
    const shown = this.state(viewId, view).servers.filter(({ serverId }) => servers.has(serverId))
    const name = (id: ServerId): string => ifPresent(() => this.deps.servers.record(id).name) ?? id
    return this.deps.rows.save(viewId, rows, format, missingText(shown, name))
  }

  close(viewId: string): void {
    const view = this.views.get(viewId)
    this.views.delete(viewId)
    for (const id of view?.serverIds ?? []) this.cancel(id, view?.resource)
    void this.deps.rows.close(viewId).catch(() => undefined)
  }

  closeAll(): void {
    for (const viewId of [...this.views.keys()]) this.close(viewId)
  }

  /** The thread has ended with its tables: a window that uses one learns that it is no longer open. */
  threadEnded(): void {
    this.views.clear()
  }

  /** Reads the server for the tables that show it. */
  signedIn(serverId: ServerId): void {
    for (const { resource, serverIds } of this.views.values())
      if (serverIds.includes(serverId)) this.readOnce(serverId, resource)
  }

  /** The state of a server changed: it can be read for the first time, as after a pause, or no longer. */
  serverChanged(serverId: ServerId): void {
    for (const [viewId, view] of this.views) {
      if (!view.serverIds.includes(serverId)) continue
      if (this.isUnread(serverId, view.resource)) this.readOnce(serverId, view.resource)
      this.changed(viewId, view)
    }
  }

  /** The reading of a list made progress. */
  listChanged(serverId: ServerId, resource: MergedId): void {
    for (const [viewId, view] of this.views) {
      if (view.resource !== resource || !view.serverIds.includes(serverId)) continue
      const isFirst = !view.hasRows && (this.deps.reader.state(serverId, resource)?.rows ?? 0) > 0
      view.hasRows ||= isFirst
      if (isFirst) this.deps.onChange(this.state(viewId, view))
      else this.changed(viewId, view)
    }
  }

  /**
   * Reads the servers of a new table, also those that could not be read before. If it has no rows yet, one server is ahead:
   * its rows are there while the requests to the others are being made.
   */
  private readFirst(resource: MergedId, serverIds: readonly ServerId[]): void {
    const { reader, startOthers } = this.deps
    const hasRows = serverIds.some((id) => (reader.state(id, resource)?.rows ?? 0) > 0)
    const [ahead] = serverIds.filter((id) => !hasRows && this.obstacle(id, resource) === undefined)
    const after = new Promise<void>((start) => {
      if (ahead === undefined) return start()
      void reader.read(ahead, resource, { onRows: start }).then(start)
      startOthers(start)
    })
    for (const id of serverIds) if (id !== ahead) this.readOnce(id, resource, after)
  }

  private view(viewId: string): View {
    const view = this.views.get(viewId)
    if (view === undefined)
      throw new FleetError({ code: 'not-found', message: 'This table is no longer open', hint: 'Open it again.' })
    return view
  }

  /** Reads a list that was not read, or of which a reading failed; rows that were read keep their age. */
  private readOnce(serverId: ServerId, resource: MergedId, after?: Promise<void>): void {
    const { reader } = this.deps
    const known = reader.state(serverId, resource)
    if (known !== undefined && known.phase !== 'failed' && known.isRestored !== true) return
    if (this.obstacle(serverId, resource) === undefined) void reader.read(serverId, resource, after && { after })
  }

  /** Nothing was read, or no longer waited for. */
  private isUnread(serverId: ServerId, resource: MergedId): boolean {
    const known = this.deps.reader.state(serverId, resource)
    if (known === undefined || known.isRestored === true) return true
    return known.phase === 'failed' && known.error?.code === 'cancelled'
  }

  private obstacle(serverId: ServerId, resource: MergedId): ReturnType<typeof rowObstacle> {
    return rowObstacle(this.deps.servers, serverId, resource)
  }

  private cancel(serverId: ServerId, resource: MergedId | undefined): void {
    if (resource === undefined) return
    const isShown = [...this.views.values()].some(
      (view) => view.resource === resource && view.serverIds.includes(serverId),
    )
    if (!isShown) this.deps.reader.cancel(serverId, resource)
  }

  private changed(viewId: string, view: View): void {
    if (view.isChangePending) return
    view.isChangePending = true
    this.deps.later(() => {
      view.isChangePending = false
      if (this.views.get(viewId) === view) this.deps.onChange(this.state(viewId, view))
    })
  }

  private state(viewId: string, { resource, serverIds }: View): MergedState {
    return { viewId, resource, servers: serverIds.map((serverId) => this.serverState(serverId, resource)) }
  }

  private serverState(serverId: ServerId, resource: MergedId): MergedServer {
    const obstacle = this.obstacle(serverId, resource)
    const known = this.deps.reader.state(serverId, resource)
    const { rows = 0, readAt, isPartial, scope, error, phase = 'waiting' } = known ?? {}
    const reason = error ?? ifPresent(() => this.deps.servers.state(serverId).error)
    const shown = obstacle ?? phase
    return {
      serverId,
      phase: shown,
      rows,
      ...(readAt !== undefined && { readAt }),
      ...(isPartial && { isPartial }),
      ...(scope && { scope }),
      ...(reason !== undefined && shown !== 'read' && { error: reason }),
    }
  }
}
