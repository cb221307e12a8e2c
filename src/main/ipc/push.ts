import type { BrowserWindow } from 'electron'
import type { EventContract, EventName } from '@shared/ipc/events'

export type Push = <E extends EventName>(event: E, payload: EventContract[E]) => void

/** Tells the window something; nothing happens while there is none, or while its process is gone: it asks for what it missed when it is back. */
export const pushTo =
  (window: () => BrowserWindow | undefined): Push =>
  (event, payload) => {
    const target = window()
    if (target === undefined || target.isDestroyed() || target.webContents.isCrashed()) return
    target.webContents.send(event, payload)
  }
