import { join } from 'node:path'
import { app, nativeTheme, screen, type BrowserWindow } from 'electron'
import type { ServerId } from '@shared/domain/server'
import { reportIpcFailures } from './ipc/handle'
import { registerAppIpc, openLink } from './ipc/app.ipc'
import { registerIpRulesIpc } from './ipc/ip-rules.ipc'
import { registerJobsIpc } from './ipc/jobs.ipc'
import { registerKeychainIpc } from './ipc/keychain.ipc'
import { registerPracticeIpc } from './ipc/practice.ipc'
import { pushTo } from './ipc/push'
import { registerSessionIpc } from './ipc/session.ipc'
import { registerSettingsIpc } from './ipc/settings.ipc'
import { registerStatusIpc } from './ipc/status.ipc'
import { toAppError } from './ipc/to-app-error'
import { registerWorkspaceIpc } from './ipc/workspace.ipc'
import { installMenu } from './menu'
import type { PbxClient } from './portsip/pbx-client'
import { certificateShown } from './portsip/tls-trust'
import { createDemoWorkspace } from './services/demo-workspace'
import { makeDialogs } from './services/dialogs'
import { IpRulesService } from './services/ip-rules/ip-rules-service'
import { Jobs } from './services/jobs'
import { AppLog } from './services/log'
import { forkPractice } from './services/practice/fork-practice'
import { PracticeService, practiceStore } from './services/practice/practice-service'
import { KeychainService } from './services/session/keychain-service'
import { SessionService } from './services/session/session-service'
import { SettingsService, settingsStore } from './services/settings-service'
import { showLog } from './services/show-log'
import { watchHealth } from './services/window-health'
import { WindowState } from './services/window-state'
import { WorkspaceService, workspaceStore } from './services/workspace/workspace-service'
import { KeytarSecretStore } from './storage/keytar-secret-store'

export interface Composed {
  readonly log: AppLog
  /** Called for each window that opens: what can wait until it shows is done then. */
  attach(window: BrowserWindow): void
  stop(): void
}

/** Puts a window that is not shown yet where it was the last time. */
function placeWindow(window: BrowserWindow, state: WindowState): void {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  const { bounds, maximised } = state.place([main, ...others].map(({ workArea }) => workArea))
  window.setBounds(bounds)
  if (maximised) window.maximize()
  state.track(window)
}

/** Builds every service and answers every channel. */
export function compose(window: () => BrowserWindow | undefined): Composed {
  const profile = (name: string): string => join(app.getPath('userData'), name)
  const push = pushTo(window)
  const log = new AppLog({ folder: profile('logs'), packaged: app.isPackaged })
  const report = (what: string, error?: unknown): void => void log.warn(what, error)
  const dialogs = makeDialogs(app.isPackaged, window)

  const settings = new SettingsService(settingsStore(profile('settings.json')))
  const workspace = new WorkspaceService(workspaceStore(profile('workspace.json')))
  const jobs = new Jobs((state) => push('job:changed', state))
  const keychain = new KeychainService(new KeytarSecretStore())
  const sessions = new SessionService({ records: workspace, keychain, log })
  const client = (serverId: ServerId): PbxClient => sessions.client(serverId)
  const ipRules = new IpRulesService({ client, record: (serverId) => workspace.get(serverId), jobs })
  const remember = (serverId: ServerId, password: string): Promise<void> => sessions.remember(serverId, password)
  const practice = new PracticeService({
    store: practiceStore(profile('practice.json')),
    workspace,
    fork: () => forkPractice(join(import.meta.dirname, 'practice.js')),
    remember,
    report,
  })

  reportIpcFailures((channel, error) => void log.error(`${channel} failed`, error))
  registerAppIpc({ showLog: () => showLog(log) })
  registerSettingsIpc({ settings })
  registerWorkspaceIpc({ workspace, dialogs })
  registerJobsIpc(jobs)
  registerPracticeIpc({ practice })
  registerKeychainIpc({ keychain })
  registerSessionIpc({ sessions })
  registerStatusIpc({ client })
  registerIpRulesIpc(ipRules)

  workspace.onRecordChanged((before, after) => sessions.recordChanged(before, after))
  workspace.onRemoved(async (ids) => {
    for (const id of ids) jobs.cancelServer(id)
    await sessions.forget(ids)
  })
  sessions.onChange((state) => push('session:changed', state))
  keychain.onChange((status) => push('keychain:changed', status))
  workspace.onChange((view) => push('workspace:changed', view))
  settings.onChange((changed) => {
    nativeTheme.themeSource = changed.theme
    installAppMenu()
    push('settings:changed', changed)
  })
  nativeTheme.themeSource = settings.get().theme

  const installAppMenu = (): void =>
    installMenu({
      appName: 'PBX Fleet',
      packaged: app.isPackaged,
      platform: process.platform,
      send: (command) => push('menu:command', command),
      addPracticeServer: (version) =>
        void practice.add(version).catch((error: unknown) => {
          const { message, hint = '' } = toAppError(error)
          return dialogs.tell(`The practice server was not added. ${message}`, hint)
        }),
      showLog: () => void showLog(log),
      openHandbook: () => void openLink('handbook'),
      theme: () => settings.get().theme,
      setTheme: (theme) => void settings.patch({ theme }),
    })

  return {
    log,
    attach: (opened) => {
      const state = new WindowState(profile('window.json'), (error) => report('window place not kept', error))
      placeWindow(opened, state)
      watchHealth(opened, dialogs, report)
      opened.once('ready-to-show', () => {
        opened.show()
        installAppMenu()
        void practice.startAll()
        void createDemoWorkspace({
          file: profile('demo.json'),
          packaged: app.isPackaged,
          workspace,
          probe: certificateShown,
          remember,
          report,
        })
      })
    },
    stop: () => practice.stopAll(),
  }
}
