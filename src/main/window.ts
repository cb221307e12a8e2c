import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'
import { localeArgument } from '@shared/format/locale'
import { appUrl } from './app-origin'

const minimum = { minWidth: 900, minHeight: 600 }

/** Permissions of the page. They repeat Electron's defaults, so that a changed default has no effect. */
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

/** Opens the app's window, hidden. It is placed and shown with its first paint, see `WindowState`. */
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
