import pMap from 'p-map'
import type { PlanSummary } from '@shared/domain/plan'
import type { RolloutState } from '@shared/domain/rollout'
import type { Confirmation } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import { afterWave, isFailure } from '@shared/rollout/progress'
import { toAppError } from '../../to-app-error'
import type { Servers } from '../../servers/servers'
import type { PlansService } from '../plans/plans-service'
import { serversText } from './group-targets'
import type { PlannedTarget, Rollout } from './rollout'

/** Servers that are changed at the same time, each with one request. */
const serversMax = 8

export interface RolloutRunnerDeps {
  readonly plans: Pick<PlansService, 'apply' | 'resume' | 'retry' | 'ended' | 'endRest'>
  readonly servers: Pick<Servers, 'record'>
  readonly setState: (rollout: Rollout, state: RolloutState, reason?: AppError) => void
  readonly report: (what: string, error: unknown) => void
}

const stoppedError = (failures: number): AppError => ({
  code: 'cancelled',
  message: failures === 1 ? 'Stopped after 1 failure' : `Stopped after ${failures} failures`,
})

/** A single server without a route may be gone; several of them suggest that this computer has lost its network. */
const unroutedMax = 2

const networkLost: AppError = {
  code: 'offline',
  message: 'This computer seems to be offline',
  hint: 'Check the network and the VPN, then resume. Nothing was sent to the waiting servers.',
}

const signedOutError = ({ planned, signedOut }: Rollout): AppError => {
  const names = planned.filter(({ planId }) => signedOut.has(planId)).map(({ server }) => server.name)
  return {
    code: 'signed-out',
    message: `Not signed in to ${serversText(names)}`,
    hint: 'Sign in, then resume. The waiting steps were not sent.',
  }
}

const canceledError: AppError = { code: 'cancelled', message: 'Canceled before it was sent' }

/** What one run found out about all servers. */
class RunTrouble {
  /** Why no further server can be changed now. */
  interruption: AppError | undefined
  private refusals = 0
  /** Ends the plans of servers without a route, unless the network is lost. */
  private unrouted: (() => Promise<void>)[] = []

  /** All servers need the journal; a problem that two servers report is probably one of this computer. */
  note(error: AppError): void {
    const { code } = error
    if (code === 'denied' || code === 'rate-limited') this.refusals += 1
    if (code === 'disk' || code === 'journal' || code === 'tls-changed' || this.refusals >= 2)
      this.interruption ??= error
  }

  /** A server to which this computer found no route. */
  onNoRoute(end: () => Promise<void>): void {
    this.unrouted.push(end)
    if (this.unrouted.length >= unroutedMax) this.interruption ??= networkLost
  }

  /** The network is there: another server was reached, or nothing suggests that it is lost. */
  async onNetwork(): Promise<void> {
    if (this.interruption === networkLost) return
    const ends = this.unrouted
    this.unrouted = []
    for (const end of ends) await end()
  }
}

const isForAll = ({ code }: AppError): boolean => code === 'disk' || code === 'journal'

/** Names what keeps a server from being reached, because nothing was sent to it. */
const withReason = (error: AppError): AppError =>
  error.code === 'offline' || error.code === 'timeout' ? { ...error, message: `Unreachable: ${error.message}` } : error

/** Runs the plans of a rollout wave by wave, and leaves it finished, paused, in review, stopped or canceled. */
export class RolloutRunner {
  constructor(private readonly deps: RolloutRunnerDeps) {}

  /** Runs the waves that are left. Never rejects. */
  run(rollout: Rollout): Promise<void> {
    return this.toEnd(rollout, async (trouble) => {
      for (;;) {
        const { wave, open } = rollout.progress()
        const { planned, head } = rollout
        await this.sendAll(
          rollout,
          open.flatMap((place) => planned[place] ?? []),
          trouble,
          (target, confirmation) => this.startOrResume(rollout, target, confirmation),
          () => rollout.failures() >= head.stopAfter,
        )
        const ended = await this.endedEarly(rollout, trouble)
        if (ended) return
        const { review, stopAfter } = head
        const progress = rollout.progress()
        const next = afterWave({ progress, ran: wave, review, stopAfter })
        const reason = next === 'stopped' ? stoppedError(progress.failures) : undefined
        if (reason !== undefined) await this.endRest(rollout, reason, 'finished')
        if (next === 'finished' && rollout.signedOut.size > 0)
          return this.deps.setState(rollout, 'paused', signedOutError(rollout))
        if (next !== 'next') return this.deps.setState(rollout, next, reason)
        // A plan of this wave was paused elsewhere.
        if (progress.wave === wave) return this.deps.setState(rollout, 'paused')
      }
    })
  }

  /** Sends refused and unsent steps again, to all their servers in one wave. Never rejects. */
  retry(rollout: Rollout, targets: readonly PlannedTarget[]): Promise<void> {
    return this.toEnd(rollout, async (trouble) => {
      const ran: PlannedTarget[] = []
      const failures = (): number => ran.filter((target) => isFailure(rollout.outcomeOf(target))).length
      await this.sendAll(
        rollout,
        targets,
        trouble,
        async (target, confirmation) => {
          const summary = await this.deps.plans.retry(target.planId, confirmation)
          ran.push(target)
          return summary
        },
        () => failures() >= rollout.head.stopAfter,
      )
      if (await this.endedEarly(rollout, trouble)) return
      const isOpen = rollout.open().length > 0
      this.deps.setState(rollout, isOpen ? 'paused' : 'finished')
    })
  }

  /** Ends the plans of all servers to which nothing was sent yet. */
  async endRest(rollout: Rollout, error: AppError, state: 'canceled' | 'finished'): Promise<void> {
    for (const { planId } of rollout.open()) await this.deps.plans.endRest(planId, error, state)
  }

  async cancelRest(rollout: Rollout): Promise<void> {
    await this.endRest(rollout, canceledError, 'canceled')
    this.deps.setState(rollout, 'canceled')
  }

  private async toEnd(rollout: Rollout, run: (trouble: RunTrouble) => Promise<void>): Promise<void> {
    this.deps.setState(rollout, 'applying')
    try {
      await run(new RunTrouble())
    } catch (error) {
      this.deps.report(`rollout ${rollout.id} failed`, error)
      const reason = { code: 'internal', message: 'The rollout paused because of an internal error.' } as const
      this.deps.setState(rollout, 'paused', reason)
    }
  }

  /** True if the user or trouble with all servers ended the run. */
  private async endedEarly(rollout: Rollout, { interruption }: RunTrouble): Promise<boolean> {
    // A rollout that was stopped after its last server is finished.
    if (rollout.open().length === 0) return false
    if (rollout.stop === 'cancel') await this.cancelRest(rollout)
    else if (rollout.stop === 'pause' || interruption !== undefined)
      this.deps.setState(rollout, 'paused', rollout.stop === 'pause' ? undefined : interruption)
    else return false
    return true
  }

  private async sendAll(
    rollout: Rollout,
    targets: readonly PlannedTarget[],
    trouble: RunTrouble,
    send: (target: PlannedTarget, confirmation: Confirmation) => Promise<unknown>,
    hasFailed: () => boolean,
  ): Promise<void> {
    const sendTo = async (target: PlannedTarget): Promise<void> => {
      if (rollout.stop !== undefined || trouble.interruption !== undefined || hasFailed()) return
      try {
        await send(target, this.confirmationFor(rollout, target))
      } catch (error) {
        return this.onNotStarted(rollout, target, error, trouble)
      }
      const { state, reason } = await this.deps.plans.ended(target.planId)
      if (state !== 'paused' || reason === undefined) return trouble.onNetwork()
      await this.onTrouble(rollout, target, reason, trouble)
    }
    await pMap(targets, sendTo, { concurrency: serversMax })
    await trouble.onNetwork()
  }

  /** Ends the rest of a server's plan, unless all servers have this trouble. */
  private async onTrouble(
    rollout: Rollout,
    { planId }: PlannedTarget,
    error: AppError,
    trouble: RunTrouble,
  ): Promise<void> {
    trouble.note(error)
    if (isForAll(error)) return
    // Its steps wait until the user signed in and resumes.
    if (error.code === 'signed-out') return void rollout.signedOut.add(planId)
    const end = (): Promise<void> => this.deps.plans.endRest(planId, withReason(error))
    // After Resume, a server that still has no route does not pause the rollout again.
    if (error.noRoute !== true || rollout.unrouted.has(planId)) return end()
    rollout.unrouted.add(planId)
    trouble.onNoRoute(end)
  }

  private startOrResume(rollout: Rollout, { planId }: PlannedTarget, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = rollout.plan(planId)
    if (opened === undefined) throw new FleetError({ code: 'not-found', message: 'Its plan is not stored' })
    const { plans } = this.deps
    return opened.plan.state === 'ready' ? plans.apply(planId, confirmation) : plans.resume(planId, confirmation)
  }

  /** Nothing was sent to this server. One that the user stopped meanwhile waits. */
  private async onNotStarted(
    rollout: Rollout,
    target: PlannedTarget,
    cause: unknown,
    trouble: RunTrouble,
  ): Promise<void> {
    const error = toAppError(cause)
    if (error.code === 'internal') this.deps.report(`rollout ${rollout.id}`, cause)
    if (error.code === 'cancelled' && rollout.stop !== undefined) return
    await this.onTrouble(rollout, target, error, trouble)
  }

  /** The user confirmed the rollout, which confirms each of its servers. */
  private confirmationFor({ overrides, head }: Rollout, { server, planId }: PlannedTarget): Confirmation {
    return {
      acknowledged: true,
      typedName: this.nameOf(server),
      // Guards that nobody was shown are not overridden.
      override: overrides.get(planId) ?? '',
      note: head.note ?? '',
    }
  }

  private nameOf({ id, name }: PlannedTarget['server']): string {
    try {
      return this.deps.servers.record(id).name
    } catch {
      return name
    }
  }
}
