import type { ChildProcess } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileLimits } from '@shared/limits/files'
import { FleetError } from '@shared/ipc/result'
import { FilesInProcesses } from '@main/services/exports/files-in-processes'
import { forkInNode } from '@test/fakes/files-child'
import { workbook } from '@test/fakes/workbook'
import { buildProgram } from '../unit/main/build-program'
import { temporaryFolder } from '../unit/main/storage/temporary'
import { counts, seed, testMs } from './settings'

/** Mostly small, as what is found is found by variety; one in a hundred is as large as it may be. */
const size = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 99, arbitrary: fc.integer({ min: 0, max: Math.min(most, 400) }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: most }) },
  )

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
const place = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 2_000_000 }))
  .map(([column, row]) => `${letters(column)}${row}`)
const text = fc.string({ maxLength: 12, unit: 'grapheme' }).map((value) => value.replace(/[<&]/g, ''))
const sheet = fc.array(fc.tuple(fc.oneof(fc.constantFrom('A1', 'B1', 'A2', 'C3'), place), text), { maxLength: 5 })
const farCells = sheet.map((cells) => workbook({ cells }))
const blanks = size(140 * 1024 * 1024).map((count) => workbook({ blanks: count }))
const shared = fc.tuple(size(3_000_000), size(100_000)).map(([length, count]) =>
  workbook({
    rows: '<row><c t="s"><v>0</v></c></row>'.repeat(count),
    sharedStrings: `<si><t>${'x'.repeat(length)}</t></si>`,
  }),
)
/** A part is missing or other bytes stand in it. */
const brokenZips = fc
  .tuple(
    farCells,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.uint8Array({ maxLength: 8 }),
  )
  .map(([bytes, at, end, other]) => {
    const begin = Math.floor(bytes.length * at)
    const broken = Buffer.from(bytes)
    broken.set(other.subarray(0, bytes.length - begin), begin)
    return end < 0.3 ? broken.subarray(0, Math.floor(bytes.length * end * 3)) : broken
  })
const separator = fc.constantFrom(',', ';', '"', '\n', '\r', '\r\n', '\u0000', '\t')
const wideCsv = fc.tuple(size(1_500_000), separator).map(([count, each]) => `a,b\n${`1${each}`.repeat(count)}\n`)
const longCsv = fc
  .tuple(size(1_500_000), fc.constantFrom('\n', 'a\n', 'a,b\n', ',\r\n', '"a"\r', '"\n'))
  .map(([count, row]) => `a,b\n${row.repeat(count)}`)
const soup = fc
  .tuple(fc.array(fc.oneof(separator, fc.constantFrom('cidr', 'é', ' ')), { maxLength: 40 }), size(50_000))
  .map(([parts, count]) => parts.join('').repeat(Math.ceil(count / 50)))
const longCell = size(3_000_000).map((length) => `a,b\n1,"${'x'.repeat(length)}"\n`)
const deep = fc
  .tuple(size(200_000), fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[1,', ']']))
  .map(([depth, [open = '', close = '']]) => `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`)
const wideJson = size(100_000).map(
  (count) => `{${Array.from({ length: count }, (_, at) => `"n${at}":${at}`).join(',')}}`,
)
const longJson = fc
  .tuple(
    size(1_200_000),
    fc.constantFrom('{}', '{"a":1}', '[]', '{"__proto__":1}', '{"a":{"b":[]}}', '{"toString":null}'),
  )
  .map(([count, line]) => `${line}\n`.repeat(count))

const file = fc.oneof(
  ...[farCells, blanks, shared, brokenZips].map((bytes) => bytes.map((content) => ({ name: 'a.xlsx', content }))),
  ...[wideCsv, longCsv, soup, longCell].map((csv) => csv.map((content) => ({ name: 'a.csv', content }))),
  ...[deep, wideJson, longJson].map((lines) => lines.map((content) => ({ name: 'a.jsonl', content }))),
)

/** The most memory that a process had, as Linux tells it. */
function highWater({ pid = 0 }: ChildProcess): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    // It has ended, or this is another system.
    return 0
  }
}

it(
  'the app survives more than a thousand hostile files, names what is wrong with each, and opens a good one in between',
  { timeout: testMs },
  async () => {
    const { program, remove } = await buildProgram(
      fileURLToPath(new URL('../../src/main/services/exports/files-program.ts', import.meta.url)),
    )
    const children: ChildProcess[] = []
    const reader = new FilesInProcesses(() => forkInNode(program, children))
    const folder = temporaryFolder()
    const good = join(folder, 'good.csv')
    writeFileSync(good, 'cidr,target\n10.0.0.0/8,DENY\n')
    let opened = 0

    const failed = (error: unknown): undefined => {
      if (!(error instanceof FleetError)) throw error
      expect(error.detail.code).toBe('damaged')
      expect(error.detail.hint).toBeTruthy()
    }
    const property = fc.asyncProperty(file, fc.boolean(), async ({ name, content }, importing) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      let answered = false
      setImmediate(() => (answered = true))
      if (importing) await reader.readImport(path).catch(failed)
      else {
        const table = await reader.open(path).catch(failed)
        if (table !== undefined) {
          opened += 1
          expect(table.columns.length).toBeLessThanOrEqual(fileLimits.view.columns)
          await reader.rows(table.viewId, { offset: 0, limit: 100, search: 'x' }).catch(failed)
          await reader.close(table.viewId)
        }
      }
      // Only the last process is still needed; the others were ended, or ended alone.
      for (const { killed, exitCode, signalCode } of children.splice(0, children.length - 1))
        expect([killed, exitCode, signalCode]).not.toEqual([false, null, null])
      const [child] = children
      if (child !== undefined) expect(highWater(child)).toBeLessThan(fileLimits.processMegabytes * 1024 * 1024 * 1.25)
      // The app does other work while a file is read.
      expect(answered).toBe(true)
      const { viewId, count } = await reader.open(good)
      expect(count).toBe(1)
      await reader.close(viewId)
    })
    try {
      await fc.assert(property, { numRuns: counts.files, seed, endOnFailure: true })
    } finally {
      reader.stopAll()
      remove()
    }
    // Some of the files are legal.
    expect(opened).toBeGreaterThan(counts.files / 10)
  },
)
