import { join } from 'node:path'
import { app, BrowserWindow, clipboard, shell as desktop } from 'electron'
import type { ServerId } from '@shared/domain/server'
import { composeChanges } from './compose-changes'
import { composeCredentials } from './compose-credentials'
import { composeFleet } from './compose-fleet'
import { composeRows } from './compose-rows'
import type { Shell } from './compose-shell'
import { registerAccountIpc } from './ipc/account.ipc'
import { openLink } from './ipc/app.ipc'
import { registerBrandIpc } from './ipc/brand.ipc'
import { registerExportsIpc } from './ipc/exports.ipc'
import { registerImportsIpc } from './ipc/imports.ipc'
import { registerJobsIpc } from './ipc/jobs.ipc'
import { registerKeychainIpc } from './ipc/keychain.ipc'
import { registerLibraryIpc } from './ipc/library.ipc'
import { registerRecordsIpc } from './ipc/records.ipc'
import { registerNotificationIpc } from './ipc/notification.ipc'
import { registerPasswordsIpc } from './ipc/passwords.ipc'
import { registerPracticeIpc } from './ipc/practice.ipc'
import { registerSessionIpc } from './ipc/session.ipc'
import { registerStatusIpc } from './ipc/status.ipc'
import { registerTemplatesIpc } from './ipc/templates.ipc'
import { registerTenantsIpc } from './ipc/tenants.ipc'
import { registerTrunksIpc } from './ipc/trunks.ipc'
import { registerTransportsIpc } from './ipc/transports.ipc'
import { toAppError } from './to-app-error'
import { installMenu } from './menu'
import { setClockRate } from './portsip/token-bucket'
import { clockRate, isRelease } from './release'
import { Servers } from './servers/servers'
import { AccountService } from './services/account-service'
import { BrandService, brandStore } from './services/brand/brand-service'
import { createDemoWorkspace } from './services/demo-workspace'
import { ExportFinder } from './services/exports/export-finder'
import { ExportsService, type ExportsDeps } from './services/exports/exports-service'
import { FilesInProcesses } from './services/exports/files-in-processes'
import { forkFiles } from './services/exports/fork-files'
import type { Files } from './services/exports/files-host'
import { Library } from './services/exports/library'
import { ExportViewer } from './services/exports/viewer'
import { FileReadings } from './services/file-readings'
import { ImportsService } from './services/imports/imports-service'
import { Jobs } from './services/jobs'
import { PasswordsService } from './services/passwords/passwords-service'
import { forkPractice } from './services/practice/fork-practice'
import { PracticeService, practiceStore, type PracticeVersion } from './services/practice/practice-service'
import { KeychainService } from './services/session/keychain-service'
import { SessionService } from './services/session/session-service'
import { UndeletedSecrets, undeletedStore } from './services/session/undeleted-secrets'
import { showLog } from './services/show-log'
import { TemplatesService, templatesStore } from './services/templates/templates-service'
import { TenantDealersService } from './services/tenants/tenant-dealers'
import { ImpersonationService } from './services/tenants/impersonation'
import type { Writer } from './services/writes/writer'
import { ServerImports } from './services/workspace/server-imports'
import { KeytarSecretStore } from './storage/keytar-secret-store'

export interface Services {
  /** Resolves when the app may end. */
  stop(): Promise<void>
}

/** A program that was built beside this one, to run in its own thread or process. */
const builtFile = (name: string): string => join(app.getAppPath(), 'out/main', name)

function installAppMenu({ push, dialogs, settings, log }: Shell, practice: PracticeService): void {
  const addPracticeServer = (version: PracticeVersion): void =>
    void practice.add(version).catch((error: unknown) => {
      const { message, hint = '' } = toAppError(error)
      return dialogs.showMessage(`The practice server was not added. ${message}`, hint)
    })
  const install = (): void =>
    installMenu({
      appName: 'PBX Fleet',
      packaged: isRelease,
      platform: process.platform,
      send: (command) => push('menu:command', command),
      addPracticeServer,
      showLog: () => void showLog(log),
      openHandbook: () => void openLink('handbook'),
      theme: () => settings.get().theme,
      setTheme: (theme) => void settings.patch({ theme }),
    })
  settings.onChange(install)
  install()
}

/** Composes exports, their library, and the viewer. */
function composeExports(
  shell: Shell,
  servers: Servers,
  jobs: Jobs,
  files: Files,
  readings: FileReadings,
  find: ExportsDeps['find'],
): void {
  const { push, dialogs, settings } = shell
  const library = new Library(
    () => settings.get().libraryFolder ?? join(app.getPath('documents'), 'PBX Fleet Exports'),
    () => settings.get().libraryFolder === undefined,
  )
  const finder = new ExportFinder(library)
  const changed = (): void => {
    finder.changed()
    push('library:changed', null)
  }
  const exports = new ExportsService({
    servers,
    jobs,
    library,
    files,
    find,
    changed,
  })
  const viewer = new ExportViewer(files, library, changed)
  const showInFolder = (path: string): void => desktop.showItemInFolder(path)
  const copy = (text: string) => clipboard.writeText(text)
  registerExportsIpc({ exports, viewer, library, finder, readings, dialogs, showInFolder, copy, onChange: changed })
  registerLibraryIpc({ library, settings, dialogs, onChange: changed })
}

/** Composes features of tenants beside their records: dealers, viewing as administrator, templates. */
function composeTenants({ profile, onPageGone }: Shell, servers: Servers, sessions: SessionService, writer: Writer) {
  const dealers = new TenantDealersService({ servers, writer })
  const impersonation = new ImpersonationService({
    beside: (serverId, password) => sessions.openSecond(serverId, password),
    writer,
  })
  sessions.onChange(({ serverId, phase }) => phase !== 'signed-in' && impersonation.drop(serverId))
  onPageGone(() => impersonation.pageGone())
  registerTenantsIpc({ dealers, impersonation })
  const templates = new TemplatesService(templatesStore(profile('tenant-templates.json')))
  registerTemplatesIpc(templates)
  return { templates, impersonation }
}

/** Builds everything that uses servers and registers its channels. Loaded with the first call that requires it. */
export function compose(shell: Shell): Services {
  const { push, workspace, profile, report } = shell
  setClockRate(clockRate())
  const jobs = new Jobs((state) => push('job:changed', state), report)
  const secrets = new KeytarSecretStore()
  const undeleted = new UndeletedSecrets(undeletedStore(profile('keychain.json')), report)
  const keychain = new KeychainService(secrets, undeleted)
  const sessions = new SessionService({ records: workspace, keychain, log: shell.log })
  const servers = new Servers(workspace, sessions)
  const remember = (serverId: ServerId, password: string): Promise<void> => sessions.remember(serverId, password)
  const files = new FilesInProcesses(() => forkFiles(builtFile('files.js')))
  const changes = composeChanges(shell, { servers, sessions, secrets, files })
  const { writer, records, plans, shelf, targetOf, trunks } = changes
  const onServers = { servers, writer }
  const readings = new FileReadings((reading) => push('files:reading', reading))
  shell.onPageGone(async () => {
    readings.cancelAll()
    await files.closeAll()
  })
  const imports = new ImportsService({ servers, plans, shelf, files, targetOf })
  const practice = new PracticeService({
    store: practiceStore(profile('practice.json')),
    workspace,
    fork: () => forkPractice(builtFile('practice.js')),
    remember,
    report,
  })

  registerJobsIpc(jobs)
  registerPracticeIpc({ practice })
  registerKeychainIpc({ keychain })
  registerSessionIpc({ sessions })
  registerStatusIpc({ servers, sessions })
  registerRecordsIpc(records)
  registerNotificationIpc({ writer, servers })
  registerTransportsIpc(servers)
  const { templates, impersonation } = composeTenants(shell, servers, sessions, writer)
  registerAccountIpc(new AccountService({ ...onServers, sessions }))
  registerImportsIpc({
    ...{
      imports,
      many: changes.manyImports,
      added: new ServerImports({ files, workspace, remember }),
      readings,
      dialogs: shell.dialogs,
    },
    copied: async () => clipboard.readText(),
  })
  registerTrunksIpc(trunks)
  const passwords = new PasswordsService({ files, workspace, sessions })
  registerPasswordsIpc(passwords, shell.dialogs)
  shell.onPageGone(() => passwords.close())
  const brand = new BrandService({ ...onServers, jobs, store: brandStore(profile('brand.json')) })
  registerBrandIpc(brand, shell.dialogs)
  composeExports(shell, servers, jobs, files, readings, changes.find)
  const credentials = composeCredentials(shell, changes.certificate, onServers)

  workspace.onRecordChanged((before, after) => sessions.recordChanged(before, after))
  workspace.onRemoved(async (ids) => {
    for (const id of ids) jobs.cancelServer(id)
    plans.forget(ids)
    imports.forget(ids)
    trunks.forget(ids)
    await brand.forget(ids)
    await sessions.forget(ids)
  })
  sessions.onChange((state) => push('session:changed', state))
  // After the sessions, whose last state of an old address would otherwise be stored for the new one.
  const fleet = composeFleet(shell, servers, sessions)
  const rows = composeRows(shell, {
    servers,
    sessions,
    secrets,
    appended: changes.appended,
    program: builtFile('rows.js'),
  })
  keychain.onChange((status) => push('keychain:changed', status))

  installAppMenu(shell, practice)
  void practice.startAll()
  const demo = { file: profile('demo.json'), packaged: isRelease, workspace }
  const picture = isRelease ? undefined : process.env['PBX_FLEET_PICTURE']
  const showDemo = async (): Promise<void> => {
    await createDemoWorkspace({ ...demo, remember, report })
    if (picture === undefined) return
    const names = workspace.list().map(({ name }) => name)
    await (await import('./services/demo-picture')).saveDemoPicture(BrowserWindow.getAllWindows()[0], names, picture)
  }
  showDemo().catch((error: unknown) => report('demo not prepared', error))
  const stop = async (): Promise<void> => {
    files.stopAll()
    // Tenant views of practice servers end, too.
    const viewsEnded = impersonation.stop().finally(() => practice.stopAll())
    await Promise.allSettled([
      viewsEnded,
      secrets.settled(),
      credentials.stop(),
      fleet.stop(),
      rows.stop(),
      templates.settled(),
      undeleted.settled(),
      changes.stop(),
    ])
  }
  return { stop }
}
