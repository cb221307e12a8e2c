import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FleetError } from '@shared/ipc/result'
import { readTable } from '@main/services/exports/read/read-file'
import { workbook } from '@test/fakes/workbook'
import { inTurn, print, timed } from './lib/figure'

const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const megabyte = 1024 * 1024
const rows = 100_000

function put(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

async function refused(file: string): Promise<void> {
  const outcome: unknown = await readTable(file).catch((error: unknown) => error)
  if (!(outcome instanceof FleetError) || outcome.detail.code !== 'damaged') throw new Error('It was not refused')
}

const lines = Array.from({ length: rows }, (_, at) => JSON.stringify({ cidr: `10.0.0.0/${at}`, target: 'DENY', at }))
const legal = put('legal.jsonl', `${lines.join('\n')}\n`)
const parseLines = () => timed(() => JSON.parse(`[${lines.join(',')}]`) as unknown)
const read = () =>
  timed(async () => {
    if ((await readTable(legal)).count !== rows) throw new Error('Rows are missing')
  })
print({ name: `${rows} JSON lines read as a table / JSON.parse`, unit: 'ms', ...(await inTurn(5, parseLines, read)) })

/** JSON of as many bytes, all of it one value within another list. */
const parse = (bytes: number) => () => timed(() => JSON.parse(`[${'0,'.repeat(bytes / 2)}0]`) as unknown)

const wide = put('wide.csv', `a,b\n${'1,'.repeat(8 * megabyte)}\n`)
const wideFigures = await inTurn(5, parse(16 * megabyte), () => timed(() => refused(wide)))
print({ name: '8 million cells in one row refused / JSON.parse', unit: 'ms', ...wideFigures })

// Unpacked it has 100 MB of blanks behind its one cell, which is far outside.
const far = put('far.xlsx', workbook({ blanks: 100 * megabyte, cells: [['XFD1048576', 'x']] }))
const farFigures = await inTurn(3, parse(100 * megabyte), () => timed(() => refused(far)))
print({ name: '100 MB in a workbook refused / JSON.parse', unit: 'ms', ...farFigures })
