import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { ChromiumPort } from '../chromium-port'
import { test } from '../desktop'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { ServerForm } from '../pages/server-form'
import { SessionPage } from '../pages/session'
import { makeOwnNetwork, noOwnNetwork, type OwnNetwork } from './own-network'
import { executableIn, smokeFolder, withProgram } from './program'

test.skip(noOwnNetwork !== undefined, noOwnNetwork)

/** Main's clock runs as many times as fast: ten minutes are ten seconds. */
const clockRate = 60
const tokenSeconds = 300

/** A configuration folder, with one for documents: nothing of this computer's user is touched. */
async function withConfiguration(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-config-'))
  await mkdir(join(folder, 'documents'))
  await writeFile(join(folder, 'user-dirs.dirs'), `XDG_DOCUMENTS_DIR="${folder}/documents"\n`)
  await work(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function firstRun(page: Page, { serverUrl }: OwnNetwork): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Add a server/ })
    .click()
  const form = new ServerForm(page)
  await form.fill({ name: 'Acme', address: serverUrl })
  // Words for the spelling checker.
  await form.field('Notes').pressSequentially('Teh servr of Acme in Berlni ')
  await form.submit()
}

const countOf = ({ requests }: PracticePbx, wanted: string): number =>
  requests.filter(({ method, path }) => `${method} ${path}` === wanted).length

/** Idles on the board until the server was read in the background for ten minutes and the session was renewed twice. */
async function idle(page: Page, pbx: PracticePbx): Promise<void> {
  await page.clock.install()
  await page.reload()
  await page.locator('html[data-app-state="ready"]').waitFor()
  const [statuses, renewals] = [countOf(pbx, 'GET /admin/status'), countOf(pbx, 'POST /auth/refresh_token')]
  await page.clock.runFor(10 * 60_000)
  await expect.poll(() => countOf(pbx, 'GET /admin/status')).toBeGreaterThanOrEqual(statuses + 2)
  await expect.poll(() => countOf(pbx, 'POST /auth/refresh_token')).toBeGreaterThanOrEqual(renewals + 2)
}

test('the packaged program sends nothing to anyone but the servers of its workspace: first run, sign-in, export, ten minutes idle', async () => {
  const pbx = await startPracticePbx({ tokenSeconds })
  const network = await makeOwnNetwork(pbx.url)
  const args = [`--remote-debugging-port=${network.debuggingPort}`, `--smoke-test-clock=${clockRate}`]
  await withConfiguration(async (folder) => {
    const options = { within: network.within, args, env: { XDG_CONFIG_HOME: folder } }
    await withProgram(executableIn(smokeFolder), options, async ({ child }) => {
      if (child.stderr === null) throw new Error('The program has no stderr')
      const port = await ChromiumPort.of(child.stderr)
      const page = await port.attach()
      await firstRun(page, network)
      const session = new SessionPage(page)
      await session.trust()
      await session.signIn(pbx.password)
      await expect(session.overview).toBeVisible()
      await new IpRulesPage(page).open()
      await new ExportsPage(page).export('CSV')
      await expect.poll(() => readdir(join(folder, 'documents', 'PBX Fleet Exports'))).toHaveLength(2)
      await idle(page, pbx)
      await port.detach()
    })
    const { called, ...rest } = await network.report()
    expect(called).toBeGreaterThan(0)
    expect(rest).toEqual({ neighbors: [], datagrams: 0, connections: called })
  })
  await network.close()
  await pbx.close()
})
