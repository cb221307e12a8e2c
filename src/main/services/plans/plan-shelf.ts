import pMap from 'p-map'
import type { Page, PageQuery, SortOf } from '@shared/domain/page'
import type { DamagedFile, PlanRow, PlanSummary } from '@shared/domain/plan'
import type { JournalEntry } from '@shared/domain/journal-view'
import { selectRows } from '@shared/rows/query'
import { safeName } from '../exports/safe-name'
import { loadPlan, summaryOf } from './load-plan'
import { OpenPlan, type OpenPlanDeps } from './open-plan'
import type { Plan } from './plan'
import { planCsv } from './plan-csv'

export interface PlanShelfDeps extends OpenPlanDeps {
  /** The journal entries of a plan's steps. */
  readonly entriesOf: (planId: string) => Promise<readonly JournalEntry[]>
}

/** Plan files that are written at the same time. */
const storesMax = 16
const newestFirst: SortOf<keyof PlanSummary> = { key: 'at', descending: true }

/** The plans of this profile, open or stored. Errors: FleetError `not-found`, `damaged`, `disk`. */
export class PlanShelf {
  readonly open = new Map<string, OpenPlan>()

  constructor(private readonly deps: PlanShelfDeps) {}

  /** Applied plans, newest first; `damaged` are unreadable files. */
  async list(): Promise<{ readonly plans: readonly PlanSummary[]; readonly damaged: readonly DamagedFile[] }> {
    const { plans: stored, damaged } = await this.deps.store.edges()
    const plans = [...this.open.values()].filter(({ plan }) => plan.state !== 'ready').map((opened) => opened.summary())
    const damagedFiles: DamagedFile[] = [...damaged]
    for (const edges of stored) {
      if (this.open.has(edges.head.id)) continue
      const summary = summaryOf(edges) ?? (await this.get(edges.head.id).catch(() => undefined))
      if (summary === undefined) damagedFiles.push(await this.deps.store.describe(edges.head.id))
      else plans.push(summary)
    }
    return { plans: selectRows(plans, { sort: newestFirst }), damaged: damagedFiles }
  }

  async get(planId: string): Promise<PlanSummary> {
    return (await this.find(planId)).summary()
  }

  async steps(planId: string, query: PageQuery): Promise<Page<PlanRow>> {
    return (await this.find(planId)).plan.rows(query)
  }

  /** All steps with their results as CSV that is safe in spreadsheets. */
  async csv(planId: string): Promise<{ readonly name: string; readonly text: string }> {
    const { plan } = await this.find(planId)
    return { name: `${safeName(plan.head.title, 'plan')}.csv`, text: planCsv(plan) }
  }

  async find(planId: string): Promise<OpenPlan> {
    const current = this.open.get(planId)
    if (current !== undefined) return current
    const plan = await loadPlan(this.deps.store, this.deps.entriesOf, planId)
    // A concurrent call may have opened it.
    const opened = this.open.get(planId) ?? new OpenPlan(plan, this.deps, true)
    this.open.set(planId, opened)
    return opened
  }

  /** Stores the previewed plans of a rollout, with its note. Resolves once all of them are on disk. */
  async storeAll(planIds: readonly string[], note: string): Promise<void> {
    const store = async (planId: string): Promise<void> => {
      const opened = await this.find(planId)
      opened.plan.setNote(note.trim())
      await opened.store(true)
    }
    await this.deps.store.beginSeveral()
    await pMap(planIds, store, { concurrency: storesMax })
    await this.deps.store.endSeveral()
  }

  /** Whether a change of this plan was reverted. */
  async isReverted(planId: string): Promise<boolean> {
    return (await this.deps.entriesOf(planId)).some(({ revertedBy }) => revertedBy !== undefined)
  }

  /** Whether a plan of this run is paused. */
  isPaused(planId: string): boolean {
    return this.open.get(planId)?.plan.state === 'paused'
  }

  /** Opens a new plan. */
  openNew(plan: Plan): OpenPlan {
    return new OpenPlan(plan, this.deps)
  }
}
