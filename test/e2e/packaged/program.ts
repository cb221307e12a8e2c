import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { ChromiumPort } from '../chromium-port'

/** What `npm run package` makes. */
export const releaseFolder = resolve('dist/linux-unpacked')
/** The same program, built so that a test may drive it. */
export const smokeFolder = resolve('test-results/smoke/linux-unpacked')

export const executableIn = (folder: string): string => join(folder, 'pbx-fleet')

interface Running {
  readonly child: ChildProcess
  /** Its configuration folder. */
  readonly config: string
  /** What it printed on stderr so far. */
  stderr(): string
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
}

interface StartOptions {
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly stdio?: StdioOptions
  /** A command that runs the program. */
  readonly within?: readonly string[]
}

/** Starts a packaged program as a user would, apart from root's switch, and lets `work` use it; afterwards it and its configuration are gone. */
export async function withProgram<T>(
  executable: string,
  { args = [], env = {}, stdio = ['ignore', 'ignore', 'pipe'], within = [] }: StartOptions,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  await access(executable)
  const config = await mkdtemp(join(tmpdir(), 'pbx-fleet-packaged-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const [command = '', ...commandArgs] = [...within, executable, ...sandbox, ...args]
  const child = spawn(command, commandArgs, {
    env: { ...process.env, XDG_CONFIG_HOME: config, ...env },
    stdio,
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  let printed = ''
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  try {
    return await work({ child, config, stderr: () => printed, ended })
  } finally {
    child.kill('SIGTERM')
    await ended
    await rm(config, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Starts the smoke test's program; its inspector is off, so its page is driven through Chromium's port. */
export const withPage = (
  env: NodeJS.ProcessEnv,
  work: (page: Page) => Promise<void>,
  executable = executableIn(smokeFolder),
): Promise<void> =>
  withProgram(executable, { args: ['--remote-debugging-port=0'], env }, async ({ child }) => {
    if (child.stderr === null) throw new Error('The program has no stderr')
    const port = await ChromiumPort.of(child.stderr)
    await work(await port.attach())
  })
