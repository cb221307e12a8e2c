import type { DamagedFile, PlanListRow, StepCounts } from '@shared/domain/plan'
import type { RolloutRow } from '@shared/domain/rollout'
import type { Page, PageQuery } from '@shared/domain/page'
import { queryPage } from '@shared/rows/query'
import { safeCsv } from '../exports/safe-csv'
import { safeName } from '../exports/safe-name'
import type { OpenPlan } from '../plans/open-plan'
import type { PlanShelf } from '../plans/plan-shelf'
import { Rollout, rolloutListRow } from './rollout'
import type { RolloutStore } from './rollout-store'

export interface RolloutShelfDeps {
  readonly store: RolloutStore
  readonly plans: Pick<PlanShelf, 'find'>
}

/** Why a rollout of an earlier run is paused. */
const appEnded = { code: 'cancelled', message: 'The app ended before the rollout was finished.' } as const

const csvColumns = ['server', 'wave', 'outcome', 'steps', 'done', 'message'] as const

export interface RolloutList {
  readonly rollouts: readonly PlanListRow[]
  /** The names of the servers of each rollout. */
  readonly servers: ReadonlyMap<string, readonly string[]>
  readonly damaged: readonly DamagedFile[]
}

/** The rollouts of this profile, open or stored. Errors: FleetError `not-found`, `damaged`, `disk`. */
export class RolloutShelf {
  readonly open = new Map<string, Rollout>()

  constructor(private readonly deps: RolloutShelfDeps) {}

  /** Applied rollouts; `damaged` has the unreadable files. */
  async list(): Promise<RolloutList> {
    const { rollouts, damaged } = await this.deps.store.list()
    const rows = rollouts.map(({ head, last }): PlanListRow => {
      const opened = this.open.get(head.id)
      if (opened !== undefined) return rolloutListRow(opened.head, opened.state, opened.stepCounts())
      const isInterrupted = last === undefined || last.state === 'applying'
      const counts: Partial<StepCounts> = last?.counts ?? {}
      return rolloutListRow(head, isInterrupted ? 'paused' : last.state, counts)
    })
    const servers = new Map(
      rollouts.map(({ head: { id, targets } }) => [id, targets.map(({ server }) => server.name)] as const),
    )
    return { rollouts: rows, servers, damaged }
  }

  /** Those that are applied, paused or in review. */
  async active(): Promise<readonly Rollout[]> {
    const { rollouts } = await this.list()
    const ids = rollouts.filter(({ state }) => ['applying', 'paused', 'review'].includes(state)).map(({ id }) => id)
    const found = await Promise.all(ids.map((id) => this.find(id).catch(() => undefined)))
    return found.filter((rollout) => rollout !== undefined)
  }

  async find(rolloutId: string): Promise<Rollout> {
    const current = this.open.get(rolloutId)
    if (current !== undefined) return current
    const { head, last } = await this.deps.store.read(rolloutId)
    const rollout = new Rollout(head, await this.plansOf(head.targets.flatMap(({ plan }) => plan ?? [])))
    if (last !== undefined) rollout.accept(last)
    if (last === undefined || last.state === 'applying')
      rollout.accept(rollout.stateLine('paused', Date.parse(last?.at ?? head.at), appEnded))
    // A concurrent call may have opened it.
    const opened = this.open.get(rolloutId) ?? rollout
    this.open.set(rolloutId, opened)
    return opened
  }

  async plansOf(planIds: readonly string[]): Promise<ReadonlyMap<string, OpenPlan>> {
    const plans = new Map<string, OpenPlan>()
    for (const id of planIds) {
      // Its server is shown without a plan.
      const plan = await this.deps.plans.find(id).catch(() => undefined)
      if (plan !== undefined) plans.set(id, plan)
    }
    return plans
  }

  async rows(rolloutId: string, query: PageQuery): Promise<Page<RolloutRow>> {
    return queryPage((await this.find(rolloutId)).rows(), query)
  }

  /** All servers with their results as CSV that is safe in spreadsheets. */
  async csv(rolloutId: string): Promise<{ readonly name: string; readonly text: string }> {
    const rollout = await this.find(rolloutId)
    const rows = rollout.rows().map((row) => csvColumns.map((key) => String(row[key] ?? '')))
    const name = `${safeName(rollout.head.title, 'rollout')}.csv`
    return { name, text: safeCsv(csvColumns, rows) }
  }
}
