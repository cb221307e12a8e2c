import type { BrowserWindow } from 'electron'
import { countText } from '@shared/format/count-text'

type ClosingWindow = Pick<BrowserWindow, 'close' | 'isDestroyed'> & {
  on(event: 'close', listener: (event: { preventDefault: () => void }) => void): unknown
}

export interface Running {
  /** The number of plans and rollouts that are being applied. */
  readonly count: () => number
  /** Keeps them from sending anything else. */
  readonly pause: () => void
}

interface ClosingDeps {
  readonly running: () => Running | undefined
  /** The index of the selected button. */
  readonly ask: (message: string, detail: string, buttons: readonly string[]) => Promise<number>
}

const buttons = ['Quit', 'Keep the app open'] as const
const detail =
  'What was not sent waits: resume it on the Plans page after the next start. Requests without a response are checked then.'

/** Asks before the window closes, and the app ends with it, while something is applied. */
export function askBeforeClosing(window: ClosingWindow, { running, ask }: ClosingDeps): void {
  let answer: 'none' | 'asking' | 'quit' = 'none'
  window.on('close', (event) => {
    const count = running()?.count() ?? 0
    if (count === 0 || answer === 'quit') return
    event.preventDefault()
    if (answer === 'asking') return
    answer = 'asking'
    const message = `${countText(count, 'plan')} ${count === 1 ? 'is' : 'are'} being applied. Quit PBX Fleet?`
    // A dialog that fails keeps nobody from closing the window.
    void ask(message, detail, buttons)
      .catch(() => 0)
      .then((button) => {
        answer = button === 0 ? 'quit' : 'none'
        if (answer !== 'quit' || window.isDestroyed()) return
        running()?.pause()
        window.close()
      })
  })
}
