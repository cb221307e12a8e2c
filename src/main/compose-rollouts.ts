import { powerMonitor } from 'electron'
import type { PlanSummary } from '@shared/domain/plan'
import type { Shell } from './compose-shell'
import { registerCertificateRolloutsIpc } from './ipc/certificate-rollouts.ipc'
import { registerPlanFilesIpc } from './ipc/plan-files.ipc'
import { registerRolloutsIpc } from './ipc/rollouts.ipc'
import type { Servers } from './servers/servers'
import type { Files } from './services/exports/files-host'
import type { ManyImports } from './services/imports/many-imports'
import type { TargetOf } from './services/lists/target-of'
import { PlanFiles } from './services/plan-files/plan-files'
import type { PlanDrafts } from './services/plans/drafts'
import type { PlanShelf } from './services/plans/plan-shelf'
import type { PlansService } from './services/plans/plans-service'
import type { CertificateService } from './services/certificate/certificate-service'
import { CertificateTargets } from './services/rollouts/certificate-targets'
import { RolloutShelf } from './services/rollouts/rollout-shelf'
import { RolloutStore } from './services/rollouts/rollout-store'
import { RolloutsService } from './services/rollouts/rollouts-service'
import type { SessionService } from './services/session/session-service'
import { TestMailStore } from './services/test-mails/test-mail-store'
import { TestMailsService } from './services/test-mails/test-mails-service'
import type { Writer } from './services/writes/writer'

interface RolloutDeps {
  readonly servers: Servers
  readonly plans: PlansService
  readonly shelf: PlanShelf
  readonly drafts: PlanDrafts
  readonly writer: Writer
  readonly imports: ManyImports
  readonly files: Files
  readonly targetOf: TargetOf
  readonly sessions: Pick<SessionService, 'shownAt' | 'adopt'>
  readonly certificate: CertificateService
  readonly systemUser: string
}

export interface Rollouts {
  readonly rollouts: RolloutShelf
  readonly planChanged: (summary: PlanSummary) => void
  /** The number of rollouts that are being applied. */
  readonly running: () => number
  /** Pauses them. */
  readonly pauseAll: () => void
  readonly stop: () => Promise<void>
}

/** Composes changes to many servers, which are plans of single servers that run together. */
export function composeRollouts({ push, profile, report, dialogs, workspace }: Shell, deps: RolloutDeps): Rollouts {
  const { shelf, servers, sessions, certificate, systemUser } = deps
  const store = new RolloutStore(profile('rollouts'))
  const rollouts = new RolloutShelf({ store, plans: shelf })
  const planFiles = new PlanFiles({
    shelf,
    rollouts,
    servers,
    files: deps.files,
    list: () => workspace.list(),
    systemUser,
  })
  const service = new RolloutsService({
    ...{ ...deps, planFiles },
    ...{ store, rollouts, report },
    now: Date.now,
    certificateFiles: (id) => certificate.filesForRollout(id),
    serverIds: () => workspace.list().map(({ id }) => id),
    onChange: (summary) => push('rollout:changed', summary),
  })
  powerMonitor.on('suspend', () => service.pauseAll())
  const mailStore = new TestMailStore(profile('rollouts'))
  const testMails = new TestMailsService({
    ...{ rollouts, servers, writer: deps.writer, store: mailStore, report, now: Date.now },
    onChange: (mails) => push('mails:changed', mails),
  })
  registerRolloutsIpc({ service, rollouts, testMails, dialogs })
  registerPlanFilesIpc({ planFiles, dialogs })
  const targets = new CertificateTargets({
    ...{ rollouts, servers },
    readPresented: (id, choice) => sessions.shownAt(id, choice),
    adopt: (id, shown) => sessions.adopt(id, shown),
  })
  registerCertificateRolloutsIpc({ certificate, targets, service, dialogs })
  return {
    rollouts,
    planChanged: (summary) => service.planChanged(summary),
    running: () => [...rollouts.open.values()].filter(({ isBusy }) => isBusy).length,
    pauseAll: () => service.pauseAll(),
    stop: async () => void (await Promise.all([store.settled(), mailStore.settled()])),
  }
}
