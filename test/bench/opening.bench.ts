import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Page } from 'playwright'
import { ipRule } from '@shared/resources/ip-rule'
import { Ids } from '@demo/data/ids'
import { makeIpRules } from '@demo/data/ip-rules'
import { Random } from '@demo/random'
import { HashingSink } from '@main/services/exports/sink'
import { csvWriter } from '@main/services/exports/write/csv'
import { inTurn, print, timed } from './lib/figure'

const rules = 100_000
const columns = ipRule.fields.map(({ key, label }) => ({ key, label }))
const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
const profile = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
const file = join(folder, 'rules.csv')

async function writeExport(): Promise<string> {
  const handle = await open(file, 'w')
  const sink = new HashingSink(handle, file)
  const writer = csvWriter(sink, columns)
  await writer.write(makeIpRules(rules, new Random(1), new Ids(1), Date.now(), undefined) as never)
  await writer.end()
  const [sha256, { bytes }] = [await sink.end(), sink]
  await handle.close()
  const manifest = {
    ...{ version: 1, id: randomUUID(), file: 'rules.csv', resource: 'ip-rules', format: 'csv', rows: rules, columns },
    server: { id: 'bench', name: 'Bench', address: 'https://pbx.example.com:8887' },
    ...{ user: 'admin', role: 'SystemAdmin', pbxVersion: '22.2', exportedAt: new Date().toISOString() },
    ...{ scope: { kind: 'all' }, sha256, bytes },
  }
  await writeFile(`${file}.manifest.json`, JSON.stringify(manifest))
  const settings = { version: 1, theme: 'system', libraryFolder: folder, tables: {}, collapsedFolders: [] }
  await writeFile(join(profile, 'settings.json'), JSON.stringify({ ...settings, sidebarWidth: 280 }))
  return manifest.id
}

/** The least that tells the cells of these rows apart, and the hash that says whether they are intact. */
async function parseAndHash(): Promise<void> {
  const bytes = await readFile(file)
  const lines = bytes.toString('utf8').split('\r\n')
  const cells = lines.map((line) => line.split(','))
  if (cells.length < rules || createHash('sha256').update(bytes).digest('hex') === '') throw new Error('No rows')
}

const threeFrames = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [began, left] = [0, 3]
        const next = (at: number): void => {
          began ||= at
          if (left-- > 0) requestAnimationFrame(next)
          else resolve(at - began)
        }
        requestAnimationFrame(next)
      }),
  )

/** The whole way in the real window: from the click on the export to its first painted rows. */
async function opened(page: Page, id: string): Promise<number> {
  await page.evaluate(() => void (location.hash = '#/exports'))
  await page.locator('[data-page="exports"][data-state="ready"]').waitFor()
  return page.evaluate(
    (entry) =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const look = (): void => {
          const rows = document.querySelectorAll('[data-page="export-view"] [role="row"] [role="gridcell"]')
          if (rows.length === 0) requestAnimationFrame(look)
          else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)))
        }
        location.hash = `#/exports/view/${entry}`
        look()
      }),
    id,
  )
}

const id = await writeExport()
const env = { ...process.env, PBX_FLEET_PROFILE: profile } as Record<string, string>
// No `executablePath`: see `FleetApp.attach` in the end-to-end tests.
const app = await _electron.launch({ args: [process.cwd()], env })
const page = await app.firstWindow()
await page.locator('html[data-app-state="ready"]').waitFor()
// The loader that runs this file names inner functions through a helper, which the page lacks.
await page.evaluate('globalThis.__name = (named) => named')

const name = 'opening 100,000 rows to the first painted ones / parsing and hashing the bytes and three frames'
const figures = await inTurn(
  7,
  async () => (await timed(parseAndHash)) + (await threeFrames(page)),
  () => opened(page, id),
)
print({ name, unit: 'ms', ...figures })
await app.close()
for (const path of [folder, profile]) await rm(path, { recursive: true, force: true })
