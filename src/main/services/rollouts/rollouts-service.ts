import type { PlanSummary } from '@shared/domain/plan'
import type { RolloutConfirm, RolloutSettings, RolloutState, RolloutSummary } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import { isOverridden, overrideOf, type Confirmation, type Guard } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import { confirmFor, isRolloutConfirmed, numberToType } from '@shared/rollout/confirm'
import { ifPresent, type Servers } from '../../servers/servers'
import type { PlansService } from '../plans/plans-service'
import { notSignedInText } from '../../servers/not-signed-in'
import { guardsOf, serversText } from './group-targets'
import type { Rollout, PlannedTarget } from './rollout'
import { addKey, requireKey } from './rollout-key'
import { RolloutPreviews, type RolloutPreviewsDeps } from './rollout-previews'
import { RolloutRunner } from './rollout-runner'
import type { RolloutStore } from './rollout-store'

export interface RolloutsDeps extends Omit<RolloutPreviewsDeps, 'now' | 'summary'> {
  readonly store: RolloutStore
  readonly plans: PlansService
  readonly servers: Servers
  readonly serverIds: () => readonly ServerId[]
  readonly onChange: (summary: RolloutSummary) => void
  readonly report: (what: string, error: unknown) => void
  readonly now?: () => number
}

interface GuardedTarget extends PlannedTarget {
  readonly guards: readonly Guard[]
}

/** Minimum milliseconds between progress reports. */
const publishEveryMs = 100

function notConfirmed(confirm: RolloutConfirm): FleetError {
  const { kind, reason } = confirm
  const { count, plural } = numberToType(confirm)
  const hint = kind === 'number' ? `Type the number of ${plural}, ${count}.` : 'Confirm the changes.'
  const message = 'The changes must be confirmed'
  return new FleetError({ code: 'confirmation-required', message, hint: `${reason} ${hint}`.trim() })
}

/**
 * The same change on many servers: one ordinary plan for each server, previewed, confirmed and applied together, wave by
 * wave. Errors: FleetError `not-found`, `conflict`, `damaged`, `disk`, `rejected`, `confirmation-required`, `guarded`.
 */
export class RolloutsService {
  readonly previews: RolloutPreviews
  private readonly runner: RolloutRunner
  private readonly publishing = new Map<string, NodeJS.Timeout>()

  constructor(private readonly deps: RolloutsDeps) {
    const { plans, servers, report } = deps
    const setState = (rollout: Rollout, state: RolloutState, reason?: AppError): void =>
      this.setState(rollout, state, reason)
    this.runner = new RolloutRunner({ plans, servers, report, setState })
    this.previews = new RolloutPreviews({
      ...deps,
      now: () => this.now(),
      summary: (rollout) => this.summary(rollout),
    })
  }

  /** Applies a previewed rollout; resolves once it is stored and running. */
  async apply(rolloutId: string, confirmation: Confirmation, settings: RolloutSettings): Promise<RolloutSummary> {
    const rollout = this.deps.rollouts.open.get(rolloutId)
    if (rollout?.state !== 'ready')
      throw new FleetError({ code: 'not-found', message: 'This preview is no longer open', hint: 'Preview again.' })
    const guarded = rollout.planned.map((target): GuardedTarget => {
      return { ...target, guards: rollout.plan(target.planId)?.previewGuards ?? [] }
    })
    this.enforce(rollout, rollout.planned, confirmation, guarded)
    rollout.begin()
    try {
      const note = confirmation.note?.trim() ?? ''
      rollout.freeze(settings, note)
      // All of them before the first one is applied.
      await this.deps.shelf.storeAll(
        rollout.planned.map(({ planId }) => planId),
        note,
      )
      await this.deps.store.create(rollout.head)
    } catch (error) {
      rollout.isBusy = false
      throw error
    }
    return this.start(rollout, confirmation, () => this.runner.run(rollout))
  }

  /** Continues after the review of the canary, or a paused rollout. Without a confirmation, the one of this run applies. */
  async resume(rolloutId: string, confirmation?: Confirmation): Promise<RolloutSummary> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    if (rollout.state !== 'paused' && rollout.state !== 'review')
      throw new FleetError({ code: 'conflict', message: 'This rollout is no longer paused' })
    requireKey(rollout)
    const confirmed = confirmation ?? rollout.confirmation
    if (confirmed === undefined) throw notConfirmed(this.confirmOf(rollout, rollout.open()))
    if (confirmation !== undefined)
      this.enforce(rollout, rollout.open(), confirmation, await this.readGuards(rollout, 'resume'))
    rollout.begin()
    return this.start(rollout, confirmed, () => this.runner.run(rollout))
  }

  /** Sends refused and unsent steps again, with the same frozen values. */
  async retry(rolloutId: string, confirmation: Confirmation): Promise<RolloutSummary> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    requireKey(rollout)
    const targets = rollout.isActive ? [] : rollout.retryable()
    if (targets.length === 0)
      throw new FleetError({ code: 'rejected', message: 'No server of this rollout can be retried' })
    this.enforce(rollout, targets, confirmation, await this.readGuards(rollout, 'retry'))
    rollout.begin()
    return this.start(rollout, confirmation, () => this.runner.retry(rollout, targets))
  }

  /** Adds the private key of a certificate, which is not stored, from these files. */
  async selectKey(rolloutId: string, paths: readonly string[]): Promise<RolloutSummary> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    await addKey(rollout, paths)
    return this.publish(rollout)
  }

  /** Guards that must be confirmed before continuing or retrying now. */
  async currentGuards(rolloutId: string, which: 'resume' | 'retry'): Promise<readonly Guard[]> {
    return guardsOf(await this.readGuards(await this.deps.rollouts.find(rolloutId), which))
  }

  /** Running servers finish the request that is under way, and nothing else is sent. */
  async pause(rolloutId: string): Promise<RolloutSummary> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    if (!rollout.isBusy) throw new FleetError({ code: 'conflict', message: 'This rollout is no longer applied' })
    rollout.stop ??= 'pause'
    await this.stopPlans(rollout, 'pause')
    return this.publish(rollout)
  }

  /** Like `pause`, but the rest is never sent. */
  async cancel(rolloutId: string): Promise<RolloutSummary> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    if (!rollout.isActive) throw new FleetError({ code: 'conflict', message: 'This rollout has ended' })
    if (rollout.isBusy) {
      rollout.stop = 'cancel'
      await this.stopPlans(rollout, 'cancel')
    } else await this.runner.cancelRest(rollout)
    return this.publish(rollout)
  }

  /** Settles steps with an unknown outcome by reading. */
  async check(rolloutId: string): Promise<RolloutSummary> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    const planOf = new Map(rollout.planned.map(({ server, planId }) => [server.id, planId]))
    const unknown = rollout.planned.filter(
      (target) => rollout.has(target.planId) && rollout.outcomeOf(target) === 'unknown',
    )
    const check = (id: ServerId): Promise<unknown> => this.deps.plans.check(planOf.get(id) ?? '')
    const results = await this.deps.servers.forEach(
      unknown.map(({ server }) => server.id),
      check,
    )
    const failed = results.flatMap((result) => (result.ok ? [] : result))
    const [first] = failed
    if (first !== undefined && failed.length === results.length) {
      const why =
        first.error.code === 'signed-out' ? notSignedInText(this.deps.servers, first.serverId) : first.error.message
      const names = unknown.map(({ server }) => server.name)
      throw new FleetError({ ...first.error, message: `${serversText(names)}: ${why}` })
    }
    return this.publish(rollout)
  }

  async get(rolloutId: string): Promise<RolloutSummary> {
    return this.summary(await this.deps.rollouts.find(rolloutId))
  }

  summary(rollout: Rollout): RolloutSummary {
    return rollout.summary((targets) => this.confirmOf(rollout, targets))
  }

  /** Pauses what is running, for example before the computer sleeps. */
  pauseAll(): void {
    for (const { id, isBusy } of this.deps.rollouts.open.values())
      if (isBusy) void this.pause(id).catch((error: unknown) => this.deps.report(`rollout ${id} not paused`, error))
  }

  /** Progress of a server's plan. */
  planChanged({ rollout: id, updatedAt }: PlanSummary): void {
    const rollout = id === undefined ? undefined : this.deps.rollouts.open.get(id)
    if (rollout === undefined || rollout.state === 'ready') return
    rollout.touch(updatedAt)
    const later = (): void => {
      this.publishing.delete(rollout.id)
      this.publish(rollout)
    }
    if (!this.publishing.has(rollout.id)) this.publishing.set(rollout.id, setTimeout(later, publishEveryMs))
  }

  private start(rollout: Rollout, confirmation: Confirmation, run: () => Promise<void>): RolloutSummary {
    rollout.confirmation = confirmation
    void run()
    return this.summary(rollout)
  }

  private async stopPlans(rollout: Rollout, how: 'pause' | 'cancel'): Promise<void> {
    for (const { planId } of rollout.planned) {
      const opened = rollout.plan(planId)
      if (opened?.isBusy !== true) continue
      // A plan that is still being compared is only kept from starting; the rest of it is canceled with the others.
      const stop = opened.isActive ? how : 'pause'
      // One that ended meanwhile need not stop.
      await this.deps.plans[stop](planId).catch(() => undefined)
    }
  }

  private async readGuards(rollout: Rollout, which: 'resume' | 'retry'): Promise<readonly GuardedTarget[]> {
    const targets = which === 'resume' ? rollout.open() : rollout.retryable()
    const planOf = new Map(targets.map(({ server, planId }) => [server.id, planId]))
    const read = (id: ServerId): Promise<readonly Guard[]> => this.deps.plans.guards(planOf.get(id) ?? '', which)
    const results = await this.deps.servers.forEach([...planOf.keys()], read)
    // A server that cannot be read is not sent anything either.
    return targets.map((target, at) => {
      const result = results[at]
      return { ...target, guards: result?.ok === true ? result.value : [] }
    })
  }

  private confirmOf(rollout: Rollout, targets: readonly PlannedTarget[]): RolloutConfirm {
    const protections = targets.flatMap(
      ({ server }) => ifPresent(() => this.deps.servers.record(server.id).protection) ?? [],
    )
    return confirmFor(protections, this.deps.serverIds().length, rollout.deletesOf(targets))
  }

  private enforce(
    rollout: Rollout,
    targets: readonly PlannedTarget[],
    confirmation: Confirmation,
    guarded: readonly GuardedTarget[],
  ): void {
    const confirm = this.confirmOf(rollout, targets)
    if (!isRolloutConfirmed(confirm, confirmation)) throw notConfirmed(confirm)
    const guards = guardsOf(guarded)
    if (isOverridden(guards, confirmation.override)) {
      const withGuards = guarded.filter((target) => target.guards.length > 0)
      rollout.overrides = new Map(withGuards.map((target) => [target.planId, overrideOf(target.guards)]))
      return
    }
    throw new FleetError({
      code: 'guarded',
      message: guards.map(({ message }) => message).join(' '),
      hint: `Type ${overrideOf(guards)} to continue anyway.`,
    })
  }

  private setState(rollout: Rollout, state: RolloutState, reason?: AppError): void {
    const line = rollout.stateLine(state, this.now(), reason)
    rollout.accept(line)
    // Before it is published, as the user may continue then.
    rollout.isBusy = state === 'applying'
    this.deps.store
      .append(rollout.id, line)
      .catch((error: unknown) => this.deps.report(`rollout ${rollout.id} not stored`, error))
    this.publish(rollout)
  }

  private publish(rollout: Rollout): RolloutSummary {
    const summary = this.summary(rollout)
    this.deps.onChange(summary)
    return summary
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
