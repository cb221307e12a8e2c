import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions, type Rectangle } from 'electron'
import { appUrl } from './app-origin'

/** Where the window was when it was last closed; without a place it is centred. */
export interface WindowPlace {
  readonly bounds: Partial<Rectangle>
  readonly maximised: boolean
}

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

/** Opens the app's one window; it is shown with its first paint, on a background of the theme's colour. */
export function openWindow(place: WindowPlace): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...place.bounds,
    ...minimum,
    show: false,
    title: 'PBX Fleet',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f6f7f9',
    webPreferences,
  })
  window.once('ready-to-show', () => {
    if (place.maximised) window.maximize()
    window.show()
  })
  void window.loadURL(appUrl())
  return window
}
