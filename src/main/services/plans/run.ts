import pMap from 'p-map'
import type { PlanResult, PlanStep } from '@shared/domain/plan'
import { FleetError, type AppError, type ErrorCode } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { Approved } from '../writes/approved'
import { failedResult } from '../writes/outcome'
import type { WriteResult } from '../writes/write'
import type { Plan } from './plan'
import type { Prepared } from './prepare'
import { readBackAll, type UnverifiedStep } from './read-back'
import { requestsMax } from './read-many'
import { sendStep, type SendContext, type StepToSend } from './send-step'

/** Without a session or a connection no further step can succeed now: the plan pauses. */
const interrupting: ReadonlySet<ErrorCode> = new Set([
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
  if (!(error instanceof FleetError) || !interrupting.has(error.detail.code)) return undefined
  return toAppError(error)
}

/** A record that was read longer ago than this many milliseconds is read once more before it is changed or deleted. */
const freshFor = 30_000

export interface RunDeps extends SendContext {
  readonly approved: Approved
  /** One step as the server stands now. */
  readonly prepareAgain: (step: PlanStep) => Promise<Prepared>
  readonly now: () => number
  /** Whether a person asked to stop: steps that are running end, and no other starts. */
  readonly isStopped: () => boolean
  /** Why no other step may be sent now. */
  readonly whyNot: () => AppError | undefined
  /** Stores a result and shows it. */
  readonly settled: (result: PlanResult) => void
  /** The plan looks another way. */
  readonly changed: () => void
  /** What failed though nothing should, for the log. */
  readonly report: (error: unknown) => void
}

/** One run of a plan: sends its steps, four at a time, then reads back what all of them left. Ends when they are through, or when it was paused, canceled or interrupted. */
export class PlanRun {
  /** Why no further step could succeed. */
  interruption: AppError | undefined

  constructor(
    private readonly plan: Plan,
    private readonly deps: RunDeps,
  ) {}

  /** Gives the steps that were confirmed and could not be read back because of the interruption. */
  async run({ sends, decided }: Prepared, earlier: readonly UnverifiedStep[] = []): Promise<readonly UnverifiedStep[]> {
    const { plan } = this
    this.decide(decided)
    const readAt = this.deps.now()
    const unverified: UnverifiedStep[] = [...earlier]
    const send = async ([n, current]: readonly [number, StepToSend['current']]): Promise<void> => {
      const step = plan.steps[n - 1]
      this.interruption ??= this.deps.whyNot()
      if (this.deps.isStopped() || this.interruption !== undefined || step === undefined) return
      const isOld = this.deps.now() - readAt > freshFor && step.write.kind !== 'create'
      const now = isOld ? await this.prepareAgain(step) : { current }
      if (now === undefined) return
      const sent = await this.send({ step, values: plan.valuesOf(step), ...now })
      if (sent !== undefined) unverified.push(sent)
    }
    await pMap([...sends], send, { concurrency: requestsMax })
    return this.readBack(unverified)
  }

  private decide(decided: Prepared['decided']): void {
    for (const [n, { outcome, message }] of decided) {
      const error = message === '' ? {} : { error: { code: outcome, message } }
      this.settle(n, this.plan.nextAttempt(n), { outcome, ...error })
    }
  }

  /** The record of a step as it is now; undefined where the step is not sent, which has its result then. */
  private async prepareAgain(step: PlanStep): Promise<Pick<StepToSend, 'current'> | undefined> {
    try {
      const { sends, decided } = await this.deps.prepareAgain(step)
      this.decide(decided)
      return sends.has(step.n) ? { current: sends.get(step.n) } : undefined
    } catch (error) {
      this.failed(step.n, this.plan.nextAttempt(step.n), error, { ...failedResult(error), outcome: 'notSent' })
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
    plan.isSent(n)
    deps.changed()
    try {
      const begun = await sendStep(deps, deps.approved.from(source), toSend)
      const { entry } = begun
      if (begun.state === 'sent') return { step, attempt, entry, values, id: step.write.id ?? begun.reply }
      if (begun.state === 'settled') {
        const result: WriteResult = { outcome: 'done', ...begun.value }
        await deps.approved.conclude(entry, result)
        this.settle(n, attempt, result, entry)
      } else this.failed(n, attempt, begun.error, begun.result, entry)
    } catch (error) {
      this.failed(n, attempt, error, failedResult(error))
    }
    return undefined
  }

  private failed(n: number, attempt: number, error: unknown, result: WriteResult, entry?: number): void {
    const interruption = interruptionOf(error)
    this.interruption ??= interruption
    if (!(error instanceof FleetError) || error.detail.code === 'internal') this.deps.report(error)
    const isInterrupted = interruption !== undefined && result.outcome !== 'unknown'
    this.settle(n, attempt, result, entry, isInterrupted)
  }

  /** Reads back what an earlier run left unverified; gives what it could not read because of the interruption. */
  async readBack(unverified: readonly UnverifiedStep[]): Promise<readonly UnverifiedStep[]> {
    if (unverified.length === 0) return []
    const { plan, deps } = this
    const left = new Set(unverified)
    plan.verifying = true
    deps.changed()
    const concluded: Promise<void>[] = []
    try {
      await readBackAll(
        deps,
        unverified,
        (each, result) => {
          left.delete(each)
          concluded.push(deps.approved.conclude(each.entry, result))
          this.settle(each.step.n, each.attempt, result, each.entry)
        },
        (error) => interruptionOf(error) !== undefined,
      )
    } catch (error) {
      this.interruption ??= interruptionOf(error)
    } finally {
      plan.verifying = false
    }
    await Promise.all(concluded)
    return [...left]
  }

  private settle(n: number, attempt: number, result: WriteResult, entry?: number, interrupted = false): void {
    const { settledLater: _, ...kept } = result
    this.deps.settled({
      kind: 'result',
      n,
      attempt,
      at: new Date(this.deps.now()).toISOString(),
      ...kept,
      ...(entry !== undefined && { entry }),
      ...(interrupted && { interrupted }),
    })
  }
}
