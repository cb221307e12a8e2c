import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { MergedState } from '@shared/fleet/merged'
import { FleetError, type AppError } from '@shared/ipc/result'
import { abortReason } from '@main/portsip/abort'
import type { PbxRead, PbxReader } from '@main/portsip/pbx-client'
import { Lanes } from '@main/servers/lanes'
import { MergedTables } from '@main/services/rows/merged-tables'
import { RowReader } from '@main/services/rows/row-reader'
import { RowsHost } from '@main/services/rows/rows-host'
import { identity } from '@main/services/workspace/workspace-service'
import { SearchService } from '@main/services/rows/search-service'
import { headStartMs, pushMs } from '@main/services/rows/table-timing'
import { FakeTiming } from '@test/fakes/timing'
import { server, session } from '../../shared/fleet/sample'

export const startAt = Date.parse('2026-11-27T12:00:00Z')
export const timeout: AppError = { code: 'timeout', message: 'The server did not respond' }

interface Request {
  readonly serverId: ServerId
  readonly path: string
  readonly answer: (ids: readonly string[], count?: number) => Promise<void>
  /** Answers with something else than a list. */
  readonly answerWith: (body: unknown) => Promise<void>
  readonly fail: (error?: AppError) => Promise<void>
}

/** Everything that is not waiting for a request has run. */
export const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

/** Servers whose requests a test answers, and what the app composes to read their rows. */
export class Fleet {
  readonly requests: Request[] = []
  readonly timing = new FakeTiming()
  readonly pushed: MergedState[] = []
  readonly searchPushed: null[] = []
  readonly rows = new RowsHost()
  /** Whether the first server of a table is ahead of the others. */
  hasHeadStart = false
  private readonly records = new Map<ServerId, ServerRecord>()
  private readonly states = new Map<ServerId, SessionState>()

  readonly servers = {
    record: (id: ServerId) => this.of(this.records, id),
    state: (id: ServerId) => this.of(this.states, id),
    isDead: () => false,
    lanes: new Lanes(this.timing),
    reader: (id: ServerId): PbxReader => {
      if (this.of(this.states, id).phase !== 'signed-in')
        throw new FleetError({ code: 'signed-out', message: 'You are signed out' })
      return this.client(id)
    },
  }

  readonly reader = new RowReader({
    servers: this.servers,
    rows: this.rows,
    account: (id) => identity(this.servers.record(id)),
    now: () => this.now(),
    onChange: (serverId, resource) => {
      this.tables.listChanged(serverId, resource)
      this.search.changed()
    },
  })
  private readonly later = (run: () => void): void => void this.timing.after(pushMs, run)
  readonly tables = new MergedTables({
    servers: this.servers,
    rows: this.rows,
    reader: this.reader,
    restore: () => undefined,
    onChange: (state) => this.pushed.push(state),
    later: this.later,
    startOthers: (start) => (this.hasHeadStart ? void this.timing.after(headStartMs, start) : start()),
  })
  readonly search = new SearchService({
    servers: this.servers,
    ids: () => [...this.records.keys()],
    rows: this.rows,
    reader: this.reader,
    restore: () => Promise.resolve(),
    now: () => this.now(),
    onChange: () => this.searchPushed.push(null),
    later: this.later,
  })

  constructor(...ids: readonly ServerId[]) {
    for (const id of ids) this.set(id)
  }

  now(): number {
    return startAt + this.timing.now()
  }

  /** Adds or changes a server; without changes it is signed in. */
  set(id: ServerId, state: Partial<SessionState> = {}, record: Partial<ServerRecord> = {}): void {
    this.records.set(id, server({ id, name: `PBX ${id}`, ...record }))
    this.states.set(id, session({ serverId: id, ...state }))
    void this.rows.setNames(new Map([...this.records].map(([each, { name }]) => [each, name])))
  }

  accounts(): ReadonlyMap<ServerId, string> {
    return new Map([...this.records].map(([id, record]) => [id, identity(record)]))
  }

  remove(id: ServerId): void {
    this.records.delete(id)
    this.states.delete(id)
  }

  /** The next request that was not answered, as soon as all work before it is done. */
  async request(serverId: ServerId, path = '/tenants'): Promise<Request> {
    await settled()
    const at = this.requests.findIndex((request) => request.serverId === serverId && request.path === path)
    const [found] = at < 0 ? [] : this.requests.splice(at, 1)
    if (found === undefined) throw new Error(`Nobody asks ${serverId} for ${path}`)
    return found
  }

  /** Requests that wait for an answer. */
  async waiting(): Promise<readonly string[]> {
    await settled()
    return this.requests.map(({ serverId, path }) => `${serverId}${path}`)
  }

  /** IDs of the rows of a server in a table. */
  async shown(viewId: string, serverId: ServerId, epoch = 0): Promise<string> {
    const page = await this.rows.page(viewId, { serverIds: [serverId], epoch, offset: 0, limit: 1000 })
    return page.items.map((row) => row['@record']).join(' ')
  }

  private of<T>(values: ReadonlyMap<ServerId, T>, id: ServerId): T {
    const value = values.get(id)
    if (value === undefined) throw new FleetError({ code: 'not-found', message: 'There is no such server' })
    return value
  }

  private client(serverId: ServerId): PbxReader {
    const none = (): undefined => undefined
    return {
      localAddress: none,
      remoteAddress: none,
      download: () => Promise.reject(new Error('Nothing is downloaded')),
      get: <T>({ path, signal }: PbxRead<T>) =>
        new Promise<T>((resolve, reject) => {
          const end = (run: () => void): Promise<void> => (run(), settled())
          const request: Request = {
            serverId,
            path,
            answer: (ids, count = ids.length) =>
              end(() => resolve({ items: ids.map((id) => ({ id, name: `Name ${id}` })), count } as T)),
            answerWith: (body) => end(() => resolve(body as T)),
            fail: (error = timeout) => end(() => reject(new FleetError(error))),
          }
          this.requests.push(request)
          signal?.addEventListener('abort', () => {
            const at = this.requests.indexOf(request)
            if (at >= 0) this.requests.splice(at, 1)
            reject(abortReason(signal))
          })
        }),
    }
  }
}
