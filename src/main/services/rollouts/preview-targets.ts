import type { PlanPreview } from '@shared/domain/plan'
import type { ServerId } from '@shared/domain/server'
import { distinctNames } from '@shared/domain/server-names'
import { outcomeOfPlan } from '@shared/rollout/progress'
import type { Servers } from '../../servers/servers'
import { ifPresent } from '../../servers/servers'
import { notSignedInText } from '../../servers/not-signed-in'
import type { PlanShelf } from '../plans/plan-shelf'
import type { PlansService } from '../plans/plans-service'
import type { PreviewedTarget } from './group-targets'
import type { ServerPlan } from './kinds/kind'

export interface PreviewDeps {
  readonly servers: Pick<Servers, 'record' | 'state' | 'forEach'>
  readonly plans: Pick<PlansService, 'preview' | 'discard'>
  readonly shelf: Pick<PlanShelf, 'steps'>
}

/** Previews one plan for each server, eight at a time. A server without anything to send has the reason. */
export async function previewTargets(
  deps: PreviewDeps,
  rolloutId: string,
  serverIds: readonly ServerId[],
  planFor: (serverId: ServerId) => Promise<ServerPlan>,
): Promise<readonly PreviewedTarget[]> {
  const { servers, plans, shelf } = deps
  const previewOn = async (serverId: ServerId): Promise<PreviewedTarget> => {
    const server = servers.record(serverId)
    if (server.protection === 'read-only')
      return { server, rows: [], settled: { outcome: 'notSent', reason: 'Read-only' } }
    const { listSize, difference, about, ...plan } = await planFor(serverId)
    const preview = await plans.preview({ ...plan, rollout: rolloutId })
    const { items: rows } = await shelf.steps(preview.id, { offset: 0, limit: preview.steps })
    return { server, preview, rows, listSize, difference, about, ...settledOf(preview, rows[0]?.message) }
  }
  const results = await servers.forEach(serverIds, previewOn)
  const targets = results.map((result): PreviewedTarget => {
    if (result.ok) {
      const { preview, settled } = result.value
      if (preview !== undefined && settled !== undefined) plans.discard(preview.id)
      return result.value
    }
    const { serverId, error } = result
    const known = ifPresent(() => servers.record(serverId))
    const server = known ?? { id: serverId, name: 'Removed server', folder: '', protection: 'read-only' }
    const reason = error.code === 'signed-out' ? notSignedInText(servers, serverId) : error.message
    return { server, rows: [], settled: { outcome: 'notSent', reason } }
  })
  return withDistinctNames(targets, servers)
}

/** The same with names that tell the servers apart: here, and in the rollout that is stored. */
function withDistinctNames(
  targets: readonly PreviewedTarget[],
  servers: Pick<Servers, 'record'>,
): readonly PreviewedTarget[] {
  const addressOf = (id: ServerId): string => ifPresent(() => servers.record(id))?.address ?? ''
  const names = distinctNames(targets.map(({ server: { id, name } }) => ({ id, name, address: addressOf(id) })))
  return targets.map((target) => {
    const name = names.get(target.server.id) ?? target.server.name
    return name === target.server.name ? target : { ...target, server: { ...target.server, name } }
  })
}

/** Why nothing is sent to a server that has no step to send. */
function settledOf(preview: PlanPreview, reason = ''): Pick<PreviewedTarget, 'settled'> {
  const outcome = outcomeOfPlan({ state: 'ready', counts: preview.counts })
  return outcome === 'waiting' || outcome === 'sending' ? {} : { settled: { outcome, reason } }
}
