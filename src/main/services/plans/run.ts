import pMap from 'p-map'
import type { PlanResult, PlanStep } from '@shared/domain/plan'
import { printNumber } from '@shared/format/print-number'
import { FleetError, type AppError, type ErrorCode } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { Approved } from '../writes/approved'
import { failedResult } from '../writes/outcome'
import type { WriteResult } from '../writes/write'
import { failureText } from './failure-text'
import type { Plan } from './plan'
import type { Prepared } from './prepare'
import { readBackAll, type UnverifiedStep } from './read-back'
import { requestsMax } from './read-many'
import { sendStep, type SendContext, type StepToSend } from './send-step'

/** Errors after which no further step can succeed now, so the plan pauses. */
const interruptingCodes: ReadonlySet<ErrorCode> = new Set([
  'signed-out',
  'tls-changed',
  'tls-untrusted',
  'offline',
  'denied',
  'rate-limited',
  'disk',
  'journal',
])

const interruptionOf = (error: unknown): AppError | undefined => {
  if (!(error instanceof FleetError) || !interruptingCodes.has(error.detail.code)) return undefined
  return toAppError(error)
}

const isSettledWell = ({ outcome }: PlanResult): boolean => outcome === 'done' || outcome === 'alreadyInPlace'

/** Why an ordered plan stops at this step. */
function stoppedAt(step: PlanStep, result: PlanResult, steps: number): AppError {
  const reason = failureText(step, result)
  return {
    code: 'rejected',
    message: `Stopped at step ${printNumber(step.n)} of ${printNumber(steps)}${reason && `: ${reason}`}`,
    hint:
      result.outcome === 'unknown'
        ? 'Check now whether it was done. Nothing is sent again until then.'
        : 'Resume sends this step and those after it. Steps that are done are not sent again.',
  }
}

/** Milliseconds after which a record is read again before it is changed or deleted. */
const freshForMs = 30_000

export interface RunDeps extends SendContext {
  readonly approved: Approved
  /** Compares one step with the current state of the server. */
  readonly prepareAgain: (step: PlanStep) => Promise<Prepared>
  readonly now: () => number
  /** Resolves when the next step may start; undefined unless the user is deciding whether to cancel. */
  readonly holdEnding: () => Promise<void> | undefined
  /** True if the user asked to stop: running steps finish, and no other starts. */
  readonly isStopped: () => boolean
  /** Why no other step may be sent now. */
  readonly stopReason: () => AppError | undefined
  /** Stores a result and shows it. */
  readonly onResult: (result: PlanResult) => void
  /** Called when the summary changes. */
  readonly onChange: () => void
  /** Logs unexpected errors. */
  readonly report: (error: unknown) => void
}

/**
 * One run of a plan: sends its steps, four at a time, then reads all of them back. Ends when all are done, or when the
 * plan is paused, canceled or interrupted.
 */
export class PlanRun {
  /** Why no further step can succeed. */
  interruption: AppError | undefined

  constructor(
    private readonly plan: Plan,
    private readonly deps: RunDeps,
  ) {}

  /** Returns the confirmed steps that could not be read back because of an interruption. */
  async run({ sends, decided }: Prepared, earlier: readonly UnverifiedStep[] = []): Promise<readonly UnverifiedStep[]> {
    const { plan } = this
    this.decide(decided)
    const readAt = this.deps.now()
    const unverified: UnverifiedStep[] = [...earlier]
    const send = async ([n, current]: readonly [number, StepToSend['current']]): Promise<void> => {
      const step = plan.steps[n - 1]
      // Only if necessary: steps that start together are entered in the journal together.
      while (this.deps.holdEnding() !== undefined) await this.deps.holdEnding()
      this.interruption ??= this.deps.stopReason()
      if (this.deps.isStopped() || this.interruption !== undefined || step === undefined) return
      const isStale = this.deps.now() - readAt > freshForMs && step.write.kind !== 'create'
      const now = isStale ? await this.prepareAgain(step) : { current }
      if (now === undefined) return
      const sent = await this.send({ step, values: plan.valuesOf(step), ...now })
      if (sent !== undefined) unverified.push(sent)
    }
    // A rollout works on several servers at a time, with one write each.
    const concurrency = plan.head.rollout === undefined ? requestsMax : 1
    await pMap([...sends], send, { concurrency })
    return this.readBack(unverified)
  }

  /** Sends one step after the other, each once the one before it was read back; ends at the first that is not done. */
  async runInOrder(steps: readonly PlanStep[], earlier: readonly UnverifiedStep[]): Promise<readonly UnverifiedStep[]> {
    const { plan, deps } = this
    const remaining = await this.readBack(earlier)
    if (remaining.length > 0) return remaining
    for (const frozen of plan.steps) {
      const { n } = frozen
      const step = plan.resolved(frozen)
      if (steps.some((candidate) => candidate.n === n)) {
        while (deps.holdEnding() !== undefined) await deps.holdEnding()
        this.interruption ??= deps.stopReason()
        if (deps.isStopped() || this.interruption !== undefined) return []
        const notRead = await this.runStep(step)
        if (notRead.length > 0) return notRead
      }
      if (this.interruption !== undefined) return []
      const result = plan.result(n)
      if (result !== undefined && !isSettledWell(result)) {
        this.interruption = stoppedAt(step, result, plan.steps.length)
        return []
      }
    }
    return []
  }

  private async runStep(step: PlanStep): Promise<readonly UnverifiedStep[]> {
    if (step.recordOf !== undefined && step.write.id === undefined) {
      const message = 'The record was not created by this plan, so nothing is assigned to it'
      this.settle(step.n, this.plan.nextAttempt(step.n), { outcome: 'conflict', error: { code: 'conflict', message } })
      return []
    }
    const now = await this.prepareAgain(step)
    if (now === undefined) return []
    const sent = await this.send({ step, values: this.plan.valuesOf(step), ...now })
    return sent === undefined ? [] : this.readBack([sent])
  }

  private decide(decided: Prepared['decided']): void {
    for (const [n, { outcome, message }] of decided) {
      const error = message === '' ? {} : { error: { code: outcome, message } }
      this.settle(n, this.plan.nextAttempt(n), { outcome, ...error })
    }
  }

  /** The current record of a step; undefined if the step has a result and is not sent. */
  private async prepareAgain(step: PlanStep): Promise<Pick<StepToSend, 'current'> | undefined> {
    try {
      const { sends, decided } = await this.deps.prepareAgain(step)
      this.decide(decided)
      return sends.has(step.n) ? { current: sends.get(step.n) } : undefined
    } catch (error) {
      this.onFailure(step.n, this.plan.nextAttempt(step.n), error, { ...failedResult(error), outcome: 'notSent' })
      return undefined
    }
  }

  private async send(toSend: StepToSend): Promise<UnverifiedStep | undefined> {
    const { plan, deps } = this
    const { step, values } = toSend
    const { n, reverts } = step
    const attempt = plan.nextAttempt(n)
    const { title } = plan.head
    const source = { kind: 'plan', plan: plan.id, title, step: n, attempt, ...(reverts && { reverts }) } as const
    plan.markSent(n)
    deps.onChange()
    try {
      const started = await sendStep(deps, deps.approved.from(source), toSend)
      const { entry } = started
      if (started.state === 'sent') return { step, attempt, entry, values, id: step.write.id ?? started.reply }
      if (started.state === 'settled') {
        const result: WriteResult = { outcome: 'done', ...started.value }
        await deps.approved.conclude(entry, result)
        this.settle(n, attempt, result, entry)
      } else this.onFailure(n, attempt, started.error, started.result, entry)
    } catch (error) {
      this.onFailure(n, attempt, error, failedResult(error))
    }
    return undefined
  }

  private onFailure(n: number, attempt: number, error: unknown, result: WriteResult, entry?: number): void {
    const interruption = interruptionOf(error)
    this.interruption ??= interruption
    if (!(error instanceof FleetError) || error.detail.code === 'internal') this.deps.report(error)
    const isInterrupted = interruption !== undefined && result.outcome !== 'unknown'
    this.settle(n, attempt, result, entry, isInterrupted)
  }

  /** Reads back steps of an earlier run; returns those that could not be read because of an interruption. */
  async readBack(unverified: readonly UnverifiedStep[]): Promise<readonly UnverifiedStep[]> {
    if (unverified.length === 0) return []
    const { plan, deps } = this
    const notRead = new Set(unverified)
    plan.verifying = true
    deps.onChange()
    const concluded: Promise<void>[] = []
    try {
      await readBackAll(
        deps,
        unverified,
        (sentStep, result) => {
          notRead.delete(sentStep)
          concluded.push(deps.approved.conclude(sentStep.entry, result))
          this.settle(sentStep.step.n, sentStep.attempt, result, sentStep.entry)
        },
        (error) => interruptionOf(error) !== undefined,
      )
    } catch (error) {
      this.interruption ??= interruptionOf(error)
    } finally {
      plan.verifying = false
    }
    await Promise.all(concluded)
    return [...notRead]
  }

  private settle(n: number, attempt: number, result: WriteResult, entry?: number, interrupted = false): void {
    const { settledLater: _, ...resultFields } = result
    this.deps.onResult({
      kind: 'result',
      n,
      attempt,
      at: new Date(this.deps.now()).toISOString(),
      ...resultFields,
      ...(entry !== undefined && { entry }),
      ...(interrupted && { interrupted }),
    })
  }
}
