import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { originalCell, safeCell } from '@main/services/exports/cell-safety'
import { readTable } from '@main/services/exports/read/read-file'
import { HashingSink } from '@main/services/exports/sink'
import { csvWriter } from '@main/services/exports/write/csv'
import { jsonlWriter } from '@main/services/exports/write/jsonl'
import type { MakeWriter } from '@main/services/exports/write/rows-writer'
import { xlsxBytes } from '@main/services/exports/write/xlsx'

const columns = ['cidr', 'description', 'id'].map((key) => ({ key, label: key }))
const hostile = [
  '=1+1',
  '+49 30',
  '-5',
  '@SUM(A1)',
  '\tx',
  '\rx',
  "'=1",
  "''@",
  "'plain",
  '"quoted"',
  'a,b;c',
  'line\nbreak',
  'crlf\r\nhere',
  '<b>x</b>',
  '\u202egnp.exe',
  '🦄',
  '_x0041_',
  '\u0000\u0001\u001f',
  '  spaces  ',
  '000123',
  '123456789012345678',
  'ünïcode',
  '\ud800',
]
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme' }) },
)
const table = fc.array(
  fc.record({ cidr: fc.string({ minLength: 1, unit: 'grapheme-ascii' }), description: cell, id: cell }),
  { minLength: 1, maxLength: 12 },
)
type Rows = readonly { readonly cidr: string; readonly description: string; readonly id: string }[]

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'fleet-exports-'))))
afterAll(() => rm(folder, { recursive: true }))

async function written(name: string, write: (sink: HashingSink) => Promise<void>): Promise<string> {
  const file = join(folder, name)
  const handle = await open(file, 'w')
  const sink = new HashingSink(handle, file)
  await write(sink)
  await sink.end()
  await handle.close()
  return file
}

const through = (name: string, make: MakeWriter) => (rows: Rows) =>
  written(name, async (sink) => {
    const writer = make(sink, columns)
    for (const row of rows) await writer.write([row])
    await writer.end()
  })

const cellsOf = (rows: Rows): readonly (readonly string[])[] => rows.map((row) => [row.cidr, row.description, row.id])
/** Files are UTF-8, which has no lone half of a pair. */
const wellFormed = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((value) => Buffer.from(value, 'utf8').toString('utf8')))

describe('what is written is read back the same', () => {
  test('a cell made safe never begins as a formula and gives its value back', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          cell,
          fc.string().map((text) => `'${text}`),
        ),
        (value) => {
          expect(safeCell(value)).not.toMatch(/^[=+\-@\t\r]/)
          expect(originalCell(safeCell(value))).toBe(value)
        },
      ),
    )
  })

  test('CSV', async () => {
    const write = through('a.csv', csvWriter)
    const property = fc.asyncProperty(table, async (rows) => {
      const read = await readTable(await write(rows), 'csv')
      expect(read.all()).toEqual(wellFormed(cellsOf(rows)))
      expect(read.notes).toEqual([])
    })
    await fc.assert(property)
  })

  test('JSON lines', async () => {
    const write = through('a.jsonl', jsonlWriter)
    const keys = columns.map(({ key }) => key)
    const property = fc.asyncProperty(table, async (rows) => {
      expect((await readTable(await write(rows), 'jsonl', keys)).all()).toEqual(cellsOf(rows))
    })
    await fc.assert(property)
  })

  test('XLSX', async () => {
    const property = fc.asyncProperty(table, async (rows) => {
      const cells = cellsOf(rows)
      const bytes = await xlsxBytes(
        columns.map(({ key }) => key),
        cells,
      )
      const file = await written('a.xlsx', (sink) => sink.write(bytes))
      expect((await readTable(file, 'xlsx')).all()).toEqual(
        wellFormed(cellsOf(rows)).map((row) => row.map((value) => value.replaceAll('\ufffd', '?'))),
      )
    })
    await fc.assert(property, { numRuns: 60 })
  })

  test('a cell of 1 MB', async () => {
    const rows = [{ cidr: '10.0.0.0/8', description: 'x'.repeat(1024 * 1024), id: '1' }]
    expect((await readTable(await through('big.csv', csvWriter)(rows), 'csv')).all()).toEqual(cellsOf(rows))
  })
})
