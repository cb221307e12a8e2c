import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, FileFilter } from 'electron'
import { FleetError } from '@shared/ipc/result'

interface SaveQuestion {
  readonly title: string
  /** A name, or a path with the folder in which to begin. */
  readonly defaultPath: string
  readonly filters: readonly FileFilter[]
}
interface OpenQuestion {
  readonly title: string
  readonly defaultPath?: string
  readonly filters: readonly FileFilter[]
}

/** The native dialogs. Each answers an absolute path, or undefined when the person cancels. */
export interface Dialogs {
  saveFile(question: SaveQuestion): Promise<string | undefined>
  openFile(question: OpenQuestion): Promise<string | undefined>
  /** Several at once; empty when the person cancels. */
  openFiles(question: OpenQuestion): Promise<readonly string[]>
  openFolder(question: Omit<OpenQuestion, 'filters'>): Promise<string | undefined>
  /** Says what went wrong where there is no page to say it. */
  tell(message: string, detail: string): Promise<void>
  /** Lets the person choose; answers the place of the button in the list. The first one is the default, the last one is Escape. */
  ask(message: string, detail: string, buttons: readonly string[]): Promise<number>
}

/** The real ones, in front of the app's window while there is one. */
function nativeDialogs(window: () => BrowserWindow | undefined): Dialogs {
  const open = async (
    properties: ('openFile' | 'openDirectory' | 'createDirectory' | 'multiSelections')[],
    question: Partial<OpenQuestion>,
  ): Promise<readonly string[]> => {
    const { dialog } = await import('electron')
    const options = { ...question, filters: [...(question.filters ?? [])], properties }
    const parent = window()
    const result = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return result.canceled ? [] : result.filePaths
  }
  return {
    async saveFile(question) {
      const { dialog } = await import('electron')
      const options = {
        ...question,
        filters: [...question.filters],
        properties: ['showOverwriteConfirmation' as const],
      }
      const parent = window()
      const result = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options))
      return result.canceled || result.filePath === '' ? undefined : result.filePath
    },
    openFile: async (question) => (await open(['openFile'], question))[0],
    openFiles: (question) => open(['openFile', 'multiSelections'], question),
    openFolder: async (question) => (await open(['openDirectory', 'createDirectory'], question))[0],
    async tell(message, detail) {
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
      // No parent: the window that it is about may not answer.
      return (await dialog.showMessageBox(options)).response
    },
  }
}

/**
 * For tests that drive the app: each question takes the first answer of a JSON file with a list of paths (null for Cancel; a list for several) or, for a
 * choice, numbers. A question that no answer waits for fails, so that the test says so. Never used in a packaged app.
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
      return Array.isArray(answer) ? answer.filter((one): one is string => typeof one === 'string') : []
    },
    openFolder: path,
    tell: async () => undefined,
    ask: async (_message, _detail, buttons) => {
      const answer = next()
      return typeof answer === 'number' ? answer : buttons.length - 1
    },
  }
}

/** The dialogs of this run; the test-only switch is honoured only by an app that is not packaged. */
export function makeDialogs(packaged: boolean, window: () => BrowserWindow | undefined): Dialogs {
  const script = packaged ? undefined : process.env['PBX_FLEET_TEST_DIALOGS']
  return script === undefined || script === '' ? nativeDialogs(window) : scriptedDialogs(script)
}
