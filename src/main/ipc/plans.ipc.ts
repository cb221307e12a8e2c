import { basename } from 'node:path'
import type { PlanListRow, PlanSummary } from '@shared/domain/plan'
import { queryPage } from '@shared/rows/query'
import { writeAtomic } from '../storage/write-atomic'
import type { Dialogs } from '../services/dialogs'
import type { PlanDrafts } from '../services/plans/drafts'
import { planListRow } from '../services/plans/plan-row'
import type { PlanShelf } from '../services/plans/plan-shelf'
import type { PlansService } from '../services/plans/plans-service'
import type { RolloutShelf } from '../services/rollouts/rollout-shelf'
import { handle } from './handle'

export interface PlansIpcDeps {
  readonly plans: PlansService
  readonly shelf: PlanShelf
  readonly drafts: PlanDrafts
  readonly rollouts: Pick<RolloutShelf, 'list'>
  readonly dialogs: Pick<Dialogs, 'saveFile'>
}

/** Plans of a rollout are shown with it. */
const isAlone = ({ rollout }: PlanSummary): boolean => rollout === undefined

/** Handles `plans:*`; progress is pushed as `plan:changed`. */
export function registerPlansIpc({ plans, shelf, drafts, rollouts, dialogs }: PlansIpcDeps): void {
  handle('plans:list', async ({ query }) => {
    const [stored, overMany] = await Promise.all([shelf.list(), rollouts.list()])
    const rows = [...overMany.rollouts, ...stored.plans.filter(isAlone).map(planListRow)]
    const searched = (row: PlanListRow): readonly unknown[] => [
      ...Object.values(row),
      ...(overMany.servers.get(row.id) ?? []),
    ]
    return { ...queryPage(rows, query, { searched }), damaged: [...stored.damaged, ...overMany.damaged] }
  })
  handle('plans:active', async () =>
    (await shelf.list()).plans.filter(
      (plan) => isAlone(plan) && (plan.state === 'applying' || plan.state === 'paused'),
    ),
  )
  handle('plans:get', ({ planId }) => shelf.get(planId))
  handle('plans:steps', ({ planId, query }) => shelf.steps(planId, query))
  handle('plans:previewDelete', (rows) => drafts.delete(rows))
  handle('plans:previewChange', (rows) => drafts.change(rows))
  handle('plans:previewRevert', (of) => drafts.revert('planId' in of ? { plan: of.planId } : of))
  handle('plans:apply', ({ planId, confirmation }) => plans.apply(planId, confirmation))
  handle('plans:discard', ({ planId }) => {
    plans.discard(planId)
    return null
  })
  handle('plans:hold', async ({ planId, held }) => {
    await plans.hold(planId, held)
    return null
  })
  handle('plans:pause', ({ planId }) => plans.pause(planId))
  handle('plans:resume', ({ planId, confirmation }) => plans.resume(planId, confirmation))
  handle('plans:retry', ({ planId, confirmation }) => plans.retry(planId, confirmation))
  handle('plans:cancel', ({ planId }) => plans.cancel(planId))
  handle('plans:guards', ({ planId, which }) => plans.guards(planId, which))
  handle('plans:check', ({ planId }) => plans.check(planId))
  handle('plans:save', async ({ planId }) => {
    const { name, text } = await shelf.csv(planId)
    const filters = [{ name: 'CSV', extensions: ['csv'] }]
    const path = await dialogs.saveFile({ title: 'Save the result', defaultPath: name, filters })
    if (path === undefined) return { saved: false, name: '' }
    await writeAtomic(path, text)
    return { saved: true, name: basename(path) }
  })
}
