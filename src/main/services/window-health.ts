import type { BrowserWindow } from 'electron'
import type { Dialogs } from './dialogs'

type Report = (what: string) => void

const reloadButton = 0
/** Electron reports a page that keeps its window open as unresponsive after 5 s, although it responded. */
const afterPreventedMs = 10_000

/**
 * Offers to reload the page if its process ended or does not respond. Main continues meanwhile. Drafts are restored
 * from the page's session storage, which outlives its process.
 */
export function watchHealth(window: BrowserWindow, dialogs: Dialogs, report: Report): void {
  let isAsking = false
  /** The unresponsive process was ended here, so this is no crash; the page reloads afterwards. */
  let isReplacing = false
  const askUser = async (what: string, detail: string, buttons: readonly [string, string]): Promise<number> => {
    isAsking = true
    const answer = await dialogs.ask(what, detail, buttons)
    isAsking = false
    return answer
  }

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (isReplacing) {
      isReplacing = false
      if (!window.isDestroyed()) window.webContents.reload()
      return
    }
    if (reason === 'clean-exit' || isAsking) return
    report(`The window stopped working (${reason}, exit code ${exitCode})`)
    const detail = 'Running jobs continue, and nothing saved is lost. Drafts are restored after reloading.'
    void askUser('The window stopped working', detail, ['Reload', 'Close the window']).then((answer) => {
      if (window.isDestroyed()) return
      if (answer === reloadButton) window.webContents.reload()
      else window.destroy()
    })
  })

  let preventedAt = -Infinity
  window.webContents.on('will-prevent-unload', () => (preventedAt = Date.now()))
  window.on('unresponsive', () => {
    // The page asks whether to discard something.
    if (isAsking || Date.now() - preventedAt < afterPreventedMs) return
    report('The window is not responding')
    void askUser('The window is not responding', 'It may be busy for a moment.', ['Reload', 'Wait']).then((answer) => {
      if (answer !== reloadButton || window.isDestroyed()) return
      // The process may have ended while the dialog was open.
      if (window.webContents.isCrashed()) return window.webContents.reload()
      isReplacing = true
      window.webContents.forcefullyCrashRenderer()
    })
  })
}
