import type { ServerId } from '@shared/domain/server'
import type { SessionPhase, SessionState, SignInArgs } from '@shared/domain/session'
import type { FleetActivity, FleetProgress } from '@shared/fleet/activity'
import { canTryPassword } from '@shared/fleet/needs-attention'
import { ifPresent, type Servers } from '../../servers/servers'

type Kind = keyof FleetActivity

interface RoundsDeps {
  readonly servers: Pick<Servers, 'state' | 'record' | 'forEach'>
  readonly sessions: {
    connect(id: ServerId): Promise<SessionState>
    signIn(args: SignInArgs): Promise<SessionState>
    cancel(id: ServerId): void
  }
  /** Reads the facts of one server. */
  readonly read: (id: ServerId) => Promise<void>
  readonly onChange: (activity: FleetActivity) => void
}

interface Round {
  readonly stop: AbortController
  readonly running: Set<ServerId>
  progress: FleetProgress
}

/** Phases after which the password is known to be right. */
const accepted: ReadonlySet<SessionPhase> = new Set(['signed-in', 'needs-otp'])

/**
 * Work over many servers that the user started: signing in and refreshing. Paused servers are left out. Failures are in
 * the state of each server.
 */
export class FleetRounds {
  private readonly rounds = new Map<Kind, Round>()

  constructor(private readonly deps: RoundsDeps) {}

  get activity(): FleetActivity {
    return Object.fromEntries([...this.rounds].map(([kind, { progress }]) => [kind, progress]))
  }

  /** Tries the stored password of each server once. */
  signIn(ids: readonly ServerId[]): Promise<void> {
    const { servers, sessions } = this.deps
    return this.run('signIn', ids, async (id) => {
      if (canTryPassword(servers.state(id).phase)) await sessions.connect(id)
    })
  }

  /** Reads the facts of each server; of those that are not signed in only what a handshake shows. */
  refresh(ids: readonly ServerId[]): Promise<void> {
    return this.run('refresh', ids, (id) => this.deps.read(id))
  }

  /**
   * Signs in to one server and, only if it accepts the password, once to each of the others that require one, with the
   * same password and the username of its record.
   */
  async signInWith(args: SignInArgs, others: readonly ServerId[]): Promise<SessionState> {
    const { sessions, servers } = this.deps
    const state = await sessions.signIn(args)
    if (!accepted.has(state.phase)) return state
    void this.run('signIn', others, async (serverId) => {
      if (servers.state(serverId).phase !== 'needs-password') return
      const { username, domain } = servers.record(serverId)
      await sessions.signIn({ ...args, serverId, username: username || args.username, domain, confirmRisk: false })
    })
    return state
  }

  /** Servers that were not started are left as they are; connections that are being made are canceled. */
  cancel(): void {
    const { servers, sessions } = this.deps
    const canceled = [...this.rounds.values()]
    const signingIn = this.rounds.get('signIn')
    // What is started from now on is a new round, while the last servers of these finish.
    this.rounds.clear()
    for (const { stop } of canceled) stop.abort()
    // A connection that is being made during a refresh belongs to the user.
    for (const id of signingIn?.running ?? [])
      if (ifPresent(() => servers.state(id))?.phase === 'connecting') sessions.cancel(id)
    if (canceled.length > 0) this.deps.onChange(this.activity)
  }

  /** Adds servers to the round that runs, or starts one. */
  private async run(kind: Kind, ids: readonly ServerId[], one: (id: ServerId) => Promise<void>): Promise<void> {
    const round = this.rounds.get(kind) ?? {
      stop: new AbortController(),
      running: new Set(),
      progress: { done: 0, total: 0 },
    }
    const { stop, running } = round
    const added = [...new Set(ids)].filter((id) => !running.has(id) && !this.isPaused(id))
    if (added.length === 0) return
    this.rounds.set(kind, round)
    for (const id of added) running.add(id)
    this.advance(round, { total: added.length })
    await this.deps.servers.forEach(added, one, {
      signal: stop.signal,
      onResult: ({ serverId }) => {
        if (stop.signal.aborted) return
        running.delete(serverId)
        if (running.size === 0) this.rounds.delete(kind)
        this.advance(round, { done: 1 })
      },
    })
  }

  private isPaused(id: ServerId): boolean {
    return ifPresent(() => this.deps.servers.record(id))?.paused === true
  }

  private advance(round: Round, by: Partial<FleetProgress>): void {
    const { done, total } = round.progress
    round.progress = { done: done + (by.done ?? 0), total: total + (by.total ?? 0) }
    this.deps.onChange(this.activity)
  }
}
