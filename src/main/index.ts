import { join } from 'node:path'
import { app, session, type BrowserWindow } from 'electron'
import { channels, openDroppedChannel } from '@shared/ipc/channels'
import { useDevServer } from './app-origin'
import { registerAppScheme, serveApp } from './app-protocol'
import type { Composed } from './compose'
import { openGate } from './ipc/gate'
import { lockDownContents, lockDownSession } from './security'
import { openWindow } from './window'

const { PBX_FLEET_PROFILE: profile, ELECTRON_RENDERER_URL: devServer } = process.env
if (!app.isPackaged) {
  if (profile) app.setPath('userData', profile)
  if (devServer) useDevServer(devServer)
}

let window: BrowserWindow | undefined
/** The services are loaded while the window's own process starts; the gate lets its calls wait for them. */
let composing: Promise<Composed> | undefined

function show(): void {
  const opened = openWindow()
  window = opened
  opened.on('closed', () => (window = undefined))
  composing ??= import('./compose').then(({ compose }) => compose(() => window))
  void composing.then((composed) => composed.attach(opened))
}

function focus(): void {
  if (window === undefined) return show()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function start(): void {
  registerAppScheme()
  lockDownContents(app, (what) => void composing?.then(({ log }) => log.warn(what)))
  app.on('second-instance', focus)
  app.on('activate', focus)
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit())
  app.on('will-quit', () => void composing?.then((composed) => composed.stop()))
  void app.whenReady().then(() => {
    lockDownSession(session.defaultSession)
    serveApp(session.defaultSession, join(import.meta.dirname, '../renderer'))
    openGate([...channels, openDroppedChannel], async () => composing)
    show()
  })
}

// Two instances would write the same workspace: the second one brings the first to the front and ends.
if (app.requestSingleInstanceLock()) start()
else app.quit()
