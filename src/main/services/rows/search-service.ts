import type { ServerId } from '@shared/domain/server'
import { comparePhases, isPending, type MergedPhase } from '@shared/fleet/merged-phase'
import type { MergedId } from '@shared/fleet/merged-ids'
import { searchedIds, type SearchedServer, type SearchResult } from '@shared/fleet/search'
import { ifPresent, type Servers } from '../../servers/servers'
import { rowObstacle } from './row-obstacle'
import type { ReadRows, RowReader } from './row-reader'
import type { Rows } from './rows-host'

interface SearchDeps {
  readonly servers: Pick<Servers, 'record' | 'state'>
  /** All servers of the workspace. */
  readonly ids: () => readonly ServerId[]
  readonly rows: Pick<Rows, 'search'>
  readonly reader: RowReader
  /** Restores the rows of earlier runs. */
  readonly restore: () => Promise<void>
  readonly now: () => number
  readonly onChange: () => void
  /** Runs work a little later, for changes that come in bursts. */
  readonly later: (run: () => void) => void
}

/** Rows that are older are read again by a search. */
const freshMs = 10 * 60_000
/** A list that could not be read is not tried again by every letter that is typed. */
const retryMs = 60_000

/** A time that is ahead, as after the clock was corrected, says nothing: what it is of counts as old. */
const ageOf = (at: number, now: number): number => (at > now ? Infinity : now - at)

const worst = (found: readonly MergedPhase[]): MergedPhase => [...found].sort(comparePhases)[0] ?? 'waiting'

/**
 * Searches all servers: what was read before immediately, and what was not read, or is old, as soon as it arrives. Nothing
 * is read before the first search.
 */
export class SearchService {
  private readonly triedAt = new Map<string, number>()
  private isChangePending = false
  private isUsed = false

  constructor(private readonly deps: SearchDeps) {}

  async find(text: string, max: number): Promise<SearchResult> {
    this.isUsed = true
    await this.deps.restore()
    this.readMissing()
    const found = await this.deps.rows.search(text, max, this.deps.now())
    return { ...found, servers: this.servers() }
  }

  /** Reads these servers again. */
  read(serverIds: readonly ServerId[]): void {
    for (const serverId of serverIds)
      for (const resource of searchedIds)
        if (rowObstacle(this.deps.servers, serverId, resource) === undefined) this.start(serverId, resource)
  }

  /** The state of a server or of one of its lists changed. */
  changed(): void {
    if (!this.isUsed || this.isChangePending) return
    this.isChangePending = true
    this.deps.later(() => {
      this.isChangePending = false
      this.deps.onChange()
    })
  }

  /** The window is gone. */
  pageGone(): void {
    this.isUsed = false
  }

  private readMissing(): void {
    for (const serverId of this.deps.ids())
      for (const resource of searchedIds)
        if (rowObstacle(this.deps.servers, serverId, resource) === undefined && this.isDue(serverId, resource))
          this.start(serverId, resource)
  }

  private isDue(serverId: ServerId, resource: MergedId): boolean {
    const known = this.deps.reader.state(serverId, resource)
    const now = this.deps.now()
    if (known === undefined || known.isRestored === true) return true
    if (isPending(known.phase)) return false
    if (ageOf(this.triedAt.get(`${resource}/${serverId}`) ?? 0, now) < retryMs) return false
    return known.readAt === undefined || ageOf(Date.parse(known.readAt), now) > freshMs
  }

  private start(serverId: ServerId, resource: MergedId): void {
    const tried = (): unknown => this.triedAt.set(`${resource}/${serverId}`, this.deps.now())
    // A silent server fails long after it was asked.
    void this.deps.reader.read(serverId, resource, { isKept: true }).then(tried)
  }

  private servers(): readonly SearchedServer[] {
    return this.deps
      .ids()
      .map((serverId) => this.serverState(serverId))
      .sort((a, b) => comparePhases(a.phase, b.phase))
  }

  private serverState(serverId: ServerId): SearchedServer {
    const { servers, reader } = this.deps
    const known = searchedIds.flatMap((resource) => reader.state(serverId, resource) ?? [])
    const lists = searchedIds.map((resource) => ({
      resource,
      phase:
        rowObstacle(servers, serverId, resource) ?? reader.state(serverId, resource)?.phase ?? ('waiting' as const),
    }))
    const readable = lists.map((list) => list.phase).filter((each) => each !== 'no-permission')
    const error =
      known.find((list) => list.error !== undefined)?.error ?? ifPresent(() => servers.state(serverId).error)
    const worstRead = readable.length === 0 ? 'no-permission' : worst(readable)
    const phase = worstRead === 'read' && readable.length < lists.length ? 'partly' : worstRead
    const readAt = oldest(known)
    const scope = known.find((list) => list.scope !== undefined)?.scope
    return {
      serverId,
      phase,
      lists,
      rows: known.reduce((sum, { rows }) => sum + rows, 0),
      ...(readAt !== undefined && { readAt }),
      ...(scope && { scope }),
      ...(error !== undefined && phase !== 'read' && phase !== 'partly' && { error }),
    }
  }
}

const oldest = (lists: readonly ReadRows[]): string | undefined =>
  lists
    .flatMap(({ readAt }) => readAt ?? [])
    .sort()
    .at(0)
