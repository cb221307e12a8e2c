import type { JournalLine } from '@shared/domain/journal'
import type { PlanHead, PlanPreview, PlanStep, PlanSummary } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import { toAppError } from '../../ipc/to-app-error'
import type { PbxReader } from '../../portsip/pbx-client'
import type { TargetOf } from '../lists/target-of'
import type { Writer } from '../writes/writer'
import { resultOfEntry } from './load-plan'
import { Plan } from './plan'
import type { PlanShelf } from './plan-shelf'
import { isAmong, type OpenPlan } from './open-plan'
import { prepare, type Prepared } from './prepare'
import { PlanRun, type RunDeps } from './run'

export interface PlansDeps {
  readonly shelf: PlanShelf
  readonly reader: (serverId: ServerId) => PbxReader
  readonly writer: Writer
  readonly record: (serverId: ServerId) => ServerRecord
  readonly targetOf: TargetOf
  /** Finds out by reading what became of journal entries whose outcome is unknown; the results come as lines of the journal. */
  readonly check: (entries: readonly number[]) => Promise<void>
  /** The account that is signed in to the server. */
  readonly pbxUser: (serverId: ServerId) => string
  readonly systemUser: string
  readonly report: (what: string, error: unknown) => void
  readonly now?: () => number
}

/** A plan that is about to be made. */
export interface NewPlan {
  readonly title: string
  readonly serverId: ServerId
  readonly source: PlanHead['source']
  readonly steps: readonly PlanStep[]
  readonly secrets?: ReadonlyMap<number, RecordValues>
  readonly lost?: readonly string[]
  /** The harm that was shown in a preview made elsewhere. */
  readonly guards?: readonly Guard[]
  /** What the steps were made with: the preview reads nothing twice. */
  readonly reader?: PbxReader
}

/** Previews that were left without applying them: the oldest go. */
const previewsMax = 8

const retryHint =
  'Steps that are done, unknown or in conflict are not sent again. A secret is not stored: import its row again.'
const nothingConfirmed: Confirmation = { acknowledged: false, typedName: '', override: '' }
const nothingToSend: Prepared = { sends: new Map(), decided: new Map(), guards: [], warnings: [] }

const toSend = ({ steps }: Plan): readonly PlanStep[] => steps.filter(({ settled }) => settled === undefined)
const outOfDate = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'The preview is out of date',
    hint: 'The server changed since. Nothing was sent. Review the effects as they are now, then confirm.',
  })
const notNow = (what: string): FleetError =>
  new FleetError({ code: 'conflict', message: `This plan is not ${what} anymore` })

/** The one engine for many changes to a server: imports, bulk changes, bulk deletions and reverts are plans. Errors: FleetError `not-found`, `conflict`, `damaged`, `disk`, and those of approving and reading. */
export class PlansService {
  constructor(private readonly deps: PlansDeps) {}

  private get open(): Map<string, OpenPlan> {
    return this.deps.shelf.open
  }

  /** Freezes the steps and compares them with the server; nothing is sent or stored. */
  async preview(given: NewPlan): Promise<PlanPreview> {
    const opened = this.make(given)
    const { plan } = opened
    const prepared = await this.prepare(plan, toSend(plan), given.reader)
    for (const [n, { outcome, message }] of prepared.decided)
      plan.accept({ kind: 'result', n, attempt: 0, at: plan.head.at, outcome, error: { code: outcome, message } })
    opened.shown = prepared.guards
    this.open.set(plan.id, opened)
    for (const each of [...this.open.values()]
      .filter(({ plan: { state } }) => state === 'ready')
      .slice(0, -previewsMax))
      this.open.delete(each.plan.id)
    const { guards, warnings } = prepared
    return { ...plan.summary(), guards, warnings, ...(given.lost && { lost: given.lost }) }
  }

  /** Makes a plan that was previewed elsewhere and applies it. */
  async applyNew(given: NewPlan, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = this.make(given)
    opened.shown = given.guards ?? []
    await this.start(opened, () => toSend(opened.plan), confirmation)
    return opened.summary()
  }

  /** Applies a previewed plan, after the protection level and the safety checks; resolves once it is under way. */
  async apply(planId: string, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = this.open.get(planId)
    if (opened?.plan.state !== 'ready')
      throw new FleetError({ code: 'not-found', message: 'This preview is not open anymore', hint: 'Preview again.' })
    await this.start(opened, () => toSend(opened.plan), confirmation)
    return opened.summary()
  }

  /** Continues a paused plan; without a confirmation with the one that was given in this run, unless there is other harm to confirm now. */
  async resume(planId: string, confirmation?: Confirmation): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    if (opened.plan.state !== 'paused') throw notNow('paused')
    await this.start(opened, () => opened.plan.waiting(), confirmation)
    return opened.summary()
  }

  /** Sends what was refused or not sent once more: the same frozen values, in new attempts. */
  async retry(planId: string, confirmation: Confirmation): Promise<PlanSummary> {
    const opened = await this.deps.shelf.find(planId)
    const steps = opened.plan.retryable()
    if (steps.length === 0)
      throw new FleetError({ code: 'rejected', message: 'No step of this plan can be retried', hint: retryHint })
    await this.start(opened, () => steps, confirmation)
    return opened.summary()
  }

  /** What stands against continuing or retrying now. */
  async guards(planId: string, which: 'resume' | 'retry'): Promise<readonly Guard[]> {
    const { plan } = await this.deps.shelf.find(planId)
    return (await this.prepare(plan, which === 'resume' ? plan.waiting() : plan.retryable())).guards
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
    const { plan } = opened
    const entries = plan.steps.flatMap((step) =>
      plan.outcomeOf(step) === 'unknown' ? (plan.result(step.n)?.entry ?? []) : [],
    )
    if (entries.length > 0) await this.deps.check(entries)
    return plan.summary()
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
      const isSame = confirmed?.user === this.deps.pbxUser(serverId)
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
    const { id, name } = this.deps.record(serverId)
    const resources = [...new Set(steps.map(({ write }) => write.resource))]
    const head: PlanHead = {
      ...{ v: 1, kind: 'plan', id: crypto.randomUUID(), at: new Date(this.now()).toISOString() },
      ...{ title, user: this.deps.systemUser, server: { id, name }, source, resources, steps: steps.length },
    }
    return this.deps.shelf.make(new Plan({ head, steps, ...(secrets && { secrets }) }))
  }

  private prepare(plan: Plan, steps: readonly PlanStep[], known?: PbxReader): Promise<Prepared> {
    const serverId = plan.head.server.id
    return prepare(
      {
        reader: known ?? this.deps.reader(serverId),
        server: this.deps.record(serverId),
        now: this.now(),
        signal: new AbortController().signal,
        targetOf: (resource) => this.deps.targetOf(serverId, resource),
        valuesOf: (step) => (plan.hasSecrets(step) ? plan.valuesOf(step) : undefined),
      },
      steps,
    )
  }

  /** Approves and starts to send; resolves once the plan is stored and under way. Without a confirmation that of this run counts, as far as it goes. */
  private async start(opened: OpenPlan, stepsOf: () => readonly PlanStep[], given?: Confirmation): Promise<void> {
    const { plan, confirmed } = opened
    const serverId = plan.head.server.id
    const confirmation = given ?? { ...(confirmed?.confirmation ?? nothingConfirmed), override: '' }
    opened.begin()
    try {
      if (plan.state === 'paused') await this.check(plan.id)
      const steps = stepsOf()
      let prepared = nothingToSend
      const safetyChecks = async (): Promise<readonly Guard[]> => {
        prepared = await this.prepare(plan, steps)
        if (plan.state === 'ready' && !isAmong(prepared.guards, opened.shown)) throw outOfDate()
        return given === undefined && isAmong(prepared.guards, confirmed?.guards) ? [] : prepared.guards
      }
      if (plan.state === 'paused' && steps.length === 0 && opened.unverified.length === 0) {
        opened.end()
        return opened.finish()
      }
      const approved = await this.deps.writer.approve(serverId, confirmation, { safetyChecks })
      if (opened.stop !== undefined && plan.state !== 'applying') return this.withdraw(opened)
      await opened.store()
      this.open.set(plan.id, opened)
      const user = this.deps.pbxUser(serverId)
      const guards = [...(confirmed?.guards ?? []), ...prepared.guards]
      opened.confirmed = { confirmation: given ?? confirmed?.confirmation ?? confirmation, guards, user, approved }
      if (plan.state === 'ready') plan.forgetPreview()
      const run = new PlanRun(plan, { ...this.runDeps(opened), approved })
      opened.enter('applying')
      void this.work(opened, run, prepared)
    } catch (error) {
      const isCanceled = opened.stop === 'cancel' && plan.state === 'paused'
      opened.end()
      if (isCanceled) opened.cancelRest()
      throw error
    }
  }

  /** A person stopped it before the first step was sent. */
  private withdraw(opened: OpenPlan): void {
    const { stop, plan } = opened
    opened.end()
    if (plan.state === 'ready') throw new FleetError({ code: 'cancelled', message: 'Nothing was sent' })
    if (stop === 'cancel' && plan.state === 'paused') opened.cancelRest()
    else opened.tell(true)
  }

  private runDeps(opened: OpenPlan): Omit<RunDeps, 'approved'> {
    const { plan } = opened
    const serverId = plan.head.server.id
    return {
      reader: this.deps.reader(serverId),
      targetOf: (resource) => this.deps.targetOf(serverId, resource),
      now: () => this.now(),
      isStopped: () => opened.stop !== undefined,
      whyNot: () => this.whyNot(serverId),
      settled: (result) => opened.keep(result),
      changed: () => opened.tell(),
      report: (error) => this.deps.report(`plan ${plan.id}`, error),
    }
  }

  /** What ends a plan between two steps: a person made the server read-only, or removed it. */
  private whyNot(serverId: ServerId): AppError | undefined {
    try {
      const { name, protection } = this.deps.record(serverId)
      return protection === 'read-only' ? { code: 'read-only', message: `${name} is read-only now.` } : undefined
    } catch (error) {
      return toAppError(error)
    }
  }

  private async work(opened: OpenPlan, run: PlanRun, prepared: Prepared): Promise<void> {
    const { plan } = opened
    try {
      opened.unverified = await run.run(prepared, opened.unverified)
    } catch (error) {
      this.deps.report(`plan ${plan.id} failed`, error)
      run.interruption ??= { code: 'internal', message: 'The plan paused because of a fault of this app.' }
    }
    const { stop } = opened
    opened.end()
    if (stop === 'cancel') opened.cancelRest()
    else if (opened.unverified.length > 0 || plan.waiting().length > 0)
      opened.enter('paused', stop === 'pause' ? undefined : run.interruption)
    else opened.finish()
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
