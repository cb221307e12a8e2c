import type { PlanStep } from '@shared/domain/plan'
import type { CertificateView, ServerId } from '@shared/domain/server'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError, type AppError } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { PbxReader } from '../../portsip/pbx-client'
import type { TargetOf } from '../lists/target-of'
import type { SingleCheck } from '../records/single-check'
import type { TrunksService } from '../trunks/trunks-service'
import type { Writer } from '../writes/writer'
import { areKnown, type OpenPlan } from './open-plan'
import type { Plan } from './plan'
import type { UnverifiedStep } from './read-back'
import type { PlanShelf } from './plan-shelf'
import { prepare, prepareAgain, type PrepareContext, type Prepared } from './prepare'
import { PlanRun, type RunDeps } from './run'
import type { Servers } from '../../servers/servers'

export interface PlanRunnerDeps {
  readonly shelf: PlanShelf
  readonly servers: Pick<Servers, 'reader' | 'record' | 'username'>
  readonly trunks: Pick<TrunksService, 'check' | 'checkUnassign'>
  readonly writer: Writer
  readonly targetOf: TargetOf
  readonly singleCheck: SingleCheck
  /** Settles journal entries with an unknown outcome by reading; the results arrive as journal lines. */
  readonly check: (entries: readonly number[]) => Promise<void>
  /** Stores that this app has uploaded a certificate to a server. */
  readonly remember: (serverId: ServerId, certificate: CertificateView) => Promise<void>
  readonly systemUser: string
  readonly report: (what: string, error: unknown) => void
  readonly now?: () => number
}

const nothingConfirmed: Confirmation = { acknowledged: false, typedName: '', override: '' }
const nothingToSend: Prepared = { sends: new Map(), decided: new Map(), guards: [], warnings: [] }

const outOfDate = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'The preview is out of date',
    hint: 'The server changed since. Nothing was sent. Review the effects as they are now, then confirm.',
  })

const stillUnknown = (): FleetError =>
  new FleetError({
    code: 'conflict',
    message: 'The result of a step is still unknown, and the steps after it depend on it',
    hint: 'Nothing was sent. Check again in two minutes, or clean up.',
  })

/** Approves and runs plans, and leaves them finished, paused or canceled. */
export class PlanRunner {
  constructor(private readonly deps: PlanRunnerDeps) {}

  /**
   * Settles steps with an unknown outcome by reading, including those that were confirmed but not read back. Finishes a
   * paused plan that has nothing left to send.
   */
  async check(opened: OpenPlan): Promise<void> {
    const { plan } = opened
    if (opened.unverified.length > 0) await this.verify(opened)
    await this.checkUnknown(plan)
    const hasNothingLeft = opened.unverified.length === 0 && plan.toResume().length === 0
    if (plan.state === 'paused' && !opened.isBusy && hasNothingLeft) opened.finish()
  }

  private async checkUnknown(plan: Plan): Promise<void> {
    const entries = plan.unknownEntries()
    if (entries.length > 0) await this.deps.check(entries)
  }

  private async verify(opened: OpenPlan): Promise<void> {
    const { plan, confirmed } = opened
    if (confirmed === undefined) return
    opened.begin()
    const run = new PlanRun(plan, { ...this.runDeps(opened), approved: confirmed.approved })
    try {
      opened.unverified = await run.readBack(opened.unverified)
    } finally {
      const isCanceled = opened.stop === 'cancel'
      opened.end()
      if (isCanceled) opened.cancelRest()
      else opened.publish(true)
    }
    if (run.interruption !== undefined) throw new FleetError(run.interruption)
  }

  /** Compares these steps with the server; `known` is a reader that already has records. */
  prepare(plan: Plan, steps: readonly PlanStep[], reader?: PbxReader): Promise<Prepared> {
    return prepare(
      this.context(plan, reader),
      steps.map((step) => plan.resolved(step)),
    )
  }

  private context(plan: Plan, known?: PbxReader): PrepareContext {
    const serverId = plan.head.server.id
    return {
      reader: known ?? this.deps.servers.reader(serverId),
      server: this.deps.servers.record(serverId),
      now: (this.deps.now ?? Date.now)(),
      signal: new AbortController().signal,
      targetOf: (resource) => this.deps.targetOf(serverId, resource),
      singleCheck: this.deps.singleCheck,
      trunkChecks: {
        assign: (trunkId, tenantId, changes) => this.deps.trunks.check({ serverId, trunkId, tenantId, changes }),
        unassign: (trunkId, tenantId) => this.deps.trunks.checkUnassign({ serverId, trunkId, tenantId }),
      },
      valuesOf: (step) => (plan.hasSecrets(step) ? plan.valuesOf(step) : undefined),
    }
  }

  /**
   * Approves the plan and starts to send; resolves once it is stored and running. Without a confirmation, the one of
   * this run applies, except to new guards.
   */
  async start(opened: OpenPlan, stepsOf: () => readonly PlanStep[], newConfirmation?: Confirmation): Promise<void> {
    const { plan, confirmed } = opened
    const serverId = plan.head.server.id
    const confirmation = newConfirmation ?? { ...(confirmed?.confirmation ?? nothingConfirmed), override: '' }
    opened.begin()
    try {
      if (plan.state === 'paused') await this.checkUnknown(plan)
      if (plan.isOrdered && plan.unknownEntries().length > 0) throw stillUnknown()
      const steps = stepsOf()
      let prepared = nothingToSend
      const safetyChecks = async (): Promise<readonly Guard[]> => {
        prepared = await this.prepare(plan, steps)
        if (plan.state === 'ready' && !areKnown(prepared.guards, opened.previewGuards)) throw outOfDate()
        return newConfirmation === undefined && areKnown(prepared.guards, confirmed?.guards) ? [] : prepared.guards
      }
      if (plan.state === 'paused' && steps.length === 0 && opened.unverified.length === 0) {
        opened.end()
        return opened.finish()
      }
      const approved = await this.deps.writer.approve(serverId, confirmation, { safetyChecks })
      if (opened.stop !== undefined && plan.state !== 'applying') return this.onStoppedBeforeSending(opened)
      if (plan.state === 'ready') plan.setNote(confirmation.note?.trim() ?? '')
      await opened.store()
      this.deps.shelf.open.set(plan.id, opened)
      const user = this.deps.servers.username(serverId)
      const guards = [...(confirmed?.guards ?? []), ...prepared.guards]
      opened.confirmed = {
        confirmation: newConfirmation ?? confirmed?.confirmation ?? confirmation,
        guards,
        user,
        approved,
      }
      if (plan.state === 'ready') plan.forgetPreview()
      const run = new PlanRun(plan, { ...this.runDeps(opened), approved })
      opened.setState('applying')
      const running = plan.isOrdered ? run.runInOrder(steps, opened.unverified) : run.run(prepared, opened.unverified)
      opened.ended = this.runToEnd(opened, run, running)
    } catch (error) {
      const isCanceled = opened.stop === 'cancel' && plan.state === 'paused'
      opened.end()
      if (isCanceled) opened.cancelRest()
      throw error
    }
  }

  /** The user stopped the plan before the first step was sent. */
  private onStoppedBeforeSending(opened: OpenPlan): void {
    const { stop, plan } = opened
    opened.end()
    if (plan.state === 'ready') throw new FleetError({ code: 'cancelled', message: 'Nothing was sent' })
    if (stop === 'cancel' && plan.state === 'paused') opened.cancelRest()
    else opened.publish(true)
  }

  private runDeps(opened: OpenPlan): Omit<RunDeps, 'approved'> {
    const { plan } = opened
    const serverId = plan.head.server.id
    return {
      reader: this.deps.servers.reader(serverId),
      targetOf: (resource) => this.deps.targetOf(serverId, resource),
      remember: (certificate) => this.deps.remember(serverId, certificate),
      prepareAgain: (step) => prepareAgain(this.context(plan), step),
      now: this.deps.now ?? Date.now,
      holdEnding: () => opened.hold.ending,
      isStopped: () => opened.stop !== undefined,
      stopReason: () => this.stopReason(serverId),
      onResult: (result) => opened.addResult(result),
      onResponseMissing: (n) => {
        plan.markResponseMissing(n)
        opened.publish(true)
      },
      onChange: () => opened.publish(),
      report: (error) => this.deps.report(`plan ${plan.id}`, error),
    }
  }

  /** Why the plan must stop between two steps: the server became read-only or was removed. */
  private stopReason(serverId: ServerId): AppError | undefined {
    try {
      const { name, protection } = this.deps.servers.record(serverId)
      return protection === 'read-only' ? { code: 'read-only', message: `${name} is read-only now.` } : undefined
    } catch (error) {
      return toAppError(error)
    }
  }

  private async runToEnd(opened: OpenPlan, run: PlanRun, running: Promise<readonly UnverifiedStep[]>): Promise<void> {
    const { plan } = opened
    try {
      opened.unverified = await running
    } catch (error) {
      this.deps.report(`plan ${plan.id} failed`, error)
      run.interruption ??= { code: 'internal', message: 'The plan paused because of an internal error.' }
    }
    const { stop } = opened
    opened.end()
    // A plan that was canceled or paused after its last step is finished.
    const isFinished = opened.unverified.length === 0 && plan.toResume().length === 0
    if (isFinished) opened.finish()
    else if (stop === 'cancel') opened.cancelRest()
    else opened.setState('paused', stop === 'pause' ? undefined : run.interruption)
  }
}
