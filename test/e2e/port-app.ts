import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { ChromiumPort } from './chromium-port'
import { appFolder, executable } from './fleet-app'

/** The app, driven through Chromium's port, which can be let go of: while a debugger is attached, Chromium never says that a page hangs. */
export interface PortApp {
  attach(): Promise<Page>
  detach(): Promise<void>
  /** Waits until the window is called so, which needs no answer of its page. */
  isTitled(text: string): Promise<void>
  stop(): Promise<void>
}

/** Starts it on this profile, which is removed with it; native dialogs take these answers, Electron these further switches. */
export async function startOnPort(
  profile: string,
  answers: readonly number[],
  further: readonly string[] = [],
): Promise<PortApp> {
  const dialogs = join(profile, 'test-dialogs.json')
  await writeFile(dialogs, JSON.stringify(answers))
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // Another test's window may cover this one, and Chromium does not ask whether a page answers that nobody sees.
  const seen = '--disable-backgrounding-occluded-windows'
  const args = [...switches, seen, '--disable-gpu', '--remote-debugging-port=0', ...further, appFolder]
  const app = spawn(executable(), args, {
    env: { ...process.env, PBX_FLEET_PROFILE: profile, PBX_FLEET_TEST_DIALOGS: dialogs },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(app, 'close')
  const port = await ChromiumPort.of(app.stderr)
  return {
    async attach() {
      const page = await port.attach()
      await page.locator('html[data-app-state="ready"]').waitFor()
      return page
    },
    detach: () => port.detach(),
    isTitled: (text) => port.isTitled(text),
    async stop() {
      app.kill('SIGTERM')
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
