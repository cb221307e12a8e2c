import type { JournalEntry } from '@shared/domain/journal-view'
import type { PlanRow, PlanSummary } from '@shared/domain/plan'
import type { ServerRecord } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import type { TargetOf } from '@main/services/lists/target-of'
import { onSignIn } from '@main/services/session/on-sign-in'
import { Harness } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'
import { PlanServices } from './services'

export const confirmed: Confirmation = { acknowledged: true, typedName: '', override: '' }

interface Options {
  readonly folder?: string
  readonly disk?: JournalDisk
  readonly targetOf?: TargetOf
}

/** Plans on a practice server over real HTTPS, with a journal and a store on a real disk. */
export class PlansHarness extends PlanServices {
  now = Date.now()
  private isKilled = false

  private constructor(
    readonly harness: Harness,
    readonly pbx: PracticePbx,
    readonly serverId: string,
    readonly folder: string,
    { disk = realDisk, targetOf }: Options,
  ) {
    const { sessions } = harness
    const never = new Promise<never>(() => undefined)
    super({
      folder,
      now: () => this.now,
      servers: harness.servers,
      access: (id) => sessions.access(id),
      disk: { ...disk, write: (...args) => (this.isKilled ? never : disk.write(...args)) },
      ...(targetOf && { targetOf }),
    })
    onSignIn(sessions, async (id) => {
      await this.settlePending(id)
      await this.plans.onSignedIn(id)
    })
  }

  static async start(
    options: PracticeOptions = {},
    record: Partial<ServerRecord> = {},
    extra: Options = {},
  ): Promise<PlansHarness> {
    const harness = new Harness()
    const { pbx, id } = await harness.add({ rules: 0, ...options }, { name: 'Kunde A', ...record })
    const folder = extra.folder ?? temporaryFolder()
    const plans = new PlansHarness(harness, pbx, id, folder, extra)
    await harness.signIn(id, pbx)
    return plans
  }

  /** Another run of the app with the same profile. */
  async restart(): Promise<PlansHarness> {
    await super.close()
    return this.kill()
  }

  /** Like `restart`, but this run cannot write to disk any more, so it sends nothing. */
  kill(): PlansHarness {
    this.isKilled = true
    return new PlansHarness(this.harness, this.pbx, this.serverId, this.folder, { targetOf: this.targetOf })
  }

  async delete(ids: readonly string[], confirmation = confirmed): Promise<PlanSummary> {
    const preview = await this.drafts.delete({ serverId: this.serverId, resource: 'ip-rules', ids })
    await this.plans.apply(preview.id, confirmation)
    return this.ended(preview.id)
  }

  async rows(planId: string): Promise<readonly PlanRow[]> {
    return (await this.shelf.steps(planId, { offset: 0, limit: 10_000 })).items
  }

  /** Journal entries of a plan. */
  entries(planId: string): Promise<readonly JournalEntry[]> {
    return this.view.ofPlan(planId)
  }

  /** Number of requests of one kind that reached the server. */
  posted(path: RegExp): number {
    return this.pbx.requests.filter((request) => request.method === 'POST' && path.test(request.path)).length
  }

  deny(count: number, description = ''): readonly string[] {
    return Array.from(
      { length: count },
      (_, at) =>
        this.pbx.addRule({ cidr: `41.0.${Math.floor(at / 250)}.${at % 250}/32`, target: 'DENY', description }).id,
    )
  }

  override async close(): Promise<void> {
    await super.close()
    await this.harness.close()
  }
}
