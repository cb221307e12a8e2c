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

/** What the plan came into with, beside its frozen lines. */
interface Known {
  readonly head: PlanHead
  readonly steps: readonly PlanStep[]
  /** Values of secret fields by step: in this run alone. */
  readonly secrets?: ReadonlyMap<number, RecordValues>
}

/** A frozen set of changes to one server, and what became of each. Kept in memory while it is shown or applied; `plan-store.ts` has it on the disk. */
export class Plan {
  head: PlanHead
  readonly steps: readonly PlanStep[]
  state: PlanState = 'ready'
  reason: AppError | undefined
  verifying = false
  private secrets: ReadonlyMap<number, RecordValues>
  private readonly results = new Map<number, PlanResult>()
  private readonly sending = new Set<number>()
  private readonly lost = new Set<number>()
  private updatedAt: string

  constructor({ head, steps, secrets = new Map<number, RecordValues>() }: Known) {
    this.head = head
    this.steps = steps
    this.secrets = secrets
    this.updatedAt = head.at
  }

  get id(): string {
    return this.head.id
  }

  /** Takes over a line that is stored, or is about to be. */
  accept(line: PlanLine): void {
    if (line.kind === 'result') {
      this.results.set(line.n, line)
      this.sending.delete(line.n)
      this.lost.delete(line.n)
      this.updatedAt = line.at
    } else if (line.kind === 'state') {
      this.state = line.state
      this.reason = line.reason as AppError | undefined
      this.updatedAt = line.at
    }
  }

  /** Forgets what a preview found: it is looked at again when the plan is applied. */
  forgetPreview(): void {
    this.results.clear()
  }

  /** What a person typed when it was applied first. */
  setNote(note: string): void {
    if (note !== '') this.head = { ...this.head, note }
  }

  /** It is sent, and not verified yet. */
  isSent(n: number): void {
    this.sending.add(n)
  }

  /** Its response was lost; what became of it is being read. */
  markLost(n: number): void {
    this.lost.add(n)
  }

  result(n: number): PlanResult | undefined {
    return this.results.get(n)
  }

  /** The step of a journal entry. */
  stepOf(entry: number): PlanStep | undefined {
    for (const { n, entry: of } of this.results.values()) if (of === entry) return this.steps[n - 1]
    return undefined
  }

  outcomeOf({ n, settled }: PlanStep, state = this.state): StepOutcome {
    if (settled !== undefined) return settled.outcome
    // Of a plan that is not running nobody is verifying it.
    if (this.sending.has(n)) return state === 'applying' ? 'sending' : 'unknown'
    const result = this.results.get(n)
    if (result === undefined || (result.interrupted === true && state !== 'canceled')) return 'waiting'
    return result.outcome
  }

  /** Steps that have not been sent yet, and are to be. */
  waiting(): readonly PlanStep[] {
    return this.steps.filter((step) => this.outcomeOf(step) === 'waiting')
  }

  /** Steps that Retry sends again: the same frozen values. One whose secrets are gone cannot be. */
  retryable(): readonly PlanStep[] {
    return this.steps.filter((step) => {
      if (step.settled !== undefined || !this.hasSecrets(step)) return false
      const result = this.results.get(step.n)
      return result !== undefined && !this.sending.has(step.n) && retryOutcomes.has(result.outcome)
    })
  }

  /** Keeps the secrets of steps alone that can be sent once more. */
  forgetSecrets(): void {
    const kept = new Set(this.retryable().map(({ n }) => n))
    this.secrets = new Map([...this.secrets].filter(([n]) => kept.has(n)))
  }

  hasSecrets({ n, secrets = [] }: PlanStep): boolean {
    return secrets.length === 0 || this.secrets.has(n)
  }

  /** The values that are sent, with their secrets. */
  valuesOf({ n, write }: PlanStep): RecordValues {
    return { ...write.changes, ...this.secrets.get(n) }
  }

  nextAttempt(n: number): number {
    return (this.results.get(n)?.attempt ?? 0) + 1
  }

  /** Journal entries of steps whose result is that nobody knows. */
  unknownEntries(): readonly number[] {
    return [...this.results.values()].flatMap(({ n, outcome, entry }) =>
      outcome === 'unknown' && entry !== undefined && !this.sending.has(n) ? entry : [],
    )
  }

  counts(state = this.state): StepCounts {
    const counts: Record<StepOutcome, number> = { ...emptyCounts }
    for (const step of this.steps) counts[this.outcomeOf(step, state)] += 1
    return counts
  }

  summary(): PlanSummary {
    const { id, title, server, source, resources, user, at, steps, note } = this.head
    const { state, reason, verifying, updatedAt } = this
    return {
      ...{ id, title, server, source, resources, user, at, steps, state, updatedAt },
      ...(note !== undefined && { note }),
      counts: this.counts(),
      retryable: this.retryable().length,
      differing: this.differing(),
      ...(reason && { reason }),
      ...(verifying && { verifying }),
      ...(this.lost.size > 0 && { checking: this.lost.size }),
    }
  }

  private differing(): number {
    let count = 0
    for (const { outcome, differences = [] } of this.results.values())
      if (outcome === 'done' && differences.length > 0) count += 1
    return count
  }

  /** A line that says in which state the plan is. */
  stateLine(state: PlanState, now: number, reason?: AppError): PlanStateLine {
    const at = new Date(now).toISOString()
    return { kind: 'state', state, at, counts: this.counts(state), ...(reason && { reason }) }
  }

  rows(query: PageQuery): Page<PlanRow> {
    const rowOf = (step: PlanStep): PlanRow =>
      planRow(step, this.outcomeOf(step), this.results.get(step.n), this.lost.has(step.n))
    return queryPageOf(this.steps, query, rowOf, { outcome: (step) => this.outcomeOf(step) })
  }
}
