import type { PlanSummary } from '@shared/domain/plan'
import {
  rolloutStepsMax,
  type RolloutHead,
  type RolloutPreview,
  type RolloutSource,
  type RolloutSummary,
  type RuleRequest,
} from '@shared/domain/rollout'
import type { ServerId } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { countText } from '@shared/format/count-text'
import { readRanges } from '@shared/rollout/typed-ranges'
import { waveSizes } from '@shared/rollout/waves'
import type { PlanShelf } from '../plans/plan-shelf'
import type { NewPlan } from '../plans/plans-service'
import { groupTargets, guardsOf, impactOf, warningsOf, type PreviewedTarget } from './group-targets'
import { previewTargets, requestTitle, rulePlan, type PreviewDeps } from './preview-targets'
import { Rollout } from './rollout'
import type { RolloutShelf } from './rollout-shelf'

export interface RolloutPreviewsDeps extends PreviewDeps {
  readonly rollouts: RolloutShelf
  readonly shelf: Pick<PlanShelf, 'steps' | 'list'>
  readonly summary: (rollout: Rollout) => RolloutSummary
  readonly systemUser: string
}

/** Maximum number of open previews; the oldest are closed. */
const previewsMax = 3
/** Maximum number of plans in a warning. */
const titlesMax = 3

const rejected = (message: string, hint?: string): FleetError =>
  new FleetError({ code: 'rejected', message, ...(hint !== undefined && { hint }) })

const nothingToSend = (targets: readonly PreviewedTarget[]): FleetError =>
  rejected(
    'There is nothing to send',
    groupTargets(targets)
      .map(({ label, servers }) => `${countText(servers.length, 'server')}: ${label}.`)
      .join(' '),
  )

const activeWarning = (titles: readonly string[]): readonly string[] => {
  if (titles.length === 0) return []
  const more = titles.length > titlesMax ? [`${countText(titles.length - titlesMax, 'other plan')}`] : []
  return [`Not finished on these servers: ${[...titles.slice(0, titlesMax), ...more].join(', ')}`]
}

/** The request with its ranges normalized, each once. Throws `rejected`. */
function checkedRequest(request: RuleRequest, servers: number, now: number): RuleRequest {
  const { ranges, problems } = readRanges(request.ranges.join('\n'))
  const [problem] = problems
  if (problem !== undefined) throw rejected(`${problem.text}: ${problem.message}`)
  if (ranges.length === 0) throw rejected('No address is entered')
  if (request.expiresAt !== null && Date.parse(request.expiresAt) <= now)
    throw rejected('The rules would expire in the past')
  if (servers * ranges.length > rolloutStepsMax) {
    const message = `${countText(ranges.length, 'range')} on ${countText(servers, 'server')} are too many`
    throw rejected(message, `The maximum is ${countText(rolloutStepsMax, 'step')}.`)
  }
  return { ...request, ranges }
}

/** Previews rollouts: one plan for each server, compared and grouped. Nothing is sent or stored. */
export class RolloutPreviews {
  private readonly guards = new Map<string, readonly Guard[]>()

  constructor(private readonly deps: RolloutPreviewsDeps) {}

  /** Compares what is requested with the rules of these servers. */
  async rules(request: RuleRequest, serverIds: readonly ServerId[]): Promise<RolloutPreview> {
    const ids = [...new Set(serverIds)]
    const checked = checkedRequest(request, ids.length, this.deps.now())
    const planFor = (id: ServerId): Promise<NewPlan> => rulePlan(this.deps, id, checked)
    return this.preview({ kind: 'rules', ...checked }, requestTitle(checked), ids, planFor)
  }

  /** Restores what the done steps of a rollout changed. */
  async revert(rolloutId: string): Promise<RolloutPreview> {
    const rollout = await this.deps.rollouts.find(rolloutId)
    if (rollout.isActive) throw new FleetError({ code: 'conflict', message: 'This rollout has not ended' })
    const done = new Map<ServerId, string>()
    for (const { server, planId } of rollout.planned)
      if ((rollout.plan(planId)?.plan.counts().done ?? 0) > 0) done.set(server.id, planId)
    if (done.size === 0) throw rejected('Nothing is left to revert')
    const planFor = (id: ServerId): Promise<NewPlan> => this.deps.drafts.revertPlan({ plan: done.get(id) ?? '' })
    const { source } = rollout.head
    const title = source.kind === 'rules' ? `Revert “${requestTitle(source)}”` : 'Revert a revert'
    return this.preview({ kind: 'revert', rollout: rolloutId }, title, [...done.keys()], planFor)
  }

  /** The guards that a preview showed. */
  guardsOf(rolloutId: string): readonly Guard[] {
    return this.guards.get(rolloutId) ?? []
  }

  /** Closes a preview. */
  discard(rolloutId: string): void {
    const rollout = this.deps.rollouts.open.get(rolloutId)
    if (rollout?.state !== 'ready' || rollout.isBusy) return
    for (const { planId } of rollout.planned) this.deps.plans.discard(planId)
    this.deps.rollouts.open.delete(rolloutId)
    this.guards.delete(rolloutId)
  }

  private async preview(
    source: RolloutSource,
    what: string,
    serverIds: readonly ServerId[],
    planFor: (serverId: ServerId) => Promise<NewPlan>,
  ): Promise<RolloutPreview> {
    const id = crypto.randomUUID()
    const targets = await previewTargets(this.deps, id, serverIds, planFor)
    const sent = targets.flatMap(({ server, preview, settled }) =>
      preview === undefined || settled !== undefined ? [] : [{ server, preview }],
    )
    if (sent.length === 0) throw nothingToSend(targets)
    const head: RolloutHead = {
      ...{ v: 1, kind: 'rollout', id, at: new Date(this.deps.now()).toISOString(), user: this.deps.systemUser, source },
      title: `${what} on ${countText(sent.length, 'server')}`,
      ...{ waves: waveSizes(sent.length, true), review: true, stopAfter: 1 },
      targets: targets.map(({ server, preview, settled }) => ({
        server: { id: server.id, name: server.name },
        ...(settled === undefined ? preview && { plan: preview.id } : { settled }),
      })),
      steps: sent.reduce((sum, { preview }) => sum + preview.steps, 0),
    }
    const plans = await this.deps.rollouts.plansOf(sent.map(({ preview }) => preview.id))
    const rollout = new Rollout(head, plans)
    const guards = guardsOf(sent.map(({ server, preview }) => ({ server, guards: preview.guards })))
    this.open(rollout, guards)
    const active = await this.activeOn(new Set(sent.map(({ server }) => server.id)))
    return {
      ...this.deps.summary(rollout),
      guards,
      groups: groupTargets(targets),
      warnings: [...warningsOf(targets), ...activeWarning(active)],
      impact: impactOf(targets),
    }
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

  private open(rollout: Rollout, guards: readonly Guard[]): void {
    this.deps.rollouts.open.set(rollout.id, rollout)
    this.guards.set(rollout.id, guards)
    const previews = [...this.deps.rollouts.open.values()].filter(({ state }) => state === 'ready')
    for (const { id } of previews.slice(0, -previewsMax)) this.discard(id)
  }
}
