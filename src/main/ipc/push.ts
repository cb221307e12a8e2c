import type { BrowserWindow } from 'electron'
import type { EventContract, EventName } from '@shared/ipc/events'

export type Push = <E extends EventName>(event: E, payload: EventContract[E]) => void

/** Sends an event to the window. Does nothing without a working window, which reads the current state when it loads. */
export const pushTo =
  (window: () => BrowserWindow | undefined): Push =>
  (event, payload) => {
    const target = window()
    if (target === undefined || target.isDestroyed() || target.webContents.isCrashed()) return
    target.webContents.send(event, payload)
  }
