import { open, readFile, rm } from 'node:fs/promises'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ipRule } from '@shared/resources/ip-rule'
import { allRecords } from '@main/portsip/records'
import { FilesHost } from '@main/services/exports/files-host'
import { HashingSink } from '@main/services/exports/sink'
import { csvWriter } from '@main/services/exports/write/csv'
import { inTurn, print, timed } from './lib/figure'
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

await rm(folder, { recursive: true, force: true })
