import { ipcMain, type IpcMainInvokeEvent } from 'electron'

export type Answer = (event: IpcMainInvokeEvent, raw: unknown) => Promise<unknown>

const answers = new Map<string, Answer>()

/** Sets who answers a channel, in place of who did before. */
export function answerChannel(channel: string, answer: Answer): void {
  answers.set(channel, answer)
}

/**
 * Opens the listed channels before the services behind them are loaded: a call that comes early waits for them, so the window can start while they
 * load. The only file that listens to the window.
 */
export function openGate(channels: readonly string[], services: (channel: string) => Promise<unknown>): void {
  for (const channel of channels) {
    ipcMain.handle(channel, async (event, raw: unknown) => {
      await services(channel)
      const answer = answers.get(channel)
      if (answer === undefined) throw new Error(`${channel} has no answer`)
      return answer(event, raw)
    })
  }
}
