import { join } from 'node:path'
import { app, Menu, session, type BrowserWindow } from 'electron'
import { setLocale } from '@shared/format/locale'
import { channels, preloadChannels } from '@shared/ipc/channels'
import { useDevServer } from './app-origin'
import { registerAppScheme, serveApp } from './app-protocol'
import type { Services } from './compose'
import type { Shell } from './compose-shell'
import { openGate } from './ipc/gate'
import { applyReleaseRules, isRelease } from './release'
import { closeNetwork, lockDownContents, lockDownSession } from './security'
import { openWindow } from './window'

const { PBX_FLEET_PROFILE: profile, ELECTRON_RENDERER_URL: devServer } = isRelease ? {} : process.env
if (profile) app.setPath('userData', profile)
// Windows shows notifications only of an app with the ID of its shortcut, which the installer sets (build/electron-builder.mjs).
if (process.platform === 'win32') app.setAppUserModelId('example.pbxfleet')
if (devServer) useDevServer(devServer)
applyReleaseRules()
// The page would wait for the process that draws before it reads its first script (docs/adr/0008).
app.commandLine.appendSwitch('enable-features', 'EstablishGpuChannelAsync')
closeNetwork(app, devServer)

let window: BrowserWindow | undefined
let shell: Promise<Shell> | undefined
/** Attaches the shell to the last opened window; later calls do nothing. */
let attachShell = (): void => undefined
let services: Promise<Services> | undefined

/** Channels for the first paint. Every other call loads all services first. */
const shellChannels: ReadonlySet<string> = new Set(['workspace:get', 'settings:get', 'app:info'])

/**
 * Loaded when the page is handed over: while the window's process starts, main is idle. Later, it would keep the page
 * from getting its scripts.
 */
const loadShell = (): Promise<Shell> =>
  (shell ??= import('./compose-shell').then(({ composeShell }) => composeShell(() => window, focus)))

const loadServices = (): Promise<Services> =>
  (services ??= loadShell().then(async (loaded) => (await import('./compose')).compose(loaded)))

function show(): void {
  const opened = openWindow()
  window = opened
  opened.on('closed', () => (window = undefined))
  attachShell = (): void => {
    attachShell = () => undefined
    void loadShell().then(({ attach }) => attach(opened))
  }
  // For pages of the development server.
  opened.webContents.once('did-finish-load', () => attachShell())
}

/** Milliseconds that the app waits for pending work when it ends; a locked keychain must not keep it from ending. */
const exitTimeoutMs = 3000

/** Completes saves and calls to the keychain before the app ends. */
function settleBeforeExit(event: { preventDefault: () => void }): void {
  event.preventDefault()
  const pending = [
    Promise.resolve(shell).then((loaded) => loaded?.settled()),
    Promise.resolve(services).then((loaded) => loaded?.stop()),
  ]
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, exitTimeoutMs))
  void Promise.race([Promise.allSettled(pending), timeout]).then(() => {
    // The windows are closed by now.
    app.exit(0)
  })
}

function focus(): void {
  if (window === undefined) return show()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function start(): void {
  registerAppScheme()
  // Our menu is installed with the services; Electron's default menu would cost time and has items that we do not
  // support.
  Menu.setApplicationMenu(null)
  lockDownContents(app, (what) => void shell?.then(({ log }) => log.warn(what)))
  app.on('second-instance', focus)
  app.on('activate', focus)
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit())
  app.on('will-quit', settleBeforeExit)
  void app.whenReady().then(() => {
    setLocale(app.getSystemLocale())
    lockDownSession(session.defaultSession)
    serveApp(
      session.defaultSession,
      join(import.meta.dirname, '../renderer'),
      (file) => file.endsWith('.html') && attachShell(),
    )
    openGate([...channels, ...preloadChannels], (channel) =>
      shellChannels.has(channel) ? loadShell() : loadServices(),
    )
    show()
  })
}

// Two instances would write the same workspace, so the second one focuses the first and ends.
if (app.requestSingleInstanceLock()) start()
else app.quit()
