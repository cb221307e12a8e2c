import type { PlanSummary } from '@shared/domain/plan'
import type { CertificateView, ServerId } from '@shared/domain/server'
import { composeRollouts } from './compose-rollouts'
import type { Shell } from './compose-shell'
import { registerCustomersIpc } from './ipc/customers.ipc'
import { registerJournalIpc } from './ipc/journal.ipc'
import { registerPlansIpc } from './ipc/plans.ipc'
import { ifPresent, type Servers } from './servers/servers'
import { CertificateService } from './services/certificate/certificate-service'
import { Uploads, uploadsStore } from './services/certificate/uploads'
import { CustomersService } from './services/customers/customers-service'
import type { ExportsDeps } from './services/exports/exports-service'
import type { Files } from './services/exports/files-host'
import { ManyImports } from './services/imports/many-imports'
import { Journal } from './services/journal/journal'
import { JournalView } from './services/journal/journal-view'
import { keychainAnchor } from './services/journal/keychain-anchor'
import { RevertService } from './services/journal/revert'
import { settleEntries } from './services/journal/settle-entries'
import { systemUser } from './services/journal/system-user'
import { writeJournal } from './services/journal/write-journal'
import { targetsOf, type TargetOf } from './services/lists/target-of'
import { PlanDrafts } from './services/plans/drafts'
import { PlanShelf } from './services/plans/plan-shelf'
import { PlanStore } from './services/plans/plan-store'
import { PlansService } from './services/plans/plans-service'
import { RecordsService } from './services/records/records-service'
import { singleCheck } from './services/records/single-check'
import { resourceHooks } from './services/resource-hooks'
import { onSignIn } from './services/session/on-sign-in'
import type { SessionService } from './services/session/session-service'
import { TrunksService } from './services/trunks/trunks-service'
import { Writer } from './services/writes/writer'
import type { SecretStore } from './storage/secret-store'

interface ChangesDeps {
  readonly servers: Servers
  readonly sessions: SessionService
  readonly secrets: SecretStore
  readonly files: Files
}

/** Services for changes to a server. */
export interface Changes {
  readonly writer: Writer
  readonly records: RecordsService
  readonly trunks: TrunksService
  readonly plans: PlansService
  readonly shelf: PlanShelf
  readonly targetOf: TargetOf
  readonly manyImports: ManyImports
  readonly certificate: CertificateService
  /** What a search of a list means, see `RecordHooks`. */
  readonly find: ExportsDeps['find']
  /** Notified of each line of the journal. */
  readonly appended: Journal['appended']
  /** Resolves when everything is stored. */
  stop(): Promise<void>
}

/** Composes the certificate of a server, and the memory of what was uploaded. */
function composeCertificate(
  { profile, report, workspace }: Shell,
  sessions: SessionService,
  onServers: { readonly servers: Servers; readonly writer: Writer },
) {
  const uploads = new Uploads(uploadsStore(profile('certificate-uploads.json')))
  workspace.onRemoved((ids) => uploads.forget(ids))
  const certificate = new CertificateService({
    ...onServers,
    readPresented: (serverId) => sessions.shownCertificate(serverId),
    adopt: (serverId, shown) => sessions.adopt(serverId, shown),
    uploads,
  })
  const remember = (id: ServerId, uploaded: CertificateView): Promise<void> =>
    certificate.remember(id, uploaded).catch((error: unknown) => report(`upload to ${id} not stored`, error))
  return { certificate, remember }
}

/** Composes the path of every change: the writer, the journal in which changes are entered, and plans. */
export function composeChanges(shell: Shell, { servers, sessions, secrets, files }: ChangesDeps): Changes {
  const { push, profile, report, dialogs, onPageGone } = shell
  const journal = new Journal({ folder: profile('journal'), anchor: keychainAnchor(secrets, profile('journal')) })
  const user = systemUser()
  const view = new JournalView(journal, profile('journal'), user, (planId) => shelf.isPaused(planId))
  const log = writeJournal({ journal, servers, systemUser: user, report })
  const writer = new Writer({ servers, access: (serverId) => sessions.access(serverId), log })
  const hooks = resourceHooks()
  const records = new RecordsService({ servers, writer, hooks })

  const trunks = new TrunksService({ servers, writer })
  const { certificate, remember } = composeCertificate(shell, sessions, { servers, writer })

  const settling = { journal, servers, remember }
  const check = async (entries: readonly number[]): Promise<void> =>
    settleEntries(settling, await Promise.all(entries.map((seq) => view.entry(seq))))
  const settlePending = async (serverId: ServerId): Promise<void> =>
    settleEntries(settling, await view.pending(serverId))
  const targetOf = targetsOf({ servers, hooks })
  const store = new PlanStore(profile('plans'))
  const entriesOf = (planId: string) => view.ofPlan(planId)
  const changed = (summary: PlanSummary): void => {
    push('plan:changed', summary)
    rollouts.planChanged(summary)
    // Its steps that were sent are shown as unknown.
    if (summary.state === 'paused') push('journal:changed', null)
  }
  const shelf = new PlanShelf({ store, onChange: changed, report, entriesOf, immediately: Date.now })
  const checks = { trunks, targetOf, singleCheck: singleCheck(hooks), check, remember }
  const plans = new PlansService({ shelf, servers, writer, ...checks, systemUser: user, report })
  onPageGone(() => plans.releaseAll())
  const entry = (seq: number) => view.entry(seq)
  const drafts = new PlanDrafts({ plans, servers, entry, ofPlan: entriesOf })
  const imports = new ManyImports({
    servers: () => shell.workspace.list(),
    versionOf: (id) => ifPresent(() => servers.version(id)),
    files,
  })
  const parts = { servers, sessions, plans, shelf, drafts, imports, certificate, targetOf, writer }
  const rollouts = composeRollouts(shell, { ...parts, files, systemUser: user })

  journal.appended.add((lines) => {
    plans.onAppended(lines)
    push('journal:changed', null)
  })
  onSignIn(sessions, async (serverId) => {
    await settlePending(serverId).catch((error: unknown) => report(`journal entries of ${serverId} not settled`, error))
    await plans.onSignedIn(serverId)
  })
  registerJournalIpc({ journal: view, reverts: new RevertService({ entry, records, trunks }), check, dialogs })
  registerCustomersIpc({ customers: new CustomersService({ plans, shelf, servers, trunks }), servers, dialogs })
  shell.onClosing({
    count: () => plans.running().length + rollouts.running(),
    pause: () => {
      rollouts.pauseAll()
      plans.pauseAll()
    },
  })
  registerPlansIpc({ plans, shelf, drafts, rollouts: rollouts.rollouts, dialogs })
  return {
    writer,
    records,
    trunks,
    plans,
    shelf,
    targetOf,
    manyImports: imports,
    certificate,
    find: (resource) => (resource === 'trunk-assignments' ? undefined : hooks[resource]?.find),
    appended: journal.appended,
    stop: async () => void (await Promise.all([store.settled(), rollouts.stop(), journal.close()])),
  }
}
