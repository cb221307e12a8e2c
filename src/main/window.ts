import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'
import { localeArgument } from '@shared/format/locale'
import { appUrl } from './app-origin'

const minimum = { minWidth: 900, minHeight: 600 }

/** What the page may do; each item is Electron's default said aloud, so that a change of the default changes nothing. */
export const webPreferences = {
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  v8CacheOptions: 'bypassHeatCheck',
} as const satisfies BrowserWindowConstructorOptions['webPreferences']

/** Opens the app's one window, hidden: it is placed and shown when its first paint is there, see `WindowState`. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...minimum,
    show: false,
    title: 'PBX Fleet',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12151b' : '#f4f6f9',
    webPreferences: { ...webPreferences, additionalArguments: [localeArgument + app.getSystemLocale()] },
  })
  void window.loadURL(appUrl())
  return window
}
