import { join } from 'node:path'
import { app, screen, session, type BrowserWindow } from 'electron'
import { useDevServer } from './app-origin'
import { registerAppScheme, serveApp } from './app-protocol'
import { compose, type Composed } from './compose'
import { lockDownContents, lockDownSession } from './security'
import { openWindow } from './window'
import { WindowState } from './services/window-state'

const { PBX_FLEET_PROFILE: profile, ELECTRON_RENDERER_URL: devServer } = process.env
if (!app.isPackaged) {
  if (profile) app.setPath('userData', profile)
  if (devServer) useDevServer(devServer)
}

let window: BrowserWindow | undefined
let composed: Composed | undefined

function show(): void {
  const state = new WindowState(join(app.getPath('userData'), 'window.json'))
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  window = openWindow(state.place([main, ...others].map(({ workArea }) => workArea)))
  state.track(window)
  window.on('closed', () => (window = undefined))
  composed ??= compose(() => window)
  composed.attach(window)
}

function focus(): void {
  if (window === undefined) return show()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function start(): void {
  registerAppScheme()
  lockDownContents(app, (what) => composed?.log.warn(what))
  app.on('second-instance', focus)
  app.on('activate', focus)
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit())
  app.on('will-quit', () => composed?.stop())
  void app.whenReady().then(() => {
    lockDownSession(session.defaultSession)
    serveApp(session.defaultSession, join(import.meta.dirname, '../renderer'))
    show()
  })
}

// Two instances would write the same workspace: the second one brings the first to the front and ends.
if (app.requestSingleInstanceLock()) start()
else app.quit()
