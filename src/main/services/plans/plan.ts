import type { AppError } from '@shared/ipc/result'
import type { Page, PageQuery } from '@shared/domain/page'
import type { RecordValues } from '@shared/domain/record'
import {
  emptyCounts,
  retryOutcomes,
  type PlanHead,
  type PlanLine,
  type PlanResult,
  type PlanRow,
  type PlanState,
  type PlanStateLine,
  type PlanStep,
  type PlanSummary,
  type StepCounts,
  type StepOutcome,
} from '@shared/domain/plan'
import { queryPageOf } from '@shared/rows/query'
import { planRow } from './plan-row'

/** The frozen lines and secrets of a plan. */
interface PlanParts {
  readonly head: PlanHead
  readonly steps: readonly PlanStep[]
  /** Values of secret fields by step; only in this run. */
  readonly secrets?: ReadonlyMap<number, RecordValues>
}

/** Outcomes after which nothing was changed, so that an ordered plan may try the step again. */
const resumable: ReadonlySet<StepOutcome> = new Set(['waiting', 'refused', 'notSent', 'conflict'])

/** A frozen set of changes to one server with their results, in memory. `plan-store.ts` stores it. */
export class Plan {
  head: PlanHead
  readonly steps: readonly PlanStep[]
  state: PlanState = 'ready'
  reason: AppError | undefined
  verifying = false
  private secrets: ReadonlyMap<number, RecordValues>
  private readonly results = new Map<number, PlanResult>()
  private readonly sending = new Set<number>()
  private readonly awaitingSettlement = new Set<number>()
  private updatedAt: string
  /** The counts until something changes: a rollout sums up all its plans with each report of progress. */
  private knownCounts: StepCounts | undefined

  constructor({ head, steps, secrets = new Map<number, RecordValues>() }: PlanParts) {
    this.head = head
    this.steps = steps
    this.secrets = secrets
    this.updatedAt = head.at
  }

  get id(): string {
    return this.head.id
  }

  /** Whether each step is verified before the next one is sent. */
  get isOrdered(): boolean {
    return this.head.ordered === true
  }

  /** The step with the ID of its record, if an earlier step of this plan has created that. */
  resolved(step: PlanStep): PlanStep {
    const id = step.recordOf === undefined ? undefined : this.results.get(step.recordOf)?.newId
    return id === undefined ? step : { ...step, write: { ...step.write, id } }
  }

  /** Applies a line that is stored or will be. */
  accept(line: PlanLine): void {
    this.knownCounts = undefined
    if (line.kind === 'result') {
      this.results.set(line.n, line)
      this.sending.delete(line.n)
      this.awaitingSettlement.delete(line.n)
      this.updatedAt = line.at
    } else if (line.kind === 'state') {
      this.state = line.state
      this.reason = line.reason as AppError | undefined
      this.updatedAt = line.at
    }
  }

  /** Discards the results of the preview; they are determined again when the plan is applied. */
  forgetPreview(): void {
    this.knownCounts = undefined
    this.results.clear()
  }

  /** The note that the user typed when the plan was first applied. */
  setNote(note: string): void {
    if (note !== '') this.head = { ...this.head, note }
  }

  /** The step is sent and not verified yet. */
  markSent(n: number): void {
    this.knownCounts = undefined
    this.sending.add(n)
  }

  /** There was no response to the step; its result is being read. */
  markResponseMissing(n: number): void {
    this.awaitingSettlement.add(n)
  }

  result(n: number): PlanResult | undefined {
    return this.results.get(n)
  }

  /** The step of a journal entry. */
  stepOf(entry: number): PlanStep | undefined {
    for (const { n, entry: entryNumber } of this.results.values()) if (entryNumber === entry) return this.steps[n - 1]
    return undefined
  }

  outcomeOf({ n, settled }: PlanStep, state = this.state): StepOutcome {
    if (settled !== undefined) return settled.outcome
    // No one verifies a step of a plan that is not running.
    if (this.sending.has(n)) return state === 'applying' ? 'sending' : 'unknown'
    const result = this.results.get(n)
    if (result === undefined || (result.interrupted === true && state !== 'canceled')) return 'waiting'
    return result.outcome
  }

  /** Steps that are still to be sent. */
  waiting(): readonly PlanStep[] {
    return this.steps.filter((step) => this.outcomeOf(step) === 'waiting')
  }

  /** Steps that Resume sends: a plan that stopped at a step that failed begins with that one. */
  toResume(): readonly PlanStep[] {
    if (!this.isOrdered) return this.waiting()
    return this.steps.filter((step) => step.settled === undefined && resumable.has(this.outcomeOf(step)))
  }

  /** Steps that Retry sends again, with the same frozen values. A step whose secrets are gone cannot be retried. */
  retryable(): readonly PlanStep[] {
    return this.steps.filter((step) => {
      // Counted for each progress report, when few steps have a result: the rest is looked up only for those.
      const result = this.results.get(step.n)
      if (result === undefined || !retryOutcomes.has(result.outcome)) return false
      return step.settled === undefined && !this.sending.has(step.n) && this.hasSecrets(step)
    })
  }

  /** Deletes the secrets of steps that cannot be retried. */
  forgetSecrets(): void {
    const retryableSteps = new Set(this.retryable().map(({ n }) => n))
    this.secrets = new Map([...this.secrets].filter(([n]) => retryableSteps.has(n)))
  }

  /** Steps that could be sent, now or again, if this run had their secrets. */
  lackingSecrets(): readonly PlanStep[] {
    return this.steps.filter((step) => {
      const outcome = this.outcomeOf(step)
      const isOpen = outcome === 'waiting' || outcome === 'refused' || outcome === 'notSent'
      return isOpen && step.settled === undefined && !this.hasSecrets(step)
    })
  }

  /** Adds the secrets of a step, which are not stored. */
  addSecrets(n: number, values: RecordValues): void {
    this.secrets = new Map([...this.secrets, [n, values]])
  }

  hasSecrets({ n, secrets = [] }: PlanStep): boolean {
    return secrets.length === 0 || this.secrets.has(n)
  }

  /** The values to send, including secrets. */
  valuesOf({ n, write }: PlanStep): RecordValues {
    return { ...write.changes, ...this.secrets.get(n) }
  }

  nextAttempt(n: number): number {
    return (this.results.get(n)?.attempt ?? 0) + 1
  }

  /** Journal entries of steps with an unknown outcome. */
  unknownEntries(): readonly number[] {
    return [...this.results.values()].flatMap(({ n, outcome, entry }) =>
      outcome === 'unknown' && entry !== undefined && !this.sending.has(n) ? entry : [],
    )
  }

  counts(): StepCounts {
    this.knownCounts ??= this.countsIn(this.state)
    return this.knownCounts
  }

  private countsIn(state: PlanState): StepCounts {
    const counts: Record<StepOutcome, number> = { ...emptyCounts }
    for (const step of this.steps) counts[this.outcomeOf(step, state)] += 1
    return counts
  }

  summary(): PlanSummary {
    const { id, title, server, source, resources, user, at, steps, note, rollout, ordered } = this.head
    const { state, reason, verifying, updatedAt } = this
    return {
      ...{ id, title, server, source, resources, user, at, steps, state, updatedAt },
      ...(note !== undefined && { note }),
      ...(rollout !== undefined && { rollout }),
      ...(ordered && { ordered }),
      counts: this.counts(),
      retryable: this.retryable().length,
      differing: this.differing(),
      ...(reason && { reason }),
      ...(verifying && { verifying }),
      ...(this.awaitingSettlement.size > 0 && { checking: this.awaitingSettlement.size }),
    }
  }

  private differing(): number {
    let count = 0
    for (const { outcome, differences = [] } of this.results.values())
      if (outcome === 'done' && differences.length > 0) count += 1
    return count
  }

  /** The line that stores the state of the plan. */
  stateLine(state: PlanState, now: number, reason?: AppError): PlanStateLine {
    const at = new Date(now).toISOString()
    return { kind: 'state', state, at, counts: this.countsIn(state), ...(reason && { reason }) }
  }

  /** Creates only the rows of the page, unless they are searched or sorted. */
  rows(query: PageQuery): Page<PlanRow> {
    const rowOf = (step: PlanStep): PlanRow =>
      planRow(step, {
        outcome: this.outcomeOf(step),
        result: this.results.get(step.n),
        isResponseMissing: this.awaitingSettlement.has(step.n),
        isListed: this.isOrdered,
      })
    return queryPageOf(this.steps, query, rowOf, { outcome: (step) => this.outcomeOf(step) })
  }
}
