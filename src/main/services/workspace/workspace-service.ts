import type { CertificateView, ServerDraft, ServerId, ServerRecord } from '@shared/domain/server'
import { workspaceFileSchema, type WorkspaceFile, type WorkspaceView } from '@shared/domain/workspace'
import { FleetError } from '@shared/ipc/result'
import { sortedNames } from '@shared/rows/order'
import type { WorkspaceImport } from '@shared/ipc/values'
import { JsonStore } from '../../storage/json-store'
import { Listeners } from '../listeners'
import { copyName, placeAfter, placeBefore, withFolderRenamed, withPaused } from './arrange'
import { normalise, applyConsequences } from './normalise'
import { readWorkspaceFile, writeWorkspaceFile } from './transfer'

/** `undefined` removes an optional field, for example the pin. */
export type ServerPatch = { readonly [K in Exclude<keyof ServerRecord, 'id'>]?: ServerRecord[K] | undefined }

export interface AddExtra {
  readonly practice?: boolean
  readonly pin?: CertificateView
  readonly id?: ServerId
}

/** The workspace file. */
export const workspaceStore = (file: string): JsonStore<WorkspaceFile> =>
  new JsonStore({ file, schema: workspaceFileSchema, version: 1, empty: { version: 1, servers: [] } })

const notFound = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This server is no longer in the workspace' })

function newRecord(draft: ServerDraft, { id = crypto.randomUUID(), practice, pin }: AddExtra = {}): ServerRecord {
  return { ...normalise(draft), id, activeAddress: 'first', ...(pin && { pin }), ...(practice && { practice }) }
}

/** A server may be added twice with different users. An import skips the same user at the same address. */
export const identity = (server: Pick<ServerDraft, 'address' | 'username' | 'domain'>): string =>
  JSON.stringify([server.address, server.username, server.domain])

/** What follows from the servers. */
interface Derived {
  readonly byId: ReadonlyMap<ServerId, ServerRecord>
  readonly folders: readonly string[]
}

const derive = (servers: readonly ServerRecord[]): Derived => ({
  byId: new Map(servers.map((server) => [server.id, server])),
  folders: sortedNames(servers.map(({ folder }) => folder)),
})

/**
 * The servers, in the order of the sidebar. A change is on disk before it applies and before listeners are notified.
 * Errors: FleetError `not-found`, `rejected` with fields, `disk`, `read-only` (a file of a newer version).
 */
export class WorkspaceService {
  private readonly changed = new Listeners<[view: WorkspaceView]>()
  private readonly removed = new Listeners<[ids: readonly ServerId[]]>()
  private readonly recordChanged = new Listeners<[before: ServerRecord, after: ServerRecord]>()
  private derived: Derived

  constructor(private readonly store: JsonStore<WorkspaceFile>) {
    this.derived = derive(this.list())
  }

  list(): readonly ServerRecord[] {
    return this.store.value.servers
  }

  get(id: ServerId): ServerRecord {
    const record = this.derived.byId.get(id)
    if (record === undefined) throw notFound()
    return record
  }

  view(): WorkspaceView {
    const servers = this.list()
    const { folders } = this.derived
    const problem = this.store.problem
    if (problem === undefined) return { servers, folders }
    const { kind, message, keptAs, lastGood } = problem
    return {
      servers,
      folders,
      problem: {
        kind,
        message,
        ...(keptAs !== undefined && { keptAs }),
        ...(lastGood && { lastGood: { servers: lastGood.value.servers.length, savedAt: lastGood.savedAt } }),
      },
    }
  }

  async add(draft: ServerDraft, extra?: AddExtra): Promise<ServerRecord> {
    const record = newRecord(draft, extra)
    await this.save((servers) => [...servers, record])
    return this.get(record.id)
  }

  /** Adds all of them or, if one is rejected, none. */
  async addAll(added: readonly { readonly draft: ServerDraft; readonly extra: AddExtra }[]): Promise<void> {
    const records = added.map(({ draft, extra }) => newRecord(draft, extra))
    await this.save((servers) => [...servers, ...records])
  }

  update(id: ServerId, draft: ServerDraft): Promise<ServerRecord> {
    return this.patch(id, draft)
  }

  /** Changes fields of a server. The pin is removed if an address has another host, unless the patch has a new pin. */
  async patch(id: ServerId, patch: ServerPatch): Promise<ServerRecord> {
    let before = this.get(id)
    let after = before
    const change = (servers: readonly ServerRecord[]): readonly ServerRecord[] => {
      const current = servers.find((server) => server.id === id)
      if (current === undefined) throw notFound()
      const merged = Object.entries({ ...current, ...patch, id }).filter(([, value]) => value !== undefined)
      before = current
      after = applyConsequences(current, normalise(Object.fromEntries(merged) as ServerRecord))
      return servers.map((server) => (server === current ? after : server))
    }
    await this.save(change, () => this.recordChanged.notify(before, after))
    return after
  }

  /** A copy behind the original. It is no practice server, because the app starts only the original. */
  async duplicate(id: ServerId): Promise<ServerRecord> {
    const copyId = crypto.randomUUID()
    await this.save((servers) => {
      const original = servers.find((server) => server.id === id)
      if (original === undefined) throw notFound()
      const copy = { ...original, id: copyId, name: copyName(original.name, servers) }
      delete copy.practice
      return placeAfter(servers, id, copy)
    })
    return this.get(copyId)
  }

  /** Moves a server in front of another one, or to the end (`null`), and into `folder`. */
  async move(id: ServerId, before: ServerId | null, folder: string): Promise<void> {
    await this.save((servers) => placeBefore(servers, id, before, folder))
  }

  /** Renames a folder; an empty name moves its servers out of it. Servers of a folder with this name are joined. */
  async renameFolder(folder: string, name: string): Promise<void> {
    await this.save((servers) => withFolderRenamed(servers, folder, name))
  }

  /** Ignores unknown IDs. */
  async setPaused(ids: readonly ServerId[], paused: boolean): Promise<void> {
    await this.save((servers) => withPaused(servers, new Set(ids), paused))
  }

  /** Ignores unknown IDs. Listeners are notified once the servers are deleted from disk, and awaited. */
  async remove(ids: readonly ServerId[]): Promise<void> {
    const removing = new Set(ids)
    const removed: ServerId[] = []
    await this.save((servers) => {
      for (const server of servers) if (removing.has(server.id)) removed.push(server.id)
      return removed.length === 0 ? servers : servers.filter((server) => !removing.has(server.id))
    })
    if (removed.length > 0) await this.removed.notify(removed)
  }

  /** Writes these servers, by default all. */
  exportTo(file: string, ids?: readonly ServerId[]): Promise<void> {
    const exported = new Set(ids)
    return writeWorkspaceFile(file, ids === undefined ? this.list() : this.list().filter(({ id }) => exported.has(id)))
  }

  /** Adds the servers of a file at the end. The same user at the same address is skipped and reported. */
  async importFrom(file: string): Promise<WorkspaceImport> {
    const imported = await readWorkspaceFile(file)
    const skipped: string[] = []
    let added = 0
    await this.save((servers) => {
      const existing = new Set(servers.map(identity))
      const newServers: ServerRecord[] = []
      for (const server of imported) {
        if (existing.has(identity(server))) {
          skipped.push(server.name)
          continue
        }
        existing.add(identity(server))
        // Always a new ID: an ID from a file could give its address the secrets that the keychain stores under this ID.
        const { pin, ...rest } = server
        newServers.push({ ...rest, ...(pin && { pin }), id: crypto.randomUUID() })
      }
      added = newServers.length
      return added === 0 ? servers : [...servers, ...newServers]
    })
    return { imported: true, added, skipped }
  }

  /** Restores the last good copy and keeps servers that were added since. Listeners are notified of those it changes. */
  async restore(): Promise<WorkspaceView> {
    let changed: readonly (readonly [before: ServerRecord, after: ServerRecord])[] = []
    await this.store.restore((lastGood, now) => {
      const restored = new Map(lastGood.servers.map((server) => [server.id, server]))
      changed = now.servers.flatMap((before) => {
        const after = restored.get(before.id)
        return after === undefined ? [] : [[before, after] as const]
      })
      return { version: 1, servers: [...restored.values(), ...now.servers.filter(({ id }) => !restored.has(id))] }
    })
    this.derived = derive(this.list())
    const listenersDone = Promise.all(changed.map((records) => this.recordChanged.notify(...records)))
    const view = this.publish()
    await listenersDone
    return view
  }

  onChange(listener: (view: WorkspaceView) => void): () => void {
    return this.changed.add(listener)
  }

  onRemoved(listener: (ids: readonly ServerId[]) => void | Promise<void>): () => void {
    return this.removed.add(listener)
  }

  /**
   * Called for each changed record before the window is notified, so that credentials never reach a host for which they
   * were not entered.
   */
  onRecordChanged(listener: (before: ServerRecord, after: ServerRecord) => void | Promise<void>): () => void {
    return this.recordChanged.add(listener)
  }

  /** Resolves when nothing remains to be saved. */
  settled(): Promise<void> {
    return this.store.settled()
  }

  private async save(
    change: (servers: readonly ServerRecord[]) => readonly ServerRecord[],
    notifyListeners: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.store.update((file) => {
      const servers = change(file.servers)
      return servers === file.servers ? file : { version: 1, servers: [...servers] }
    })
    this.derived = derive(this.list())
    const listenersDone = notifyListeners()
    this.publish()
    await listenersDone
  }

  private publish(): WorkspaceView {
    const view = this.view()
    void this.changed.notify(view)
    return view
  }
}
