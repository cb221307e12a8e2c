import { createHash, randomUUID } from 'node:crypto'
import { open, readFile, rm, writeFile } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright'
import { ipRule } from '@shared/resources/ip-rule'
import { allRecords } from '@main/portsip/records'
import { FilesHost } from '@main/services/exports/files-host'
import { HashingSink } from '@main/services/exports/sink'
import { csvWriter } from '@main/services/exports/write/csv'
import { inTurn, median, print, timed } from './lib/figure'
import { startBenchServer } from './lib/practice-server'

const rules = 100_000
const columns = ipRule.fields.map(({ key, label }) => ({ key, label }))
const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
const file = join(folder, 'rules.csv')
const server = await startBenchServer({ rules })

/** As the app writes an export: hashed while the pages come. */
async function exportCsv(): Promise<void> {
  const handle = await open(file, 'w')
  const sink = new HashingSink(handle, file)
  const writer = csvWriter(sink, columns)
  for await (const rows of allRecords(server.client, ipRule, {})) await writer.write(rows)
  await writer.end()
  await sink.end()
  await handle.sync()
  await handle.close()
}

async function fetchAll(): Promise<void> {
  for await (const rows of allRecords(server.client, ipRule, {})) if (rows.length === 0) throw new Error('No rows')
}

await exportCsv()
const bytes = await readFile(file)
const plain = join(folder, 'plain.csv')
async function fetchAndWrite(): Promise<void> {
  await fetchAll()
  const handle = await open(plain, 'w')
  await handle.write(bytes)
  await handle.sync()
  await handle.close()
}
const csv = await inTurn(
  3,
  () => timed(fetchAndWrite),
  () => timed(exportCsv),
)
print({ name: '100,000 rows to CSV / the fetch and a plain write', unit: 'ms', ...csv })
server.stop()

const files = new FilesHost()
const { viewId } = await files.open(file, 'csv')
const lines = bytes.toString('utf8').toLowerCase().split('\r\n')
/** What a person types, one key after the other. */
const keystrokes = ['s', 'si', 'sip', 'sip ', 'sip s', '4', '41', '41.', '41.2', '41.20']
const bare = (): Promise<number> =>
  timed(() => keystrokes.map((word) => lines.filter((line) => line.includes(word)).length))
const typed = (): Promise<number> =>
  timed(async () => {
    for (const search of keystrokes) await files.rows(viewId, { search, offset: 0, limit: 100 })
  })
await typed()
const filter = await inTurn(7, bare, typed)
const each = { limit: filter.limit / keystrokes.length, app: filter.app / keystrokes.length }
print({ name: 'filter keystroke over 100,000 rows / a bare array pass', unit: 'ms', ...each })
await files.close(viewId)

/** The whole way in the real window: from the click on the export to its first painted rows. */
async function opened(): Promise<{ readonly rows: number; readonly frames: number }> {
  const profile = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
  const manifest = {
    version: 1,
    id: randomUUID(),
    file: 'rules.csv',
    resource: 'ip-rules',
    format: 'csv',
    server: { id: 'bench', name: 'Bench', address: server.url },
    user: 'admin',
    role: 'SystemAdmin',
    pbxVersion: '22.2',
    exportedAt: new Date().toISOString(),
    scope: { kind: 'all' },
    rows: rules,
    columns,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  }
  await writeFile(`${file}.manifest.json`, JSON.stringify(manifest))
  const settings = {
    version: 1,
    theme: 'system',
    libraryFolder: folder,
    tables: {},
    collapsedFolders: [],
    sidebarWidth: 280,
  }
  await writeFile(join(profile, 'settings.json'), JSON.stringify(settings))
  const env = { ...process.env, PBX_FLEET_PROFILE: profile } as Record<string, string>
  // No `executablePath`: see `FleetApp.attach` in the end-to-end tests.
  const app = await _electron.launch({ args: [process.cwd()], env })
  const page = await app.firstWindow()
  await page.locator('html[data-app-state="ready"]').waitFor()
  // The loader that runs this file names inner functions through a helper, which the page lacks.
  await page.evaluate('globalThis.__name = (named) => named')
  const times: number[] = []
  const frames: number[] = []
  for (let round = 0; round < 5; round++) {
    frames.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) =>
            requestAnimationFrame((began) =>
              requestAnimationFrame(() =>
                requestAnimationFrame(() => requestAnimationFrame((ended) => resolve(ended - began))),
              ),
            ),
          ),
      ),
    )
    await page.evaluate(() => void (location.hash = '#/exports'))
    await page.locator('[data-page="exports"][data-state="ready"]').waitFor()
    times.push(
      await page.evaluate(
        (id) =>
          new Promise<number>((resolve) => {
            const began = performance.now()
            const look = (): void => {
              const rows = document.querySelectorAll('[data-page="export-view"] [role="row"] [role="gridcell"]')
              if (rows.length === 0) requestAnimationFrame(look)
              else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)))
            }
            location.hash = `#/exports/view/${id}`
            look()
          }),
        manifest.id,
      ),
    )
  }
  await app.close()
  await rm(profile, { recursive: true, force: true })
  return { rows: median(times), frames: median(frames) }
}

const reads: number[] = []
const parses: number[] = []
/** The least that tells the cells of these rows apart, and the hash that says whether they are intact. */
async function parseAndHash(): Promise<void> {
  const content = await readFile(file)
  const cells = content
    .toString('utf8')
    .split('\r\n')
    .map((line) => line.split(','))
  if (cells.length < rules || createHash('sha256').update(content).digest('hex') === '') throw new Error('No rows')
}
for (let round = 0; round < 7; round++) {
  reads.push(await timed(() => readFile(file)))
  parses.push(await timed(parseAndHash))
}
const { rows, frames } = await opened()
const opening = 'opening 100,000 rows to the first painted ones'
print({ name: `${opening} / reading the bytes`, unit: 'ms', limit: median(reads), app: rows })
print({
  name: `${opening} / parsing and hashing the bytes and three frames`,
  unit: 'ms',
  limit: median(parses) + frames,
  app: rows,
})
await rm(folder, { recursive: true, force: true })
