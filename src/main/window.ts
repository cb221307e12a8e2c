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

/** The color of a window before its page is painted: that of the page in the current theme. */
export const windowColor = (): string => (nativeTheme.shouldUseDarkColors ? '#12151b' : '#f4f6f9')

/** Opens the app's window, hidden. It is shown once its place and its theme are known, see `composeShell`. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...minimum,
    show: false,
    title: 'PBX Fleet',
    backgroundColor: windowColor(),
    webPreferences: { ...webPreferences, additionalArguments: [localeArgument + app.getSystemLocale()] },
  })
  void window.loadURL(appUrl())
  return window
}
