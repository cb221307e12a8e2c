import { emptyCounts, type PlanListRow, type PlanStep, type StepCounts, type StepOutcome } from '@shared/domain/plan'
import type {
  RolloutConfirm,
  RolloutHead,
  RolloutRow,
  RolloutSettings,
  RolloutState,
  RolloutStateLine,
  RolloutSummary,
  RolloutTarget,
} from '@shared/domain/rollout'
import type { Confirmation } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import { countText } from '@shared/format/count-text'
import type { ListDeletes } from '@shared/rollout/confirm'
import { leftOutOf, requestAgain } from '@shared/rollout/again'
import { isFailure, isUnderWay, outcomeOfPlan, progressOf, type RolloutProgress } from '@shared/rollout/progress'
import { waveAt, waveSizes } from '@shared/rollout/waves'
import type { OpenPlan } from '../plans/open-plan'
import type { Plan } from '../plans/plan'
import { nounsOf } from './nouns'

/** A server to which something is sent. */
export interface PlannedTarget {
  readonly server: RolloutTarget['server']
  readonly planId: string
  readonly listSize?: number | undefined
}

/** Outcomes of steps that are sent, or sent again. */
const sentOutcomes: ReadonlySet<StepOutcome> = new Set(['waiting', 'sending', 'refused', 'notSent'])

const noPlan = 'The plan of this server is missing or damaged. What was sent is in the journal.'

const plannedOf = ({ targets }: RolloutHead): readonly PlannedTarget[] =>
  targets.flatMap(({ server, plan, listSize }) => (plan === undefined ? [] : { server, planId: plan, listSize }))

/** A rollout in memory: which servers it has, and its state. What is sent is in the plans of its servers. */
export class Rollout {
  state: RolloutState = 'ready'
  reason: AppError | undefined
  /** Set by the user: running servers finish, and no other starts. */
  stop: 'pause' | 'cancel' | undefined
  isBusy = false
  /** Plans of servers to which this computer found no route in this run. */
  readonly unrouted = new Set<string>()
  /** Plans of servers that were signed out in this run. */
  readonly signedOut = new Set<string>()
  /** The confirmation in this run. */
  confirmation: Confirmation | undefined
  /** The word against the guards of a plan, of those that have some: each may have its own, and the user types one. */
  overrides: ReadonlyMap<string, string> = new Map()
  private updatedAt: string
  /** The planned servers of a head, which are read for each server that ends. */
  private known: { readonly head: RolloutHead; readonly planned: readonly PlannedTarget[] } | undefined

  constructor(
    public head: RolloutHead,
    /** By ID; a plan that cannot be read is missing. */
    private readonly plans: ReadonlyMap<string, OpenPlan>,
  ) {
    this.updatedAt = head.at
  }

  get id(): string {
    return this.head.id
  }

  get isActive(): boolean {
    return isUnderWay(this.state)
  }

  /** In the order of the waves. */
  get planned(): readonly PlannedTarget[] {
    if (this.known?.head !== this.head) this.known = { head: this.head, planned: plannedOf(this.head) }
    return this.known.planned
  }

  plan(planId: string): OpenPlan | undefined {
    return this.plans.get(planId)
  }

  has(planId: string): boolean {
    return this.plans.has(planId)
  }

  /** Only one operation at a time works on a rollout. Throws `conflict`. */
  begin(): void {
    if (this.isBusy) throw new FleetError({ code: 'conflict', message: 'This rollout is being applied' })
    this.isBusy = true
    this.stop = undefined
    this.signedOut.clear()
  }

  /** Sets how it is applied; the canary becomes its first server. Throws `rejected`. */
  freeze({ canary, first, stopAfter }: RolloutSettings, note: string): void {
    const canaryTarget = this.head.targets.find(({ server, plan }) => plan !== undefined && server.id === first)
    if (canary && first !== undefined && canaryTarget === undefined)
      throw new FleetError({
        code: 'rejected',
        message: 'Nothing is sent to the first server',
        hint: 'Select another.',
      })
    const targets =
      canary && canaryTarget !== undefined
        ? [canaryTarget, ...this.head.targets.filter((target) => target !== canaryTarget)]
        : this.head.targets
    const waves = waveSizes(this.planned.length, canary)
    this.head = { ...this.head, targets, waves, review: canary, stopAfter, ...(note !== '' && { note }) }
  }

  accept({ state, reason, at }: RolloutStateLine): void {
    this.state = state
    this.reason = reason as AppError | undefined
    this.updatedAt = at
  }

  touch(at: string): void {
    this.updatedAt = at
  }

  outcomeOf({ planId }: Pick<PlannedTarget, 'planId'>): StepOutcome {
    const opened = this.plans.get(planId)
    // Its steps may have been sent.
    if (opened === undefined) return 'unknown'
    return outcomeOfPlan({ state: opened.plan.state, counts: opened.plan.counts() })
  }

  /** Servers that are signed out delay no other. */
  progress(): RolloutProgress {
    const outcomes = this.planned.map((target) =>
      this.signedOut.has(target.planId) ? 'notSent' : this.outcomeOf(target),
    )
    return progressOf(this.head.waves, outcomes)
  }

  /** The outcome to show: a server of which a step is unknown may have been changed, although others wait. */
  private shownOutcome(planId: string, outcome: StepOutcome): StepOutcome {
    const unknown = this.plans.get(planId)?.plan.counts().unknown ?? 0
    return outcome === 'waiting' && unknown > 0 ? 'unknown' : outcome
  }

  /** Servers that failed; asked before each server, so it computes nothing else. */
  failures(): number {
    return this.planned.filter((target) => isFailure(this.outcomeOf(target))).length
  }

  /** Servers that still have something to send. */
  open(): readonly PlannedTarget[] {
    return this.planned.filter((target) => ['waiting', 'sending'].includes(this.outcomeOf(target)))
  }

  /** Servers whose refused and unsent steps Retry sends again. */
  retryable(): readonly PlannedTarget[] {
    return this.planned.filter(({ planId }) => (this.plans.get(planId)?.plan.retryable().length ?? 0) > 0)
  }

  /** Steps of its plans that lack their secrets, so that they cannot be sent. */
  lackingSecrets(): readonly { readonly plan: Plan; readonly step: PlanStep }[] {
    if (this.head.source.kind !== 'certificate') return []
    return this.planned.flatMap(({ planId }) => {
      const plan = this.plans.get(planId)?.plan
      return plan?.lackingSecrets().map((step) => ({ plan, step })) ?? []
    })
  }

  /** What is deleted from the lists of these servers. */
  deletesOf(targets: readonly PlannedTarget[]): readonly ListDeletes[] {
    return targets.flatMap(({ planId, listSize }) => {
      const plan = this.plans.get(planId)?.plan
      const [resource] = plan?.head.resources ?? []
      if (plan === undefined || listSize === undefined || resource === undefined) return []
      const isLeft = (step: PlanStep): boolean => step.write.kind === 'delete' && sentOutcomes.has(plan.outcomeOf(step))
      return { count: plan.steps.filter(isLeft).length, listSize, plural: nounsOf([resource]).plural }
    })
  }

  stepCounts(): StepCounts {
    const sum: Record<StepOutcome, number> = { ...emptyCounts }
    for (const { planId } of this.planned) {
      const counts = this.plans.get(planId)?.plan.counts() ?? emptyCounts
      for (const key of Object.keys(sum) as StepOutcome[]) sum[key] += counts[key]
    }
    return sum
  }

  /** `confirmOf` says what is confirmed before something is sent to these servers. */
  summary(confirmOf: (targets: readonly PlannedTarget[]) => RolloutConfirm): RolloutSummary {
    const { id, title, user, note, at, source, waves, stopAfter, steps, targets } = this.head
    const { state, reason, stop, isBusy, planned, updatedAt } = this
    const counts: Record<StepOutcome, number> = { ...emptyCounts }
    for (const { settled } of targets) if (settled !== undefined) counts[settled.outcome] += 1
    // The steps of all servers are counted with each report of progress, so once.
    const outcomes = planned.map((target) => this.outcomeOf(target))
    for (const [place, { planId }] of planned.entries())
      counts[this.shownOutcome(planId, outcomes[place] ?? 'unknown')] += 1
    const retryable = this.retryable()
    const current = progressOf(waves, outcomes)
    const open = planned.filter((_, place) => ['waiting', 'sending'].includes(outcomes[place] ?? 'done'))
    return {
      ...{ id, title, user, at, updatedAt, source, state, waves, stopAfter, steps, counts },
      ...(note !== undefined && { note }),
      ...(reason && { reason }),
      ...(isBusy && stop !== undefined && { stopping: stop }),
      ...{ wave: current.wave + 1, next: current.open.length, open: open.length },
      leftOut: requestAgain(source, []) === undefined ? 0 : leftOutOf(targets).length,
      servers: planned.length,
      stepCounts: this.stepCounts(),
      retryable: retryable.length,
      confirm: confirmOf(state === 'ready' || this.isActive ? open : retryable),
      mustConfirm: this.confirmation === undefined,
      ...(this.lackingSecrets().length > 0 && { keyMissing: true }),
    }
  }

  stateLine(state: RolloutState, now: number, reason?: AppError): RolloutStateLine {
    const at = new Date(now).toISOString()
    return { kind: 'state', state, at, counts: this.stepCounts(), ...(reason && { reason }) }
  }

  rows(): readonly RolloutRow[] {
    let place = 0
    return this.head.targets.map(({ server, plan, settled }): RolloutRow => {
      const row = { id: server.id, server: server.name }
      if (plan === undefined)
        return {
          ...{ ...row, wave: null, outcome: settled?.outcome ?? 'notSent', steps: 0, done: 0, planId: '' },
          message: settled?.reason ?? '',
        }
      const wave = waveAt(this.head.waves, place++) + 1
      const opened = this.plans.get(plan)
      const outcome = this.shownOutcome(plan, this.outcomeOf({ planId: plan }))
      if (opened === undefined) return { ...row, wave, outcome, steps: 0, done: 0, message: noPlan, planId: '' }
      const counts = opened.plan.counts()
      return {
        ...{ ...row, wave, outcome, planId: plan, message: messageOf(opened, outcome) },
        ...{ steps: opened.plan.steps.length, done: counts.done + counts.alreadyInPlace },
      }
    })
  }
}

/** The reason of the first step with this outcome. */
function messageOf({ plan }: OpenPlan, outcome: StepOutcome): string {
  const filter = [{ key: 'outcome', operator: 'eq', value: outcome }] as const
  const { items, count } = plan.rows({ offset: 0, limit: 1, filter })
  const message = items[0]?.message ?? ''
  return message === '' || count === 1 ? message : `${message} (${countText(count, 'step')})`
}

/** A rollout in the list of plans. */
export function rolloutListRow(head: RolloutHead, state: RolloutState, counts: Partial<StepCounts>): PlanListRow {
  const { id, at, title, user, note = '', steps, targets } = head
  const done = (counts.done ?? 0) + (counts.alreadyInPlace ?? 0)
  const planned = targets.filter(({ plan }) => plan !== undefined).length
  const server = countText(planned, 'server')
  return { id, at, title, server, state, steps, done, open: steps - done, user, note, rollout: true }
}
