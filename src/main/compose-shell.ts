import { join } from 'node:path'
import { app, nativeTheme, screen, type BrowserWindow } from 'electron'
import { openPortal, registerAppIpc } from './ipc/app.ipc'
import { reportIpcFailures } from './ipc/register'
import { pushTo, type Push } from './ipc/push'
import { registerSettingsIpc } from './ipc/settings.ipc'
import { registerWorkspaceIpc } from './ipc/workspace.ipc'
import { isRelease } from './release'
import { askBeforeClosing, type Running } from './services/closing'
import { makeDialogs, type Dialogs } from './services/dialogs'
import { Listeners } from './services/listeners'
import { AppLog } from './services/log'
import { SettingsService, settingsStore } from './services/settings-service'
import { showLog } from './services/show-log'
import { watchHealth } from './services/window-health'
import { WindowState } from './services/window-state'
import { windowColor } from './window'
import { WorkspaceService, workspaceStore } from './services/workspace/workspace-service'

/** The services for the first paint, used by all others. */
export interface Shell {
  readonly log: AppLog
  readonly push: Push
  readonly dialogs: Dialogs
  readonly settings: SettingsService
  readonly workspace: WorkspaceService
  /** The absolute path of a file in the profile. */
  readonly profile: (name: string) => string
  /** Brings the window to the front, or opens it. */
  readonly showWindow: () => void
  readonly report: (what: string, error?: unknown) => void
  /** Places and shows a new window, and watches its process. */
  attach(window: BrowserWindow): void
  /** Calls the listener when a page of the window was reloaded or closed. */
  onPageGone(listener: () => unknown): void
  /** The plans that are being applied, once there can be some. */
  onClosing(running: Running): void
  /** Resolves when nothing remains to be saved. */
  settled(): Promise<void>
}

/** Places a hidden window where it was last time. */
function placeWindow(window: BrowserWindow, state: WindowState): void {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  const { bounds, maximised } = state.place([main, ...others].map(({ workArea }) => workArea))
  window.setBounds(bounds)
  if (maximised) window.maximize()
  state.track(window)
}

/** Builds the services for the first paint and registers their channels. */
export function composeShell(window: () => BrowserWindow | undefined, showWindow: () => void): Shell {
  const profile = (name: string): string => join(app.getPath('userData'), name)
  const push = pushTo(window)
  const log = new AppLog({ folder: profile('logs'), packaged: isRelease })
  const report = (what: string, error?: unknown): void => void log.warn(what, error)
  const dialogs = makeDialogs(isRelease, window)
  const settings = new SettingsService(settingsStore(profile('settings.json')))
  const workspace = new WorkspaceService(workspaceStore(profile('workspace.json')))

  reportIpcFailures((channel, error) => void log.error(`${channel} failed`, error))
  registerAppIpc({ showLog: () => showLog(log) })
  registerSettingsIpc({ settings })
  registerWorkspaceIpc({ workspace, dialogs, openPortal })

  workspace.onChange((view) => push('workspace:changed', view))
  settings.onChange((changed) => {
    nativeTheme.themeSource = changed.theme
    push('settings:changed', changed)
  })
  nativeTheme.themeSource = settings.get().theme

  const pageGone = new Listeners<[]>()
  let running: Running | undefined
  const attach = (opened: BrowserWindow): void => {
    placeWindow(opened, new WindowState(profile('window.json'), (error) => report('window place not kept', error)))
    watchHealth(opened, dialogs, report)
    askBeforeClosing(opened, { running: () => running, ask: dialogs.ask })
    const leave = (): void => void pageGone.notify().catch((error: unknown) => report('page not left cleanly', error))
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) leave()
    })
    opened.on('closed', leave)
    // Before the page is painted, because the process that draws starts with the first visible window.
    opened.setBackgroundColor(windowColor())
    opened.show()
  }
  const settled = async (): Promise<void> => {
    await Promise.allSettled([workspace.settled(), settings.settled()])
  }
  return {
    log,
    push,
    dialogs,
    settings,
    workspace,
    profile,
    showWindow,
    report,
    attach,
    onPageGone: (listener) => void pageGone.add(listener),
    onClosing: (plans) => (running = plans),
    settled,
  }
}
