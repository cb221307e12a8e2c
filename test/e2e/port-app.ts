import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from 'playwright'
import { expect } from 'playwright/test'
import { appFolder, executable } from './fleet-app'

/** The app, driven through Chromium's port, which can be let go of: while a debugger is attached, Chromium never says that a page hangs. */
export interface PortApp {
  attach(): Promise<Page>
  detach(): Promise<void>
  /** Waits until the window is called so, which needs no answer of its page. */
  isTitled(text: string): Promise<void>
  stop(): Promise<void>
}

/** Starts it on this profile, which goes with it; native dialogs take these answers. */
export async function startOnPort(profile: string, answers: readonly number[]): Promise<PortApp> {
  const dialogs = join(profile, 'test-dialogs.json')
  await writeFile(dialogs, JSON.stringify(answers))
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // Another test's window may cover this one, and Chromium does not ask whether a page answers that nobody sees.
  const seen = '--disable-backgrounding-occluded-windows'
  const app = spawn(executable(), [...switches, seen, '--disable-gpu', '--remote-debugging-port=0', appFolder], {
    env: { ...process.env, PBX_FLEET_PROFILE: profile, PBX_FLEET_TEST_DIALOGS: dialogs },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(app, 'close')
  let browser: Browser | undefined
  const stop = async (): Promise<void> => {
    app.kill('SIGTERM')
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: app.stderr }).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => reject(new Error('The app ended before its window could be reached')))
  })
  // Attaching while the document is being committed may wait for ever: its title says that it is there.
  const titles = async (): Promise<readonly string[]> => {
    const targets = await fetch(`http://${new URL(endpoint).host}/json/list`)
    return ((await targets.json()) as readonly { readonly title: string }[]).map(({ title }) => title)
  }
  const isTitled = (text: string): Promise<void> => expect.poll(titles).toContainEqual(expect.stringContaining(text))
  return {
    stop,
    isTitled,
    async attach() {
      await isTitled('PBX Fleet')
      browser = await chromium.connectOverCDP(endpoint)
      const [context] = browser.contexts()
      if (context === undefined) throw new Error('The app has no window')
      const page = context.pages()[0] ?? (await context.waitForEvent('page'))
      await page.locator('html[data-app-state="ready"]').waitFor()
      return page
    },
    detach: async () => browser?.close(),
  }
}
