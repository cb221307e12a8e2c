import type { JournalEntry } from '@shared/domain/journal-view'
import type { PlanRow, PlanSummary } from '@shared/domain/plan'
import type { ServerRecord } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { Journal } from '@main/services/journal/journal'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import { JournalView } from '@main/services/journal/journal-view'
import { settleEntries } from '@main/services/journal/settle-entries'
import { writeJournal } from '@main/services/journal/write-journal'
import { targetsOf, type TargetOf } from '@main/services/lists/target-of'
import { PlanDrafts } from '@main/services/plans/drafts'
import { PlanShelf } from '@main/services/plans/plan-shelf'
import { PlanStore } from '@main/services/plans/plan-store'
import { PlansService } from '@main/services/plans/plans-service'
import { onSignIn } from '@main/services/session/on-sign-in'
import { Writer } from '@main/services/writes/writer'
import { noWaiting } from '@test/fakes/timing'
import { Harness } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

export const confirmed: Confirmation = { acknowledged: true, typedName: '', override: '' }

interface Options {
  readonly folder?: string
  readonly disk?: JournalDisk
  readonly targetOf?: TargetOf
}

/** Plans on a practice server over real HTTPS, with a journal and a store on a real disk. This computer has the address 10.9.9.9. */
export class PlansHarness {
  readonly plans: PlansService
  readonly shelf: PlanShelf
  readonly store: PlanStore
  readonly drafts: PlanDrafts
  readonly journal: Journal
  readonly view: JournalView
  readonly writer: Writer
  readonly targetOf: TargetOf
  readonly reports: string[] = []
  now = Date.now()
  private isKilled = false
  private readonly waiting = new Set<(summary: PlanSummary) => void>()

  private constructor(
    readonly harness: Harness,
    readonly pbx: PracticePbx,
    readonly serverId: string,
    readonly folder: string,
    { disk = realDisk, targetOf }: Options,
  ) {
    const { sessions } = harness
    const reader = (id: string) => sessions.reader(id)
    const record = (id: string) => harness.get(id)
    const pbxUser = (id: string) => sessions.state(id).username ?? ''
    const report = (what: string) => void this.reports.push(what)
    const never = new Promise<never>(() => undefined)
    const mortal: JournalDisk = { ...disk, write: (...args) => (this.isKilled ? never : disk.write(...args)) }
    this.journal = new Journal({ folder: `${folder}/journal`, disk: mortal, now: () => this.now })
    this.view = new JournalView(this.journal, `${folder}/journal`, 'tech')
    const log = writeJournal({ journal: this.journal, record, systemUser: 'tech', pbxUser, report })
    this.writer = new Writer({ record, access: (id) => sessions.access(id), log, timing: noWaiting })
    const version = (id: string) => sessions.state(id).version
    const addresses = {
      interfaces: () => [{ address: '10.9.9.9', internal: false }],
      resolve: () => Promise.resolve([]),
    }
    this.targetOf = targetOf ?? targetsOf({ version, addresses })
    const check = async (entries: readonly number[]): Promise<void> =>
      settleEntries(
        { journal: this.journal, reader, now: () => this.now },
        await Promise.all(entries.map((seq) => this.view.entry(seq))),
      )
    this.store = new PlanStore(`${folder}/plans`)
    this.shelf = new PlanShelf({
      store: this.store,
      ...{ report, entriesOf: (id: string) => this.view.ofPlan(id), now: () => this.now },
      changed: (summary) => {
        for (const look of this.waiting) look(summary)
      },
    })
    this.plans = new PlansService({
      ...{ shelf: this.shelf, reader, writer: this.writer, record, targetOf: this.targetOf, pbxUser, report, check },
      ...{ systemUser: 'tech', now: () => this.now },
    })
    const ofPlan = (id: string) => this.view.ofPlan(id)
    const entry = (seq: number) => this.view.entry(seq)
    this.drafts = new PlanDrafts({ plans: this.plans, reader, record, version, entry, ofPlan })
    this.journal.appended.add((lines) => this.plans.appended(lines))
    onSignIn(sessions, async (id) => {
      await settleEntries({ journal: this.journal, reader, now: () => this.now }, await this.view.pending(id))
      await this.plans.signedIn(id)
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
    await this.store.settled()
    await this.journal.close()
    return this.kill()
  }

  /** As `restart`, but this run gets nothing more onto the disk, and therefore sends nothing more. */
  kill(): PlansHarness {
    this.isKilled = true
    return new PlansHarness(this.harness, this.pbx, this.serverId, this.folder, { targetOf: this.targetOf })
  }

  /** Resolves with the plan once it is in a state that fits. */
  until(planId: string, fits: (summary: PlanSummary) => boolean): Promise<PlanSummary> {
    return new Promise((resolve, reject) => {
      const look = (summary: PlanSummary): void => {
        if (summary.id !== planId || !fits(summary)) return
        this.waiting.delete(look)
        resolve(summary)
      }
      this.waiting.add(look)
      this.shelf.get(planId).then(look, reject)
    })
  }

  /** Resolves once a plan is not being applied. */
  ended(planId: string): Promise<PlanSummary> {
    return this.until(planId, ({ state }) => state !== 'applying')
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

  /** Requests of one kind that reached the server. */
  posted(path: RegExp): number {
    return this.pbx.requests.filter((each) => each.method === 'POST' && path.test(each.path)).length
  }

  deny(count: number, description = ''): readonly string[] {
    return Array.from(
      { length: count },
      (_, at) =>
        this.pbx.addRule({ cidr: `41.0.${Math.floor(at / 250)}.${at % 250}/32`, target: 'DENY', description }).id,
    )
  }

  async close(): Promise<void> {
    await this.store.settled()
    await this.journal.close()
    await this.harness.close()
  }
}
