import type { JournalEntry } from '@shared/domain/journal-view'
import type { PlanSummary } from '@shared/domain/plan'
import type { CertificateView, ServerId } from '@shared/domain/server'
import type { Servers } from '@main/servers/servers'
import { Journal } from '@main/services/journal/journal'
import type { JournalDisk } from '@main/services/journal/journal-disk'
import { JournalView } from '@main/services/journal/journal-view'
import { settleEntries } from '@main/services/journal/settle-entries'
import { writeJournal, type WriteJournalDeps } from '@main/services/journal/write-journal'
import { targetsOf, type TargetOf } from '@main/services/lists/target-of'
import { PlanDrafts } from '@main/services/plans/drafts'
import { PlanShelf } from '@main/services/plans/plan-shelf'
import { PlanStore } from '@main/services/plans/plan-store'
import { PlansService } from '@main/services/plans/plans-service'
import { singleCheck } from '@main/services/records/single-check'
import { resourceHooks } from '@main/services/resource-hooks'
import { TrunksService } from '@main/services/trunks/trunks-service'
import type { WriteAccess } from '@main/services/writes/approved'
import { Writer } from '@main/services/writes/writer'
import { noWaiting } from '@test/fakes/timing'

export interface PlanServicesOptions {
  readonly folder: string
  readonly servers: Servers
  readonly access: (serverId: ServerId) => WriteAccess
  readonly now: () => number
  readonly disk?: JournalDisk
  readonly store?: PlanStore
  readonly targetOf?: TargetOf
  readonly onChange?: (summary: PlanSummary) => void
  /** Intercepts calls between the engine and the journal. */
  readonly logged?: (log: ReturnType<typeof writeJournal>) => ReturnType<typeof writeJournal>
}

/** Plans, with a journal and a store in one folder. This computer has the address 10.9.9.9. */
export class PlanServices {
  readonly plans: PlansService
  readonly shelf: PlanShelf
  readonly store: PlanStore
  readonly drafts: PlanDrafts
  readonly journal: Journal
  readonly view: JournalView
  readonly writer: Writer
  readonly targetOf: TargetOf
  readonly trunks: TrunksService
  readonly reports: string[] = []
  /** The certificates that were uploaded, by server. */
  readonly uploaded = new Map<ServerId, CertificateView>()
  private readonly waiting = new Set<(summary: PlanSummary) => void>()

  constructor(private readonly options: PlanServicesOptions) {
    const { folder, servers, access, now, disk } = options
    const report = (what: string): void => void this.reports.push(what)
    this.journal = new Journal({ folder: `${folder}/journal`, now, ...(disk && { disk }) })
    this.view = new JournalView(this.journal, `${folder}/journal`, 'tech', (planId) => this.shelf.isPaused(planId))
    const logDeps: WriteJournalDeps = { journal: this.journal, servers, systemUser: 'tech', report }
    const log = (options.logged ?? ((each) => each))(writeJournal(logDeps))
    this.writer = new Writer({ servers, access, log, timing: noWaiting })
    const addresses = {
      interfaces: () => [{ address: '10.9.9.9', internal: false }],
      resolve: () => Promise.resolve([]),
    }
    this.targetOf = options.targetOf ?? targetsOf({ servers, hooks: resourceHooks(), addresses })
    this.store = options.store ?? new PlanStore(`${folder}/plans`)
    const ofPlan = (id: string) => this.view.ofPlan(id)
    const entry = (seq: number) => this.view.entry(seq)
    this.shelf = new PlanShelf({
      ...{ store: this.store, report, entriesOf: ofPlan, immediately: now },
      onChange: (summary) => {
        options.onChange?.(summary)
        for (const onSummary of this.waiting) onSummary(summary)
      },
    })
    const check = async (seqs: readonly number[]) => this.settle(await Promise.all(seqs.map(entry)))
    this.trunks = new TrunksService({ servers, writer: this.writer, now })
    this.plans = new PlansService({
      ...{
        trunks: this.trunks,
        shelf: this.shelf,
        servers,
        writer: this.writer,
        targetOf: this.targetOf,
        report,
        check,
        remember: (id, certificate) => this.remember(id, certificate),
      },
      ...{ systemUser: 'tech', now, singleCheck: singleCheck(resourceHooks()) },
    })
    this.drafts = new PlanDrafts({ plans: this.plans, servers, entry, ofPlan })
    this.journal.appended.add((lines) => this.plans.onAppended(lines))
  }

  /** Settles changes without a result, like a sign-in does. */
  async settlePending(serverId: ServerId): Promise<void> {
    await this.settle(await this.view.pending(serverId))
  }

  /** Resolves with the plan once its state matches. */
  until(planId: string, fits: (summary: PlanSummary) => boolean): Promise<PlanSummary> {
    return new Promise((resolve, reject) => {
      const onSummary = (summary: PlanSummary): void => {
        if (summary.id !== planId || !fits(summary)) return
        this.waiting.delete(onSummary)
        resolve(summary)
      }
      this.waiting.add(onSummary)
      this.shelf.get(planId).then(onSummary, reject)
    })
  }

  /** Resolves once a plan is not being applied. */
  ended(planId: string): Promise<PlanSummary> {
    return this.until(planId, ({ state }) => state !== 'applying')
  }

  async close(): Promise<void> {
    await this.store.settled()
    await this.journal.close()
  }

  private remember(serverId: ServerId, certificate: CertificateView): Promise<void> {
    this.uploaded.set(serverId, certificate)
    return Promise.resolve()
  }

  private settle(entries: readonly JournalEntry[]): Promise<void> {
    const { servers, now } = this.options
    const remember = this.remember.bind(this)
    return settleEntries({ journal: this.journal, servers, now, remember }, entries)
  }
}
