import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { ChromiumPort } from '../chromium-port'

export const programFolder = resolve('dist/linux-unpacked')
export const executable = join(programFolder, 'pbx-fleet')

/** The packaged program with a configuration folder of its own; its inspector is off, so it is driven through Chromium's port. */
export interface PackagedProgram {
  readonly page: Page
  close(): Promise<void>
}

/** Starts it as a user would, apart from the port; `env` is laid over this process's. */
export async function startPackaged(env: NodeJS.ProcessEnv = {}): Promise<PackagedProgram> {
  await access(executable)
  const config = await mkdtemp(join(tmpdir(), 'pbx-fleet-packaged-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const program = spawn(executable, [...sandbox, '--remote-debugging-port=0'], {
    env: { ...process.env, XDG_CONFIG_HOME: config, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(program, 'close')
  const close = async (): Promise<void> => {
    program.kill('SIGTERM')
    await ended
    await rm(config, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const port = await ChromiumPort.of(program.stderr)
    return { page: await port.attach(), close }
  } catch (error) {
    await close()
    throw error
  }
}
