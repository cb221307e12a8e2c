import type { ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { Servers } from '../../servers/servers'
import { realTiming, type Timing } from '../../portsip/token-bucket'

interface RefresherDeps {
  readonly ids: () => readonly ServerId[]
  readonly servers: Pick<Servers, 'state' | 'record' | 'lanes' | 'isDead'>
  readonly sessions: { connect(id: ServerId): Promise<SessionState> }
  readonly read: (id: ServerId) => Promise<void>
  /** Minutes between two reads of a server; 0 turns the refresh off. */
  readonly minutes: () => number
  readonly timing?: Timing
}

interface Schedule {
  /** Time of the next read, in milliseconds of `Timing`. */
  due: number
  /** Time until the next attempt after a failure, doubled by each failure; undefined after a response. */
  backOffMs?: number | undefined
  isRunning: boolean
}

const tickMs = 1_000
const firstBackOffMs = 10_000
const lastBackOffMs = 180_000
/** After the computer wakes up, the servers are read within this time, not all at the same time. */
const spreadMs = 15_000

/**
 * Reads servers in the background: those that are signed in, and those that stopped responding in this run, which are
 * tried less often the longer they are silent. Servers that nobody contacted in this run are left alone, and so are
 * paused ones and those that wait for a person.
 */
export class FleetRefresher {
  private readonly schedules = new Map<ServerId, Schedule>()
  private readonly timing: Timing
  private cancelTick: (() => void) | undefined

  constructor(private readonly deps: RefresherDeps) {
    this.timing = deps.timing ?? realTiming
  }

  start(): void {
    this.cancelTick ??= this.timing.after(tickMs, () => this.tick())
  }

  /** For the end of the app, and while the computer sleeps. */
  stop(): void {
    this.cancelTick?.()
    this.cancelTick = undefined
  }

  /** To be called when the computer wakes up. */
  resume(): void {
    const now = this.timing.now()
    const ids = [...this.schedules.keys()]
    ids.forEach((id, at) => (this.schedule(id).due = now + (spreadMs * at) / ids.length))
    this.start()
  }

  forget(ids: readonly ServerId[]): void {
    for (const id of ids) this.schedules.delete(id)
  }

  private tick(): void {
    this.cancelTick = undefined
    this.start()
    const intervalMs = this.deps.minutes() * 60_000
    if (intervalMs === 0) return
    const now = this.timing.now()
    for (const id of this.deps.ids()) {
      if (!this.isReadable(id)) {
        this.schedules.delete(id)
        continue
      }
      const schedule = this.schedule(id)
      if (schedule.isRunning) continue
      if (schedule.backOffMs === undefined) {
        // The interval may have become shorter.
        schedule.due = Math.min(schedule.due, now + intervalMs)
        if (this.deps.servers.isDead(id)) this.backOff(schedule)
      }
      if (schedule.due <= now) void this.readNow(id, schedule, intervalMs)
    }
  }

  private isReadable(id: ServerId): boolean {
    const { servers } = this.deps
    return servers.record(id).paused !== true && (servers.state(id).phase === 'signed-in' || servers.isDead(id))
  }

  private schedule(id: ServerId): Schedule {
    const schedule = this.schedules.get(id) ?? { due: Number.POSITIVE_INFINITY, isRunning: false }
    this.schedules.set(id, schedule)
    return schedule
  }

  private backOff(schedule: Schedule): void {
    const { backOffMs } = schedule
    schedule.backOffMs = backOffMs === undefined ? firstBackOffMs : Math.min(lastBackOffMs, backOffMs * 2)
    schedule.due = this.timing.now() + schedule.backOffMs
  }

  private async readNow(id: ServerId, schedule: Schedule, intervalMs: number): Promise<void> {
    const { servers } = this.deps
    schedule.isRunning = true
    const isBack = await servers.lanes.run(() => this.read(id), servers.isDead(id))
    schedule.isRunning = false
    if (!isBack) return this.backOff(schedule)
    schedule.backOffMs = undefined
    schedule.due = this.timing.now() + intervalMs
  }

  /** Whether the server responded. If its sign-in failed because it was out of reach, it is signed in to. */
  private async read(id: ServerId): Promise<boolean> {
    const { servers, sessions, read } = this.deps
    try {
      const { phase } = servers.state(id)
      await read(id)
      if (phase === 'unreachable' && servers.state(id).phase === 'signed-out') await sessions.connect(id)
      return !servers.isDead(id)
    } catch {
      return false
    }
  }
}
