/** The part of Electron that the channels of main use, for tests in plain Node; records the calls. */
type Handler = (event: unknown, args: unknown) => Promise<unknown>

const handlers = new Map<string, Handler>()
export const ipcMain = { handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) }

const frame = { parent: null, origin: 'app://fleet' }
const trusted = { senderFrame: frame, sender: { mainFrame: frame } }

/** Calls a channel like the window does; `from` replaces the event for another sender. */
export const call = (channel: string, args: unknown, from: unknown = trusted): Promise<unknown> =>
  handlers.get(channel)?.(from, args) ?? Promise.reject(new Error(`Nobody answers ${channel}`))

export const asked: string[] = []
/** Whether the system refuses the clipboard. */
export const clipboardState = { refuses: false }
export const clipboard = {
  writeText: async (text: string) => {
    if (clipboardState.refuses) throw new Error('The clipboard is not available')
    asked.push(`copy ${text}`)
  },
}
export const shell = {
  openExternal: async (url: string) => void asked.push(`open ${url}`),
  showItemInFolder: (path: string) => void asked.push(`show ${path}`),
}

/** The folder of all stored data; each test sets its own. */
export const folders = { home: '' }
export const app = {
  getName: () => 'PBX Fleet',
  getVersion: () => '0.1.0',
  getPath: () => folders.home,
  getAppPath: () => process.cwd(),
  getSystemLocale: () => 'en-US',
  isPackaged: false,
}
export const nativeTheme = { themeSource: 'system' }
export const Menu = { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => undefined }
export const screen = {}
export const utilityProcess = {}
export const powerMonitor = { on: () => undefined }

/** Whether the system has notifications, and what a click on the last one does. */
export const notifications = { isSupported: false, click: () => undefined as unknown }
export class Notification {
  static readonly isSupported = () => notifications.isSupported
  constructor(private readonly note: { readonly title: string; readonly body: string }) {}
  readonly on = (event: string, run: () => unknown): void => {
    if (event === 'click') notifications.click = run
  }
  readonly show = (): void => void asked.push(`notify ${this.note.title}: ${this.note.body}`)
  readonly close = (): void => void asked.push(`close ${this.note.title}`)
}
