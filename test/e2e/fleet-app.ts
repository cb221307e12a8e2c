import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { expect } from 'playwright/test'
import type { JournalRow } from '@shared/domain/journal-view'
import type { FleetBridge } from '@shared/ipc/bridge'
import type { Args, Channel, Value } from '@shared/ipc/contract'
import type { Result } from '@shared/ipc/result'
import { secretMark } from './secrets'
import { watchWords } from './shown-words'

/** Another build of the app can be put to the test, for example while this one is being changed. */
export const appFolder = process.env['PBX_FLEET_APP_FOLDER'] ?? join(import.meta.dirname, '..', '..')

declare global {
  interface Window {
    readonly fleet: FleetBridge
  }
}

export const executable = (): string => {
  const path = process.env['ELECTRON_EXEC_PATH']
  if (path === undefined)
    throw new Error('Start this through `npm test` or `node build/run.mjs --keyring -- npx playwright test`')
  return path
}

/**
 * A test display has no graphics card, and one in software costs more than drawing without; so does each picture of a movement. Nobody looks at the
 * pixels: four of the page's are drawn as one, while its layout is the same.
 */
const cheapDrawing = [
  '--disable-gpu',
  '--in-process-gpu',
  '--force-prefers-reduced-motion',
  '--force-device-scale-factor=0.5',
]

export interface LaunchOptions {
  /** An existing profile; without it a fresh one is made. */
  readonly profile?: string
  readonly env?: Readonly<Record<string, string>>
  /** Switches of Chromium. */
  readonly args?: readonly string[]
  /** Tests do to its page what is refused with an error: those are no faults of the app. */
  readonly attacked?: boolean
}

/** The real app in the real Electron with a separate profile. Everything it prints is kept for the search for secrets. */
export class FleetApp {
  readonly output: string[] = []
  /** Uncaught errors of the page, with their places. */
  private readonly uncaught: string[] = []
  /** Texts of the window with a retired word. */
  private readonly retired: string[] = []
  private running: { app: ElectronApplication; page: Page } | undefined
  private crashed = false
  /** Where the log of the test begins, in characters. */
  private logFrom = 0

  private constructor(
    readonly profile: string,
    private readonly options: LaunchOptions,
  ) {}

  static async launch(options: LaunchOptions = {}): Promise<FleetApp> {
    const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'fleet-profile-')))
    const fleet = new FleetApp(profile, options)
    await fleet.start()
    return fleet
  }

  /** Whether it runs, its page lives, and no test gave the page a size, which would remain for the next test. */
  get isUsable(): boolean {
    return this.running !== undefined && !this.crashed && this.running.page.viewportSize() === null
  }

  get app(): ElectronApplication {
    return this.current().app
  }

  get page(): Page {
    return this.current().page
  }

  get dialogsFile(): string {
    return join(this.profile, 'test-dialogs.json')
  }

  /** Why the page's process ended, with the stack that Chromium printed; undefined if it did not end. */
  async crashReport(): Promise<string | undefined> {
    if (!this.crashed) return undefined
    const log = (await this.log()).split('\n').filter((line) => line.includes('The window stopped working'))
    const printed = this.output.join('\n').split('\n')
    const from = printed.findIndex((line) => /Received signal|FATAL|Check failed|out of memory/iu.test(line))
    return [...log, ...(from === -1 ? [] : printed.slice(from, from + 60))].join('\n')
  }

  /** Asks main as the window does, where how a person does it is not what is tested. */
  async call<C extends Channel>(channel: C, args: Args<C>): Promise<Value<C>> {
    const ask = ([name, sent]: readonly [Channel, unknown]): Promise<Result<unknown>> =>
      window.fleet.call[name](sent as never)
    const reply = await this.page.evaluate(ask, [channel, args] as const)
    if (!reply.ok) throw new Error(`${channel}: ${reply.error.message}`)
    return reply.value as Value<C>
  }

  /** The journal's entries after this one, newest first. It cannot be emptied, so an earlier test may have added entries. */
  async journalAfter(seq: number): Promise<readonly JournalRow[]> {
    const { items } = await this.call('journal:list', { query: { offset: 0, limit: 100 } })
    return items.filter((entry) => entry.seq > seq)
  }

  /** The number of the journal's last entry. */
  async journalEnd(): Promise<number> {
    return (await this.call('journal:status', {})).entries
  }

  /** Native dialogs answer with these paths, a list of several, or the number of a button, one after the other; null is Cancel. */
  answerDialogs(answers: readonly (string | number | null | readonly string[])[]): Promise<void> {
    return writeFile(this.dialogsFile, JSON.stringify(answers))
  }

  /**
   * Without `executablePath`, Playwright takes the program that ELECTRON_OVERRIDE_DIST_PATH names and loads its hook into main, which keeps the app
   * from being ready before Playwright is attached. With it the hook is left out: the page then loads while Playwright attaches to it, and when its
   * document is committed in just that moment, the browser never reports it and the launch waits for ever.
   */
  private attach(): Promise<ElectronApplication> {
    executable()
    return _electron.launch({
      args: [appFolder, ...cheapDrawing, ...(this.options.args ?? [])],
      env: this.environment(),
      // Playwright would hold the page to the light theme.
      colorScheme: null,
      timeout: 90_000,
    })
  }

  async start(): Promise<void> {
    const app = await this.attach()
    app.process().stdout?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()))
    app.process().stderr?.on('data', (chunk: Buffer) => this.output.push(chunk.toString()))
    const page = await app.firstWindow()
    page.on('console', (message) => this.output.push(message.text()))
    page.on('crash', () => (this.crashed = true))
    page.on('pageerror', (error) => {
      this.output.push(`page error: ${error.message}`)
      this.uncaught.push(error.stack ?? error.message)
    })
    page.setDefaultTimeout(30_000)
    this.running = { app, page }
    this.crashed = false
    await watchWords(page, (text) => this.retired.push(text))
    await this.ready().catch(async (error: unknown) => {
      await this.stop()
      throw new Error(`The app did not become ready. It printed:\n${this.output.join('\n')}`, { cause: error })
    })
  }

  /** Loads the page anew, as F5 does in a browser. */
  async reload(): Promise<void> {
    await this.discardForms(true)
    await this.page.reload()
    await this.discardForms(false)
    await this.ready()
  }

  /** Closes as a person would who discards what is open, and waits until the process is gone. */
  async stop(): Promise<void> {
    if (this.running !== undefined) await this.discardForms(true)
    await this.running?.app.close()
    this.running = undefined
  }

  /** Kills the whole program immediately, as a loss of power does. */
  async kill(): Promise<void> {
    const child = this.app.process()
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    this.running = undefined
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** Starts the program once more on the same profile; resolves with its exit code. */
  async startAgain(): Promise<number | null> {
    const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const second = spawn(executable(), [...switches, appFolder], { env: this.environment(), stdio: 'ignore' })
    const [code] = (await once(second, 'exit')) as [number | null]
    return code
  }

  /** Ends everything; fails if a planted secret was printed, an error of the page was not caught, or the window showed a retired word. */
  async dispose(): Promise<void> {
    await this.stop()
    await rm(this.profile, { recursive: true, force: true })
    this.checkPrinted()
  }

  /** Forgets what was printed and logged so far; fails for the same reasons. */
  async forgetPrinted(): Promise<void> {
    this.logFrom = (await this.wholeLog()).length
    this.checkPrinted()
    this.output.length = 0
  }

  /** What the app wrote into its log; empty as long as it wrote none. */
  async log(): Promise<string> {
    return (await this.wholeLog()).slice(this.logFrom)
  }

  /** Sets the theme that the system reports to the app. */
  async useTheme(theme: 'light' | 'dark'): Promise<void> {
    await this.app.evaluate(({ nativeTheme }, wanted) => (nativeTheme.themeSource = wanted), theme)
    const dark = (): Promise<boolean> => this.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
    await expect.poll(dark).toBe(theme === 'dark')
  }

  /** How many pages there are, of any kind. */
  contentsCount(): Promise<number> {
    return this.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
  }

  /** Whether the page may go although a form or an import that a test left open asks first. */
  private async discardForms(isDiscarding: boolean): Promise<void> {
    await this.app.evaluate(({ webContents }, discards) => {
      const kept = globalThis as { discardForms?: (event: { preventDefault(): void }) => void }
      kept.discardForms ??= (event) => event.preventDefault()
      for (const contents of webContents.getAllWebContents()) {
        contents.removeListener('will-prevent-unload', kept.discardForms)
        if (discards) contents.on('will-prevent-unload', kept.discardForms)
      }
    }, isDiscarding)
  }

  private wholeLog(): Promise<string> {
    return readFile(join(this.profile, 'logs', 'main.log'), 'utf8').catch(() => '')
  }

  private checkPrinted(): void {
    const uncaught = this.uncaught.splice(0)
    const retired = this.retired.splice(0)
    if (this.output.join('\n').includes(secretMark)) throw new Error('The app printed a planted secret')
    if (uncaught.length > 0 && !this.options.attacked)
      throw new Error(`Uncaught errors of the page:\n${uncaught.join('\n')}`)
    if (retired.length > 0) throw new Error(`The window shows retired words:\n${retired.join('\n')}`)
  }

  /**
   * Usable, with all services: a call that waits for them is answered once they are there. While main loads them, the inspector loses the answer of an
   * `evaluate` now and then ("Resulting promise was garbage collected").
   */
  private async ready(): Promise<void> {
    await this.page.locator('html[data-app-state="ready"]').waitFor({ timeout: 45_000 })
    await this.call('jobs:list', {})
  }

  private environment(): Record<string, string> {
    const own = {
      PBX_FLEET_PROFILE: this.profile,
      PBX_FLEET_TEST_DIALOGS: this.dialogsFile,
      ELECTRON_ENABLE_STACK_DUMPING: '1',
    }
    return { ...process.env, ...own, ...this.options.env } as Record<string, string>
  }

  private current(): { app: ElectronApplication; page: Page } {
    if (this.running === undefined) throw new Error('The app does not run')
    return this.running
  }
}
