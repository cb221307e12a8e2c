import type { PlanResult, PlanState, PlanSummary } from '@shared/domain/plan'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { Approved } from '../writes/approved'
import { failedResult } from '../writes/outcome'
import type { WriteResult } from '../writes/write'
import { unverified } from '../writes/unknown-outcome'
import { Hold } from './hold'
import type { Plan } from './plan'
import type { PlanStore } from './plan-store'
import type { UnverifiedStep } from './read-back'

export interface OpenPlanDeps {
  readonly store: PlanStore
  readonly onChange: (summary: PlanSummary) => void
  readonly report: (what: string, error: unknown) => void
  readonly immediately: () => number
}

/** Minimum milliseconds between progress reports; a thousand steps a second would overload the window. */
const publishEveryMs = 100

/** The confirmation in this run, and the PBX user at that time. */
interface Confirmed {
  readonly confirmation: Confirmation
  readonly guards: readonly Guard[]
  readonly user: string
  readonly approved: Approved
}

/** True if all these guards are among the known ones. */
export const areKnown = (guards: readonly Guard[], knownGuards: readonly Guard[] = []): boolean =>
  guards.every(({ kind, addresses }) =>
    knownGuards.some((guard) => guard.kind === kind && addresses.every((address) => guard.addresses.includes(address))),
  )

/** A plan that is open in this run: shown in the window, and stored while it is applied. */
export class OpenPlan {
  unverified: readonly UnverifiedStep[] = []
  confirmed: Confirmed | undefined
  /** The guards that the preview showed. */
  previewGuards: readonly Guard[] = []
  /** Set by the user: running steps finish, and no other starts. */
  stop: 'pause' | 'cancel' | undefined
  isBusy = false
  /** Resolves when the current run has ended. */
  ended: Promise<void> = Promise.resolve()
  readonly hold = new Hold()
  private lines: PlanResult[] = []
  private publishedAt = -publishEveryMs
  private publishTimer: NodeJS.Timeout | undefined

  constructor(
    readonly plan: Plan,
    private readonly deps: OpenPlanDeps,
    private isStored = false,
  ) {}

  get isActive(): boolean {
    return this.plan.state === 'applying' || this.plan.state === 'paused'
  }

  /** Only one operation at a time works on a plan. Throws `conflict`. */
  begin(): void {
    if (this.isBusy) throw new FleetError({ code: 'conflict', message: 'This plan is being applied' })
    this.isBusy = true
    this.stop = undefined
  }

  end(): void {
    this.isBusy = false
  }

  /**
   * Must be called before anything is sent. A single step is not stored as a plan, as it is in the journal, unless a
   * rollout needs it to resume. Plans of a rollout are stored together.
   */
  async store(isOneOfSeveral = false): Promise<void> {
    const { head, steps } = this.plan
    if (this.isStored || (steps.length === 1 && head.rollout === undefined)) return
    await this.deps.store.create(head, steps, isOneOfSeveral)
    this.isStored = true
  }

  addResult(result: PlanResult): void {
    this.plan.accept(result)
    // Results that arrive together are appended together.
    if (this.lines.length === 0) setImmediate(() => this.flush())
    this.lines.push(result)
    this.publish()
  }

  private flush(): void {
    const { lines } = this
    this.lines = []
    if (lines.length > 0) this.append(lines)
  }

  setState(state: PlanState, reason?: AppError): void {
    const line = this.plan.stateLine(state, this.deps.immediately(), reason)
    this.plan.accept(line)
    const { lines } = this
    this.lines = []
    // Each append opens the file, so the last result and the state that follows it are one.
    this.append([...lines, line])
    this.publish(true)
  }

  /** Called when every step has a result. */
  finish(): void {
    this.setState('finished')
    this.plan.forgetSecrets()
  }

  /** Cancels the steps that were not sent. */
  cancelRest(): void {
    this.endRest('canceled', {
      outcome: 'notSent',
      error: { code: 'cancelled', message: 'Canceled before it was sent' },
    })
  }

  /** Ends the plan with this result of the steps that were not sent. Steps that were not read back become unknown. */
  endRest(state: 'canceled' | 'finished', { outcome: rest, error: why }: WriteResult): void {
    const at = new Date(this.deps.immediately()).toISOString()
    for (const { step, attempt, entry } of this.unverified) {
      const { outcome, error } = failedResult(unverified(step.write.operation, undefined))
      void this.confirmed?.approved.conclude(entry, { outcome, ...(error && { error }) })
      this.addResult({ kind: 'result', n: step.n, attempt, at, entry, outcome, ...(error && { error }) })
    }
    this.unverified = []
    for (const { n } of this.plan.waiting()) {
      const attempt = this.plan.result(n)?.attempt ?? 0
      this.addResult({ kind: 'result', n, attempt, at, outcome: rest, ...(why && { error: why }) })
    }
    this.setState(state)
    this.plan.forgetSecrets()
  }

  summary(): PlanSummary {
    const { stop, isBusy } = this
    return { ...this.plan.summary(), ...(isBusy && stop !== undefined && { stopping: stop }) }
  }

  /** Publishes the summary, immediately or together with later changes. */
  publish(now = false): void {
    const waitMs = now ? 0 : this.publishedAt + publishEveryMs - performance.now()
    if (waitMs > 0) {
      this.publishTimer ??= setTimeout(() => this.publish(true), waitMs)
      return
    }
    clearTimeout(this.publishTimer)
    this.publishTimer = undefined
    this.publishedAt = performance.now()
    this.deps.onChange(this.summary())
  }

  /** A result that cannot be stored here is in the journal. */
  private append(lines: Parameters<PlanStore['append']>[1]): void {
    if (!this.isStored) return
    this.deps.store
      .append(this.plan.id, lines)
      .catch((error: unknown) => this.deps.report(`plan ${this.plan.id} not stored`, error))
  }
}
