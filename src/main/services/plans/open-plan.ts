import type { PlanResult, PlanState, PlanSummary } from '@shared/domain/plan'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import type { Approved } from '../writes/approved'
import { failedResult } from '../writes/outcome'
import { unverified } from '../writes/unknown-outcome'
import type { Plan } from './plan'
import type { PlanStore } from './plan-store'
import type { UnverifiedStep } from './read-back'

export interface OpenPlanDeps {
  readonly store: PlanStore
  readonly changed: (summary: PlanSummary) => void
  readonly report: (what: string, error: unknown) => void
  readonly now: () => number
}

/** The window hears of progress once in so many milliseconds: a thousand steps a second would drown it. */
const tellEvery = 100

/** What a person confirmed in this run, as which user of the PBX. */
interface Confirmed {
  readonly confirmation: Confirmation
  readonly guards: readonly Guard[]
  readonly user: string
  readonly approved: Approved
}

/** Whether all of this harm is known already. */
export const isAmong = (guards: readonly Guard[], known: readonly Guard[] = []): boolean =>
  guards.every(({ kind, addresses }) =>
    known.some((each) => each.kind === kind && addresses.every((address) => each.addresses.includes(address))),
  )

/** A plan that is previewed, applied or looked at in this run: shown in the window, and stored as it goes. */
export class OpenPlan {
  unverified: readonly UnverifiedStep[] = []
  confirmed: Confirmed | undefined
  /** The harm that the preview showed. */
  shown: readonly Guard[] = []
  /** A person asked for it while the plan was being prepared or applied: running steps end, and no other starts. */
  stop: 'pause' | 'cancel' | undefined
  isBusy = false
  private lines: PlanResult[] = []
  private shownAt = -tellEvery
  private later: NodeJS.Timeout | undefined

  constructor(
    readonly plan: Plan,
    private readonly deps: OpenPlanDeps,
    private isStored = false,
  ) {}

  get isActive(): boolean {
    return this.plan.state === 'applying' || this.plan.state === 'paused'
  }

  /** Only one thing is done with a plan at a time. Throws `conflict`. */
  begin(): void {
    if (this.isBusy) throw new FleetError({ code: 'conflict', message: 'This plan is being applied' })
    this.isBusy = true
    this.stop = undefined
  }

  end(): void {
    this.isBusy = false
  }

  /** Before anything is sent. A single step needs no plan to be found again: it is in the journal. */
  async store(): Promise<void> {
    const { head, steps } = this.plan
    if (this.isStored || steps.length === 1) return
    await this.deps.store.create(head, steps)
    this.isStored = true
  }

  keep(result: PlanResult): void {
    this.plan.accept(result)
    // All that come together are appended together.
    if (this.lines.length === 0) setImmediate(() => this.flush())
    this.lines.push(result)
    this.tell()
  }

  private flush(): void {
    const { lines } = this
    this.lines = []
    if (lines.length > 0) this.append(lines)
  }

  enter(state: PlanState, reason?: AppError): void {
    const line = this.plan.stateLine(state, this.deps.now(), reason)
    this.plan.accept(line)
    this.flush()
    this.append([line])
    this.tell(true)
  }

  /** Every step has its result. */
  finish(): void {
    this.enter('finished')
    this.plan.forgetSecrets()
  }

  /** Steps that were not sent are not; of those that were sent and could not be read back nobody knows. */
  cancelRest(): void {
    const at = new Date(this.deps.now()).toISOString()
    for (const { step, attempt, entry } of this.unverified) {
      const { outcome, error } = failedResult(unverified(step.write.operation, undefined))
      void this.confirmed?.approved.conclude(entry, { outcome, ...(error && { error }) })
      this.keep({ kind: 'result', n: step.n, attempt, at, entry, outcome, ...(error && { error }) })
    }
    this.unverified = []
    const error = { code: 'cancelled', message: 'Canceled before it was sent' }
    for (const { n } of this.plan.waiting())
      this.keep({ kind: 'result', n, attempt: this.plan.result(n)?.attempt ?? 0, at, outcome: 'notSent', error })
    this.enter('canceled')
  }

  summary(): PlanSummary {
    const { stop, isBusy } = this
    return { ...this.plan.summary(), ...(isBusy && stop !== undefined && { stopping: stop }) }
  }

  /** Shows the plan as it is: now, or with others that change soon. */
  tell(now = false): void {
    const wait = now ? 0 : this.shownAt + tellEvery - performance.now()
    if (wait > 0) {
      this.later ??= setTimeout(() => this.tell(true), wait)
      return
    }
    clearTimeout(this.later)
    this.later = undefined
    this.shownAt = performance.now()
    this.deps.changed(this.summary())
  }

  /** What is not stored here is in the journal. */
  private append(lines: Parameters<PlanStore['append']>[1]): void {
    if (!this.isStored) return
    this.deps.store
      .append(this.plan.id, lines)
      .catch((error: unknown) => this.deps.report(`plan ${this.plan.id} not stored`, error))
  }
}
