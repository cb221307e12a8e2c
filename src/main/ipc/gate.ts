import { ipcMain, type IpcMainInvokeEvent } from 'electron'

export type Handler = (event: IpcMainInvokeEvent, raw: unknown) => Promise<unknown>

const handlers = new Map<string, Handler>()

/** Sets the handler of a channel and replaces the previous one. */
export function setHandler(channel: string, handler: Handler): void {
  handlers.set(channel, handler)
}

/**
 * Opens the channels before their services are loaded: an early call waits for them, so that the window can start
 * meanwhile. The only file that uses `ipcMain`.
 */
export function openGate(channels: readonly string[], services: (channel: string) => Promise<unknown>): void {
  for (const channel of channels) {
    ipcMain.handle(channel, async (event, raw: unknown) => {
      await services(channel)
      const answer = handlers.get(channel)
      if (answer === undefined) throw new Error(`${channel} has no answer`)
      return answer(event, raw)
    })
  }
}
