import { link, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { test } from '../desktop'
import { executableIn, smokeFolder, withPage } from './program'

const ready = { timeout: 30_000 }

test('the window opens and becomes usable', () =>
  withPage({}, async (page) => {
    await expect(page.locator('html')).toHaveAttribute('data-app-state', 'ready', ready)
    await expect(page).toHaveTitle(/PBX Fleet/)
    expect(new URL(page.url()).protocol).toBe('app:')
  }))

/** Electron takes a program of this name for a development build. */
const developmentName = join(smokeFolder, 'electron')

for (const [title, executable] of [
  ['as it is', executableIn(smokeFolder)],
  ['renamed to electron', developmentName],
] as const) {
  test(`the program ${title} ignores the variables for tests and development`, async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'pbx-fleet-elsewhere-'))
    await rm(developmentName, { force: true })
    await link(executableIn(smokeFolder), developmentName)
    const env = { PBX_FLEET_PROFILE: elsewhere, ELECTRON_RENDERER_URL: 'http://127.0.0.1:9/' }
    await withPage(
      env,
      async (page) => {
        await expect(page.locator('html')).toHaveAttribute('data-app-state', 'ready', ready)
        expect(page.url()).toMatch(/^app:/)
      },
      executable,
    )
    expect(await readdir(elsewhere)).toEqual([])
    await rm(elsewhere, { recursive: true })
  })
}
