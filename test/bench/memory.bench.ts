import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import keytar from 'keytar'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { emptyApp, memoryOf, projectFolder } from './lib/electron-process'
import { median, print } from './lib/figure'
import { startServers, trustedRecords } from './lib/practice-fleet'

/**
 * The memory of all processes of the app with 40 servers signed in and their 100,000 rules in one table, of which a person
 * has seen the first and the last rows.
 */
const count = 40
const rules = 2500
const rounds = 3
const service = 'PBX Fleet'
const waitMs = 180_000

async function withApp(
  folder: string,
  profile: string,
  use: (app: ElectronApplication, page: Page) => Promise<number>,
): Promise<number> {
  const app = await _electron.launch({
    args: [folder, `--user-data-dir=${profile}`],
    env: { ...(process.env as Record<string, string>), PBX_FLEET_PROFILE: profile },
  })
  try {
    const page = await app.firstWindow()
    page.setDefaultTimeout(waitMs)
    await page.waitForLoadState()
    return await use(app, page)
  } finally {
    await app.close()
  }
}

const memory = (app: ElectronApplication): Promise<number> => memoryOf(app.process().pid ?? 0)

async function openRules(app: ElectronApplication, page: Page): Promise<number> {
  await page.getByRole('navigation', { name: 'Fleet' }).getByRole('link', { name: 'IP rules', exact: true }).click()
  const table = page.getByRole('region', { name: 'IP rules of the fleet' })
  await table.getByRole('button', { name: `Sign in to ${count}` }).click()
  await table.getByText(`${(count * rules).toLocaleString('en')} rules`).waitFor()
  await table.getByText(`${count} of ${count} servers read`).waitFor()
  const grid = table.getByRole('grid')
  await grid.focus()
  await page.keyboard.press('End')
  await grid.locator(`[data-index="${count * rules - 1}"]`).waitFor()
  return memory(app)
}

const { announced, stop } = await startServers({ servers: count, rules, tenants: 2, latency: 0 })
const records = await trustedRecords(announced)
const profile = await mkdtemp(join(tmpdir(), 'fleet-bench-'))
const emptyProfile = await mkdtemp(join(tmpdir(), 'fleet-bench-'))
await writeFile(join(profile, 'workspace.json'), JSON.stringify({ version: 1, servers: records }))
for (const [at, { id }] of records.entries())
  await keytar.setPassword(service, `${id}:password`, announced[at]?.password ?? '')
const sizes = { empty: [] as number[], app: [] as number[] }
try {
  for (let round = 0; round < rounds; round += 1) {
    sizes.empty.push(await withApp(emptyApp, emptyProfile, memory))
    sizes.app.push(await withApp(projectFolder, profile, openRules))
  }
} finally {
  for (const { id } of records)
    for (const kind of ['password', 'refresh']) await keytar.deletePassword(service, `${id}:${kind}`)
  stop()
  await rm(profile, { recursive: true, force: true })
  await rm(emptyProfile, { recursive: true, force: true })
}
print({
  name: `memory of all processes (PSS) with ${count} servers and a table of ${count * rules} rows / empty window`,
  unit: 'MB',
  limit: median(sizes.empty),
  app: median(sizes.app),
})
