import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, FileFilter } from 'electron'
import { FleetError } from '@shared/ipc/result'

interface SaveOptions {
  readonly title: string
  /** A file name, or a path with the initial folder. */
  readonly defaultPath: string
  readonly filters: readonly FileFilter[]
}
interface OpenOptions {
  readonly title: string
  readonly defaultPath?: string
  readonly filters: readonly FileFilter[]
}

/** The native dialogs. Each returns an absolute path, or undefined if the user cancels. */
export interface Dialogs {
  saveFile(options: SaveOptions): Promise<string | undefined>
  openFile(options: OpenOptions): Promise<string | undefined>
  /** Selects several files; empty if the user cancels. */
  openFiles(options: OpenOptions): Promise<readonly string[]>
  openFolder(options: Omit<OpenOptions, 'filters'>): Promise<string | undefined>
  /** Shows a message if there is no page that could show it. */
  showMessage(message: string, detail: string): Promise<void>
  /** Returns the index of the selected button. The first one is the default, the last one is Escape. */
  ask(message: string, detail: string, buttons: readonly string[]): Promise<number>
}

/** Modal to the app's window if there is one. */
function nativeDialogs(window: () => BrowserWindow | undefined): Dialogs {
  const open = async (
    properties: ('openFile' | 'openDirectory' | 'createDirectory' | 'multiSelections')[],
    request: Partial<OpenOptions>,
  ): Promise<readonly string[]> => {
    const { dialog } = await import('electron')
    const options = { ...request, filters: [...(request.filters ?? [])], properties }
    const parent = window()
    const result = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return result.canceled ? [] : result.filePaths
  }
  return {
    async saveFile(request) {
      const { dialog } = await import('electron')
      const options = {
        ...request,
        filters: [...request.filters],
        properties: ['showOverwriteConfirmation' as const],
      }
      const parent = window()
      const result = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options))
      return result.canceled || result.filePath === '' ? undefined : result.filePath
    },
    openFile: async (options) => (await open(['openFile'], options))[0],
    openFiles: (options) => open(['openFile', 'multiSelections'], options),
    openFolder: async (options) => (await open(['openDirectory', 'createDirectory'], options))[0],
    async showMessage(message, detail) {
      const { dialog } = await import('electron')
      const options = { type: 'warning' as const, message, detail }
      const parent = window()
      await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options))
    },
    async ask(message, detail, buttons) {
      const { dialog } = await import('electron')
      const options = {
        type: 'question' as const,
        message,
        detail,
        buttons: [...buttons],
        cancelId: buttons.length - 1,
      }
      // Without a parent, because the window in question may not respond.
      return (await dialog.showMessageBox(options)).response
    },
  }
}

/**
 * For tests: each dialog takes the next answer from a JSON file with a list of paths (null for Cancel, a list for
 * several) or, for a choice, numbers. A dialog without an answer fails. Never used in a packaged app.
 */
export function scriptedDialogs(file: string): Dialogs {
  const next = (): unknown => {
    const answers: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!Array.isArray(answers) || answers.length === 0) {
      throw new FleetError({ code: 'internal', message: `No answer is left in ${file}` })
    }
    const [answer, ...rest] = answers as readonly unknown[]
    writeFileSync(file, JSON.stringify(rest))
    return answer
  }
  const path = async (): Promise<string | undefined> => {
    const answer = next()
    return typeof answer === 'string' ? answer : undefined
  }
  return {
    saveFile: path,
    openFile: path,
    openFiles: async () => {
      const answer = next()
      if (typeof answer === 'string') return [answer]
      return Array.isArray(answer) ? answer.filter((entry): entry is string => typeof entry === 'string') : []
    },
    openFolder: path,
    showMessage: async () => undefined,
    ask: async (_message, _detail, buttons) => {
      const answer = next()
      return typeof answer === 'number' ? answer : buttons.length - 1
    },
  }
}

/** The dialogs of this run. Only an unpackaged app reads the variable for tests. */
export function makeDialogs(packaged: boolean, window: () => BrowserWindow | undefined): Dialogs {
  const script = packaged ? undefined : process.env['PBX_FLEET_TEST_DIALOGS']
  return script === undefined || script === '' ? nativeDialogs(window) : scriptedDialogs(script)
}
