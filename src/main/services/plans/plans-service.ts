import type { JournalLine } from '@shared/domain/journal'
import type { PlanHead, PlanPreview, PlanStep, PlanSummary } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { PbxReader } from '../../portsip/pbx-client'
import { resultOfEntry } from './load-plan'
import { Plan } from './plan'
import type { OpenPlan } from './open-plan'
import { PlanRunner, type PlanRunnerDeps } from './plan-runner'

/** A plan to be created. */
export interface NewPlan {
  readonly title: string
  readonly serverId: ServerId
  readonly source: PlanHead['source']
  readonly steps: readonly PlanStep[]
  readonly secrets?: ReadonlyMap<number, RecordValues>
  readonly notRestored?: readonly string[]
  /** What was noticed while the steps were made. */
  readonly warnings?: readonly string[]
  /** Number of changes left out because they cancel each other out. */
  readonly canceledOut?: number
  /** The guards shown in a preview elsewhere. */
  readonly guards?: readonly Guard[]
  /** The reader that has already read the records of the steps. */
  readonly reader?: PbxReader
  /** The rollout that it belongs to. */
  readonly rollout?: string
  /** Its steps depend on each other. */
  readonly ordered?: true
}

/** Maximum number of open previews; the oldest are closed. */
const previewsMax = 8

const retryHint =
  'Steps that are done, unknown or in conflict are not sent again. A secret is not stored: import its row again.'
const toSend = ({ steps }: Plan): readonly PlanStep[] => steps.filter(({ settled }) => settled === undefined)
const wrongState = (what: string): FleetError =>
  new FleetError({ code: 'conflict', message: `This plan is no longer ${what}` })

/**
 * Applies many changes to a server: imports, bulk changes, bulk deletions and reverts are plans. Errors: FleetError
 * `not-found`, `conflict`, `damaged`, `disk`, and those of approving and reading.
 */
export class PlansService {
  private readonly runner: PlanRunner

  constructor(private readonly deps: PlanRunnerDeps) {
    this.runner = new PlanRunner(deps)
  }

  private get open(): Map<string, OpenPlan> {
    return this.deps.shelf.open
  }

  /** Freezes the steps and compares them with the server. Nothing is sent or stored. */
  async preview(newPlan: NewPlan): Promise<PlanPreview> {
    const opened = this.make(newPlan)
    const { plan } = opened
    const prepared = await this.runner.prepare(plan, toSend(plan), newPlan.reader)
    for (const [n, { outcome, message }] of prepared.decided)
      plan.accept({ kind: 'result', n, attempt: 0, at: plan.head.at, outcome, error: { code: outcome, message } })
    opened.previewGuards = prepared.guards
    this.open.set(plan.id, opened)
    for (const preview of [...this.open.values()]
      .filter(({ plan: { state, head } }) => state === 'ready' && head.rollout === undefined)
      .slice(0, -previewsMax))
      this.open.delete(preview.plan.id)
    const { guards } = prepared
    const { notRestored, canceledOut = 0, warnings = [] } = newPlan
    return {
      ...plan.summary(),
      guards,
      warnings: [...new Set([...warnings, ...prepared.warnings])],
      ...(notRestored && { notRestored }),
      ...(canceledOut > 0 && { canceledOut }),
    }
  }

  /** Creates a plan that was previewed elsewhere and applies it. */
  async applyNew(newPlan: NewPlan, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = this.make(newPlan)
    opened.previewGuards = newPlan.guards ?? []
    await this.runner.start(opened, () => toSend(opened.plan), confirmation)
    return opened.summary()
  }

  /** Applies a previewed plan after the protection level and the safety checks; resolves once it is running. */
  async apply(planId: string, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = this.open.get(planId)
    if (opened?.plan.state !== 'ready')
      throw new FleetError({ code: 'not-found', message: 'This preview is no longer open', hint: 'Preview again.' })
    await this.runner.start(opened, () => toSend(opened.plan), confirmation)
    return opened.summary()
  }

  /** Resolves when a plan is not being applied any more. */
  async ended(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    await opened.ended
    return opened.summary()
  }

  /** Ends a plan of a rollout whose other steps cannot be sent now, for example because its server is unreachable. */
  async endRest(planId: string, error: AppError, state: 'canceled' | 'finished' = 'finished'): Promise<void> {
    const opened = await this.deps.shelf.find(planId)
    if (opened.isBusy || opened.plan.state === 'finished' || opened.plan.state === 'canceled') return
    const { code, message } = error
    const outcome = code === 'conflict' ? 'conflict' : code === 'guarded' ? 'refused' : 'notSent'
    opened.endRest(state, { outcome, error: { code, message } })
  }

  /** Continues a paused plan. Without a confirmation, the one of this run applies, unless there are new guards. */
  async resume(planId: string, confirmation?: Confirmation): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (opened.plan.state !== 'paused') throw wrongState('paused')
    await this.refuseReverted(opened)
    await this.runner.start(opened, () => opened.plan.toResume(), confirmation)
    return opened.summary()
  }

  /** Retries steps that were refused or not sent, with the same frozen values. */
  async retry(planId: string, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    const steps = opened.plan.retryable()
    if (steps.length === 0)
      throw new FleetError({ code: 'rejected', message: 'No step of this plan can be retried', hint: retryHint })
    await this.refuseReverted(opened)
    await this.runner.start(opened, () => steps, confirmation)
    return opened.summary()
  }

  /** Guards that must be confirmed before continuing or retrying now. */
  async guards(planId: string, which: 'resume' | 'retry'): Promise<readonly Guard[]> {
    const { plan } = await this.deps.shelf.find(planId)
    return (await this.runner.prepare(plan, which === 'resume' ? plan.toResume() : plan.retryable())).guards
  }

  /** While a plan is held, running steps finish, and no other starts. */
  async hold(planId: string, isHeld: boolean): Promise<void> {
    const opened = await this.deps.shelf.find(planId)
    if (isHeld) opened.hold.start()
    else opened.hold.end()
  }

  /** The page with the plans on hold is gone. */
  releaseAll(): void {
    for (const { hold } of this.open.values()) hold.end()
  }

  /** The plans that are being applied and belong to no rollout. */
  running(): readonly OpenPlan[] {
    return [...this.open.values()].filter(({ isBusy, plan }) => isBusy && plan.head.rollout === undefined)
  }

  /** Pauses them. */
  pauseAll(): void {
    for (const { plan } of this.running())
      void this.pause(plan.head.id).catch((error: unknown) =>
        this.deps.report(`plan ${plan.head.id} not paused`, error),
      )
  }

  /** Running steps finish, and no other starts. */
  async pause(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (!opened.isBusy) throw wrongState('applied')
    opened.stop ??= 'pause'
    opened.hold.end()
    opened.publish(true)
    return opened.summary()
  }

  /** Like `pause`, but the remaining steps are never sent. */
  async cancel(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (!opened.isActive) throw wrongState('applied or paused')
    if (opened.isBusy) opened.stop = 'cancel'
    else opened.cancelRest()
    opened.hold.end()
    opened.publish(true)
    return opened.summary()
  }

  /** Settles steps with an unknown outcome by reading. */
  async check(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    await this.runner.check(opened)
    return opened.summary()
  }

  /** Closes a preview. If its plan is about to be sent, that is canceled. */
  discard(planId: string): void {
    const opened = this.open.get(planId)
    if (opened?.plan.state !== 'ready') return
    // It was confirmed and is still being checked, so it is not sent.
    opened.stop = 'cancel'
    this.open.delete(planId)
  }

  /** After a sign-in with the same account, resumes plans that the end of the session interrupted. */
  async onSignedIn(serverId: ServerId): Promise<void> {
    for (const opened of this.open.values()) {
      const { plan, confirmed } = opened
      // Plans of a rollout are resumed with it.
      const isInterrupted =
        plan.state === 'paused' && plan.reason?.code === 'signed-out' && plan.head.rollout === undefined
      const isSame = confirmed?.user === this.deps.servers.username(serverId)
      if (plan.head.server.id !== serverId || !isInterrupted || !isSame) continue
      await this.resume(plan.id).catch((error: unknown) => {
        if (plan.state === 'paused') opened.setState('paused', toAppError(error))
      })
    }
  }

  /** Cancels plans for servers that leave the workspace. */
  forget(serverIds: readonly ServerId[]): void {
    for (const opened of this.open.values())
      if (serverIds.includes(opened.plan.head.server.id) && opened.isActive) void this.cancel(opened.plan.id)
  }

  /** Applies results that were determined later. */
  onAppended(lines: readonly JournalLine[]): void {
    for (const line of lines) {
      if (line.kind !== 'result' || line.settledLater !== true) continue
      for (const opened of this.open.values()) {
        const step = opened.plan.stepOf(line.of)
        if (step === undefined) continue
        const attempt = opened.plan.result(step.n)?.attempt ?? 1
        opened.addResult(resultOfEntry(step.n, attempt, line.of, line, opened.isActive))
        opened.publish(true)
      }
    }
  }

  /** The other steps of an ordered plan depend on what was reverted. */
  private async refuseReverted({ plan }: OpenPlan): Promise<void> {
    if (plan.isOrdered && (await this.deps.shelf.isReverted(plan.id)))
      throw new FleetError({ code: 'rejected', message: 'Steps of this plan were reverted, so it cannot continue' })
  }

  private make({ title, serverId, source, steps, secrets, rollout, ordered }: NewPlan): OpenPlan {
    if (steps.length === 0) throw new FleetError({ code: 'rejected', message: 'Nothing is selected' })
    const { id, name } = this.deps.servers.record(serverId)
    const resources = [...new Set(steps.map(({ write }) => write.resource))]
    const head: PlanHead = {
      ...{ v: 1, kind: 'plan', id: crypto.randomUUID(), at: new Date(this.now()).toISOString() },
      ...{ title, user: this.deps.systemUser, server: { id, name }, source, resources, steps: steps.length },
      ...(rollout !== undefined && { rollout }),
      ...(ordered && { ordered }),
    }
    return this.deps.shelf.openNew(new Plan({ head, steps, ...(secrets && { secrets }) }))
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
