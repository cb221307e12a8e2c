import type { JournalLine } from '@shared/domain/journal'
import type { PlanHead, PlanPreview, PlanStep, PlanSummary } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { PbxReader } from '../../portsip/pbx-client'
import { resultOfEntry } from './load-plan'
import { Plan } from './plan'
import type { OpenPlan } from './open-plan'
import { PlanRunner, type PlanRunnerDeps } from './plan-runner'

/** A plan that is about to be made. */
export interface NewPlan {
  readonly title: string
  readonly serverId: ServerId
  readonly source: PlanHead['source']
  readonly steps: readonly PlanStep[]
  readonly secrets?: ReadonlyMap<number, RecordValues>
  readonly lost?: readonly string[]
  /** Changes that were left out because they cancel each other out. */
  readonly canceledOut?: number
  /** The harm that was shown in a preview made elsewhere. */
  readonly guards?: readonly Guard[]
  /** What the steps were made with: the preview reads nothing twice. */
  readonly reader?: PbxReader
}

/** Previews that were left without applying them: the oldest go. */
const previewsMax = 8

const retryHint =
  'Steps that are done, unknown or in conflict are not sent again. A secret is not stored: import its row again.'
const toSend = ({ steps }: Plan): readonly PlanStep[] => steps.filter(({ settled }) => settled === undefined)
const notNow = (what: string): FleetError =>
  new FleetError({ code: 'conflict', message: `This plan is no longer ${what}` })

/** The one engine for many changes to a server: imports, bulk changes, bulk deletions and reverts are plans. Errors: FleetError `not-found`, `conflict`, `damaged`, `disk`, and those of approving and reading. */
export class PlansService {
  private readonly runner: PlanRunner

  constructor(private readonly deps: PlanRunnerDeps) {
    this.runner = new PlanRunner(deps)
  }

  private get open(): Map<string, OpenPlan> {
    return this.deps.shelf.open
  }

  /** Freezes the steps and compares them with the server; nothing is sent or stored. */
  async preview(given: NewPlan): Promise<PlanPreview> {
    const opened = this.make(given)
    const { plan } = opened
    const prepared = await this.runner.prepare(plan, toSend(plan), given.reader)
    for (const [n, { outcome, message }] of prepared.decided)
      plan.accept({ kind: 'result', n, attempt: 0, at: plan.head.at, outcome, error: { code: outcome, message } })
    opened.shown = prepared.guards
    this.open.set(plan.id, opened)
    for (const each of [...this.open.values()]
      .filter(({ plan: { state } }) => state === 'ready')
      .slice(0, -previewsMax))
      this.open.delete(each.plan.id)
    const { guards, warnings } = prepared
    const { lost, canceledOut = 0 } = given
    return { ...plan.summary(), guards, warnings, ...(lost && { lost }), ...(canceledOut > 0 && { canceledOut }) }
  }

  /** Makes a plan that was previewed elsewhere and applies it. */
  async applyNew(given: NewPlan, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = this.make(given)
    opened.shown = given.guards ?? []
    await this.runner.start(opened, () => toSend(opened.plan), confirmation)
    return opened.summary()
  }

  /** Applies a previewed plan, after the protection level and the safety checks; resolves once it is under way. */
  async apply(planId: string, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = this.open.get(planId)
    if (opened?.plan.state !== 'ready')
      throw new FleetError({ code: 'not-found', message: 'This preview is no longer open', hint: 'Preview again.' })
    await this.runner.start(opened, () => toSend(opened.plan), confirmation)
    return opened.summary()
  }

  /** Continues a paused plan; without a confirmation with the one that was given in this run, unless there is other harm to confirm now. */
  async resume(planId: string, confirmation?: Confirmation): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (opened.plan.state !== 'paused') throw notNow('paused')
    await this.runner.start(opened, () => opened.plan.waiting(), confirmation)
    return opened.summary()
  }

  /** Sends what was refused or not sent once more: the same frozen values, in new attempts. */
  async retry(planId: string, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    const steps = opened.plan.retryable()
    if (steps.length === 0)
      throw new FleetError({ code: 'rejected', message: 'No step of this plan can be retried', hint: retryHint })
    await this.runner.start(opened, () => steps, confirmation)
    return opened.summary()
  }

  /** What stands against continuing or retrying now. */
  async guards(planId: string, which: 'resume' | 'retry'): Promise<readonly Guard[]> {
    const { plan } = await this.deps.shelf.find(planId)
    return (await this.runner.prepare(plan, which === 'resume' ? plan.waiting() : plan.retryable())).guards
  }

  /** Steps that are running end, and no other starts. */
  async pause(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (!opened.isBusy) throw notNow('applied')
    opened.stop ??= 'pause'
    opened.tell(true)
    return opened.summary()
  }

  /** Like `pause`, for good: what was not sent is not. */
  async cancel(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (!opened.isActive) throw notNow('applied or paused')
    if (opened.isBusy) opened.stop = 'cancel'
    else opened.cancelRest()
    opened.tell(true)
    return opened.summary()
  }

  /** Finds out by reading what became of steps whose outcome is unknown. */
  async check(planId: string): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    await this.runner.check(opened)
    return opened.summary()
  }

  /** Forgets a preview; one that is being prepared for sending is withdrawn. */
  discard(planId: string): void {
    const opened = this.open.get(planId)
    if (opened?.plan.state !== 'ready') return
    // Confirmed already, and still being looked at: it is not sent.
    opened.stop = 'cancel'
    this.open.delete(planId)
  }

  /** Somebody signed in: plans that the end of the session interrupted go on, if it is the same account. */
  async signedIn(serverId: ServerId): Promise<void> {
    for (const opened of this.open.values()) {
      const { plan, confirmed } = opened
      const isInterrupted = plan.state === 'paused' && plan.reason?.code === 'signed-out'
      const isSame = confirmed?.user === this.deps.servers.username(serverId)
      if (plan.head.server.id !== serverId || !isInterrupted || !isSame) continue
      await this.resume(plan.id).catch((error: unknown) => {
        if (plan.state === 'paused') opened.enter('paused', toAppError(error))
      })
    }
  }

  /** Cancels what is applied to servers that leave the workspace. */
  forget(serverIds: readonly ServerId[]): void {
    for (const opened of this.open.values())
      if (serverIds.includes(opened.plan.head.server.id) && opened.isActive) void this.cancel(opened.plan.id)
  }

  /** What became of changes whose results came later. */
  appended(lines: readonly JournalLine[]): void {
    for (const line of lines) {
      if (line.kind !== 'result' || line.settledLater !== true) continue
      for (const opened of this.open.values()) {
        const step = opened.plan.stepOf(line.of)
        if (step === undefined) continue
        const attempt = opened.plan.result(step.n)?.attempt ?? 1
        opened.keep(resultOfEntry(step.n, attempt, line.of, line, opened.isActive))
        opened.tell(true)
      }
    }
  }

  private make({ title, serverId, source, steps, secrets }: NewPlan): OpenPlan {
    if (steps.length === 0) throw new FleetError({ code: 'rejected', message: 'Nothing is selected' })
    const { id, name } = this.deps.servers.record(serverId)
    const resources = [...new Set(steps.map(({ write }) => write.resource))]
    const head: PlanHead = {
      ...{ v: 1, kind: 'plan', id: crypto.randomUUID(), at: new Date(this.now()).toISOString() },
      ...{ title, user: this.deps.systemUser, server: { id, name }, source, resources, steps: steps.length },
    }
    return this.deps.shelf.make(new Plan({ head, steps, ...(secrets && { secrets }) }))
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
