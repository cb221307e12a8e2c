import { powerMonitor } from 'electron'
import type { PlanSummary } from '@shared/domain/plan'
import type { ServerId } from '@shared/domain/server'
import type { Shell } from './compose-shell'
import { registerRolloutsIpc } from './ipc/rollouts.ipc'
import type { Servers } from './servers/servers'
import type { PlanDrafts } from './services/plans/drafts'
import type { PlanShelf } from './services/plans/plan-shelf'
import type { PlansService } from './services/plans/plans-service'
import type { Rollout } from './services/rollouts/rollout'
import { RolloutShelf } from './services/rollouts/rollout-shelf'
import { RolloutStore } from './services/rollouts/rollout-store'
import { RolloutsService } from './services/rollouts/rollouts-service'

interface RolloutDeps {
  readonly servers: Servers
  readonly plans: PlansService
  readonly shelf: PlanShelf
  readonly drafts: PlanDrafts
  readonly systemUser: string
}

export interface Rollouts {
  readonly rollouts: RolloutShelf
  readonly planChanged: (summary: PlanSummary) => void
  readonly stop: () => Promise<void>
}

/** Composes changes to many servers, which are plans of single servers that run together. */
export function composeRollouts({ push, profile, report, dialogs, workspace }: Shell, deps: RolloutDeps): Rollouts {
  const { shelf } = deps
  const store = new RolloutStore(profile('rollouts'))
  const rollouts = new RolloutShelf({ store, plans: shelf })
  const activeOn = async (serverIds: ReadonlySet<ServerId>): Promise<readonly string[]> => {
    const [{ plans }, active] = await Promise.all([shelf.list(), rollouts.active()])
    const isActive = ({ state, server, rollout }: PlanSummary): boolean =>
      rollout === undefined && (state === 'applying' || state === 'paused') && serverIds.has(server.id)
    const isOnServers = (rollout: Rollout): boolean => rollout.open().some(({ server }) => serverIds.has(server.id))
    const titles = [
      ...active.filter(isOnServers).map(({ head }) => head.title),
      ...plans.filter(isActive).map(({ title }) => title),
    ]
    return titles.length <= 3 ? titles : [...titles.slice(0, 3), `and ${titles.length - 3} more`]
  }
  const service = new RolloutsService({
    ...deps,
    ...{ store, rollouts, report, activeOn },
    now: Date.now,
    serverIds: () => workspace.list().map(({ id }) => id),
    onChange: (summary) => push('rollout:changed', summary),
  })
  powerMonitor.on('suspend', () => service.pauseAll())
  registerRolloutsIpc({ service, rollouts, dialogs })
  return { rollouts, planChanged: (summary) => service.planChanged(summary), stop: () => store.settled() }
}
