import type { PlanSummary } from '@shared/domain/plan'
import type { RolloutHead, RolloutPreview, RolloutRequest, RolloutSummary } from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { FleetError } from '@shared/ipc/result'
import { countText } from '@shared/format/count-text'
import { compareNames } from '@shared/rows/order'
import { leftOutOf, requestAgain } from '@shared/rollout/again'
import { whoText } from '@shared/rollout/who-text'
import { waveSizes } from '@shared/rollout/waves'
import { ifPresent } from '../../servers/servers'
import type { PlanShelf } from '../plans/plan-shelf'
import { commonOf, groupTargets, guardsOf, impactOf, warningsOf, type PreviewedTarget } from './group-targets'
import { rejected, type KindDeps, type Requested } from './kinds/kind'
import { requested, titleOf } from './kinds/kinds'
import { previewTargets, type PreviewDeps } from './preview-targets'
import { Rollout } from './rollout'
import type { RolloutShelf } from './rollout-shelf'

export interface RolloutPreviewsDeps extends Omit<PreviewDeps, 'servers'>, KindDeps {
  readonly rollouts: RolloutShelf
  readonly servers: PreviewDeps['servers'] & KindDeps['servers']
  readonly shelf: Pick<PlanShelf, 'steps' | 'list' | 'storeAll'>
  readonly summary: (rollout: Rollout) => RolloutSummary
  readonly systemUser: string
}

/** Maximum number of open previews; the oldest are closed. */
const previewsMax = 3
/** Maximum number of plans in a warning. */
const titlesMax = 3

const nothingToSend = (targets: readonly PreviewedTarget[]): FleetError =>
  rejected(
    'There is nothing to send',
    groupTargets(targets)
      .map(({ label, servers, details: [detail] }) => {
        // Of what is already in place, there is no more to say.
        const why =
          detail === undefined || label === 'Already in place' ? '' : ` (${detail.replace(`${servers[0]}: `, '')})`
        return `${whoText(servers)}: ${label}${why}.`
      })
      .join(' '),
  )

const activeWarning = (titles: readonly string[]): readonly string[] => {
  if (titles.length === 0) return []
  const more = titles.length > titlesMax ? [`${countText(titles.length - titlesMax, 'other plan')}`] : []
  return [`Not finished on these servers: ${[...titles.slice(0, titlesMax), ...more].join(', ')}`]
}

/** Previews rollouts: one plan for each server, compared and grouped. Nothing is sent or stored. */
export class RolloutPreviews {
  constructor(private readonly deps: RolloutPreviewsDeps) {}

  /** Compares what is requested with the selected servers. */
  async preview(request: RolloutRequest): Promise<RolloutPreview> {
    return this.previewOf(
      await requested(this.deps, request.kind === 'again' ? await this.again(request.rollout) : request),
    )
  }

  private async again(rolloutId: string): Promise<Exclude<RolloutRequest, { readonly kind: 'again' }>> {
    const { source, targets } = (await this.deps.rollouts.find(rolloutId)).head
    const request = requestAgain(source, leftOutOf(targets))
    if (request === undefined) throw rejected('This rollout has to be created again for other servers')
    return request
  }

  /** Closes a preview. */
  discard(rolloutId: string): void {
    const rollout = this.deps.rollouts.open.get(rolloutId)
    if (rollout?.state !== 'ready' || rollout.isBusy) return
    for (const { planId } of rollout.planned) this.deps.plans.discard(planId)
    this.deps.rollouts.open.delete(rolloutId)
  }

  private async previewOf({ source, serverIds, warnings = [], planFor }: Requested): Promise<RolloutPreview> {
    const id = crypto.randomUUID()
    const targets = await previewTargets(this.deps, id, this.byName(serverIds), planFor)
    const sent = targets.flatMap(({ server, preview, settled }) =>
      preview === undefined || settled !== undefined ? [] : [{ server, preview }],
    )
    if (sent.length === 0) throw nothingToSend(targets)
    const head: RolloutHead = {
      ...{ v: 1, kind: 'rollout', id, at: new Date(this.deps.now()).toISOString(), user: this.deps.systemUser, source },
      title: `${titleOf(source)} on ${countText(sent.length, 'server')}`,
      ...{ waves: waveSizes(sent.length, true), review: true, stopAfter: 1 },
      targets: targets.map(({ server, preview, settled, listSize }) => ({
        server: { id: server.id, name: server.name },
        ...(listSize !== undefined && { listSize }),
        ...(settled === undefined ? preview && { plan: preview.id } : { settled }),
      })),
      steps: sent.reduce((sum, { preview }) => sum + preview.steps, 0),
    }
    const plans = await this.deps.rollouts.plansOf(sent.map(({ preview }) => preview.id))
    const rollout = new Rollout(head, plans)
    const guards = guardsOf(sent.map(({ server, preview }) => ({ server, guards: preview.guards })))
    this.open(rollout)
    const common = commonOf(targets)
    const active = await this.activeOn(new Set(sent.map(({ server }) => server.id)))
    return {
      ...this.deps.summary(rollout),
      planned: rollout.planned.map(({ server }) => server),
      guards,
      groups: groupTargets(targets, common),
      warnings: [...warnings, ...warningsOf(targets), ...activeWarning(active)],
      impact: impactOf(targets),
      ...(common !== undefined && { common }),
    }
  }

  /** Each server once, in the order of their names, because the first one is the canary. */
  private byName(serverIds: readonly ServerId[]): readonly ServerId[] {
    const nameOf = (id: ServerId): string => ifPresent(() => this.deps.servers.record(id).name) ?? ''
    const named = [...new Set(serverIds)].map((id) => ({ id, name: nameOf(id) }))
    return named.sort((a, b) => compareNames(a.name, b.name)).map(({ id }) => id)
  }

  /** What is under way on one of these servers. */
  private async activeOn(serverIds: ReadonlySet<ServerId>): Promise<readonly string[]> {
    const [{ plans }, rollouts] = await Promise.all([this.deps.shelf.list(), this.deps.rollouts.active()])
    const isActive = ({ state, server, rollout }: PlanSummary): boolean =>
      rollout === undefined && (state === 'applying' || state === 'paused') && serverIds.has(server.id)
    return [
      ...rollouts.filter((rollout) => rollout.open().some(({ server }) => serverIds.has(server.id))),
      ...plans.filter(isActive),
    ].map((each) => ('head' in each ? each.head.title : each.title))
  }

  private open(rollout: Rollout): void {
    this.deps.rollouts.open.set(rollout.id, rollout)
    const previews = [...this.deps.rollouts.open.values()].filter(({ state }) => state === 'ready')
    for (const { id } of previews.slice(0, -previewsMax)) this.discard(id)
  }
}
