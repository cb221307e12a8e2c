import type { Page, PageQuery, SortOf } from '@shared/domain/page'
import type { PlanRow, PlanSummary } from '@shared/domain/plan'
import type { JournalEntry } from '@shared/domain/journal-view'
import { selectRows } from '@shared/rows/query'
import { safeName } from '../exports/safe-name'
import { loadPlan, summaryOf } from './load-plan'
import { OpenPlan, type OpenPlanDeps } from './open-plan'
import type { Plan } from './plan'
import { planCsv } from './plan-csv'

export interface PlanShelfDeps extends OpenPlanDeps {
  /** The journal's entries of a plan's steps. */
  readonly entriesOf: (planId: string) => Promise<readonly JournalEntry[]>
}

const newestFirst: SortOf<keyof PlanSummary> = { key: 'at', descending: true }

/** The plans of this profile: those that are open in this run, and those that are stored. Errors: FleetError `not-found`, `damaged`, `disk`. */
export class PlanShelf {
  readonly open = new Map<string, OpenPlan>()

  constructor(private readonly deps: PlanShelfDeps) {}

  /** Plans that were applied, newest first; `damaged` names files that are none. */
  async list(): Promise<{ readonly plans: readonly PlanSummary[]; readonly damaged: readonly string[] }> {
    const { plans: stored, damaged } = await this.deps.store.edges()
    const plans = [...this.open.values()].filter(({ plan }) => plan.state !== 'ready').map((each) => each.summary())
    const broken: string[] = [...damaged]
    for (const edges of stored) {
      if (this.open.has(edges.head.id)) continue
      const found = summaryOf(edges) ?? (await this.get(edges.head.id).catch(() => undefined))
      if (found === undefined) broken.push(`${edges.head.id}.jsonl`)
      else plans.push(found)
    }
    return { plans: selectRows(plans, { sort: newestFirst }), damaged: broken }
  }

  async get(planId: string): Promise<PlanSummary> {
    return (await this.find(planId)).summary()
  }

  async steps(planId: string, query: PageQuery): Promise<Page<PlanRow>> {
    return (await this.find(planId)).plan.rows(query)
  }

  /** Every step with its result, safe to open in a spreadsheet. */
  async csv(planId: string): Promise<{ readonly name: string; readonly text: string }> {
    const { plan } = await this.find(planId)
    return { name: `${safeName(plan.head.title.replaceAll('/', '_'), 'plan')}.csv`, text: planCsv(plan) }
  }

  async find(planId: string): Promise<OpenPlan> {
    const known = this.open.get(planId)
    if (known !== undefined) return known
    const plan = await loadPlan(this.deps.store, this.deps.entriesOf, planId)
    // Two may have been asking for it.
    const opened = this.open.get(planId) ?? new OpenPlan(plan, this.deps, true)
    this.open.set(planId, opened)
    return opened
  }

  /** A plan that is new. */
  make(plan: Plan): OpenPlan {
    return new OpenPlan(plan, this.deps)
  }
}
