import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { FilesInProcesses } from '@main/services/exports/files-in-processes'
import { describeForLog } from '@main/services/redact'
import { forkInNode } from '@test/fakes/files-child'
import { workbook } from '@test/fakes/workbook'
import { buildProgram } from '../build-program'
import { temporaryFolder } from '../storage/temporary'

// Large files take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

let program = ''
let children: ChildProcess[] = []
let files: FilesInProcesses
let folder = ''

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../../../src/main/services/exports/files-program.ts', import.meta.url))
  const built = await buildProgram(entry)
  program = built.program
  return built.remove
}, 60_000)

const start = (limits = {}, megabytes?: number, locale?: string): void => {
  children = []
  folder = temporaryFolder()
  files = new FilesInProcesses(() => forkInNode(program, children, megabytes, locale), limits)
}
afterEach(() => files.stopAll())

const failure = async (work: Promise<unknown>): Promise<FleetError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof FleetError) return error
  throw new Error('It did not fail with a FleetError')
}

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}
const writeGood = (): string => write('good.csv', 'cidr,target\n10.0.0.0/8,DENY\n')
/** Takes a while, as its lines are uneven. */
const writeLarge = (): string => write('large.csv', `a,b\n${'1\n'.repeat(900_000)}`)

it('a fault of ours in the process is for the log, and the window gets one sentence', async () => {
  start()
  const { viewId, count } = await files.open(writeGood())
  expect(count).toBe(1)
  const wrong = { query: {}, columns: undefined as unknown as readonly string[] }
  const error = await failure(files.copy(viewId, wrong))
  expect(error.detail).toMatchObject({ code: 'internal', message: 'Internal error of the app' })
  expect(describeForLog(error)).toMatch(/TypeError/)
  expect(JSON.stringify(error.detail)).not.toMatch(/TypeError/)
})

describe('a file beyond a limit says which, and the next file opens', () => {
  const far = workbook({
    cells: [
      ['A1', 'cidr'],
      ['XFD1048576', 'x'],
    ],
  })
  const header = 'cidr,target\n'
  it.each([
    ['far.xlsx', far, /17,179,869,184 cells \(1,048,576 rows and 16,384 columns\)\. The limit is 5,000,000/],
    [
      'blanks.xlsx',
      () => workbook({ blanks: 130 * 1024 * 1024 }),
      /more than 128 MB when unpacked\. The limit is 128 MB/,
    ],
    ['cut.xlsx', far.subarray(0, 500), /not a whole XLSX workbook/],
    ['small-letters.xlsx', workbook({ cells: [['a1', 'cidr']] }), /a cell has the place "a1"/],
    ['no-row.xlsx', workbook({ cells: [['A0', 'cidr']] }), /a cell has the place "A0"/],
    ['wide.csv', `${'a,'.repeat(999_999)}a\n`, /1,000,000 columns.*The limit is 256/],
    ['wide-row.csv', `a,b\n1\n${','.repeat(300)}\n`, /301 columns in row 3\. The limit is 256/],
    ['long.csv', `${header}${'1\n'.repeat(1_000_002)}`, /more than 1,000,000 rows/],
    ['regular.csv', `${header}${'1,2\n'.repeat(1_000_002)}`, /more than 1,000,000 rows/],
    ['blank-lines.csv', `${header}${'\n'.repeat(2_000_001)}`, /more than 2,000,000 lines/],
    ['cell.csv', `${header}1,"${'x'.repeat(2_000_001)}"\n`, /a cell of 2,000,001 characters in row 2/],
    ['open.csv', `${header}\n1,"2`, /quoted cell is not closed \(row 3\)/],
    [
      'names.jsonl',
      `{${Array.from({ length: 40_000 }, (_, at) => `"n${at}":1`).join(',')}}\n`,
      /40,000 columns in row 1/,
    ],
    ['other-names.jsonl', Array.from({ length: 257 }, (_, at) => `{"n${at}":1}`).join('\n'), /257 columns/],
    [
      'deep.jsonl',
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`,
      /nested more deeply in line 1\. The limit is 100 levels/,
    ],
  ])('%s', async (name, content, message) => {
    start()
    const error = await failure(files.open(write(name, typeof content === 'function' ? content() : content)))
    expect(error.detail).toMatchObject({ code: 'damaged', message: expect.stringMatching(message) as string })
    expect((await files.open(writeGood())).count).toBe(1)
  })
})

it('numbers in messages of the process are in the locale of the system', async () => {
  start({}, undefined, 'de-AT@euro')
  const error = await failure(files.open(write('names.csv', `${'a,'.repeat(39_999)}a\n`)))
  expect(error.detail.message).toBe('The file has 40\u00a0000 columns. The limit is 256.')
})

it('a cell with an error of the spreadsheet is shown as its text, and its row stays', async () => {
  start()
  const row = (at: number, cells: string): string => `<row r="${at}">${cells}</row>`
  const rows = [
    row(1, '<c r="A1" t="inlineStr"><is><t>cidr</t></is></c><c r="B1" t="inlineStr"><is><t>note</t></is></c>'),
    row(2, '<c r="A2" t="inlineStr"><is><t>10.0.0.0/8</t></is></c><c r="B2" s="1" t="e"><v>#REF!</v></c>'),
    row(3, `<c t='e' r="A3"><f>1/0</f><v>#DIV/0!</v></c>`),
  ]
  const { viewId, count } = await files.open(write('errors.xlsx', workbook({ rows: rows.join('') })))
  expect(count).toBe(2)
  const { items } = await files.rows(viewId, { offset: 0, limit: 10 })
  expect(items).toMatchObject([{ cidr: '10.0.0.0/8', note: '#REF!' }, { cidr: '#DIV/0!' }])
})

describe('a process', () => {
  it('is ended by Cancel while it is busy, and the next file opens', async () => {
    start()
    const abort = new AbortController()
    const opening = failure(files.open(writeLarge(), undefined, undefined, abort.signal))
    const [child] = children
    if (child === undefined) throw new Error('No process')
    const exit = once(child, 'exit')
    abort.abort()
    expect((await opening).detail.code).toBe('cancelled')
    await exit
    expect((await files.open(writeGood())).count).toBe(1)
    const canceledImport = failure(files.readImport(writeLarge(), AbortSignal.abort()))
    expect((await canceledImport).detail.code).toBe('cancelled')
    expect((await files.readImport(writeGood())).rows).toHaveLength(1)
  })

  it('that takes too long is ended and says so', async () => {
    start({ view: 0.01, import: 0.01 })
    for (const opening of [files.open(writeLarge()), files.readImport(writeLarge())])
      expect((await failure(opening)).detail.message).toBe(
        `The file could not be processed within the limit of ${printNumber(0.01)} s`,
      )
    for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })

  it('that dies fails its own table alone', async () => {
    start()
    const first = await files.open(writeGood())
    const second = await files.open(writeGood())
    const page = { offset: 0, limit: 10 }
    children[0]?.kill('SIGSTOP')
    const pending = failure(files.rows(first.viewId, page))
    children[0]?.kill('SIGKILL')
    expect((await pending).detail.message).toContain(
      `needed more than ${printNumber(1536)} MB of memory, or its reader failed`,
    )
    expect((await failure(files.rows(first.viewId, page))).detail.message).toBe('This export is no longer open')
    expect((await files.rows(second.viewId, page)).count).toBe(1)
  })

  it('that needs more memory than it may have dies alone', async () => {
    start({}, 200)
    const error = await failure(files.open(write('lists.jsonl', `{"a":[${'[{}],'.repeat(5_000_000)}1]}`)))
    expect(error.detail.message).toContain(`needed more than ${printNumber(1536)} MB of memory`)
    expect((await files.open(writeGood())).count).toBe(1)
  })

  it('serves one table after the other', async () => {
    start()
    for (let turn = 0; turn < 3; turn++) await files.close((await files.open(writeGood())).viewId)
    expect(children).toHaveLength(1)
  })

  it('of each table is ended or kept for the next when the page is gone', async () => {
    start()
    const tables = [await files.open(writeGood()), await files.open(writeGood())]
    await files.closeAll()
    const [ended = children[0], ...others] = children.filter(({ killed }) => killed)
    expect(others).toEqual([])
    if (ended?.exitCode === null && ended.signalCode === null) await once(ended, 'exit')
    const page = { offset: 0, limit: 10 }
    for (const { viewId } of tables)
      expect((await failure(files.rows(viewId, page))).detail.message).toBe('This export is no longer open')
    expect((await files.open(writeGood())).count).toBe(1)
    expect(children).toHaveLength(2)
  })
})

it('a page has no more text than the window can display', async () => {
  start()
  const rows = Array.from({ length: 40 }, (_, at) => `${at},${'x'.repeat(400_000)}`)
  const { viewId } = await files.open(write('texts.csv', `n,text\n${rows.join('\n')}\n`))
  const { items } = await files.rows(viewId, { offset: 0, limit: 40 })
  expect(items[0]?.['text']).toHaveLength(400_000)
  expect(items[39]?.['text']).toBe(`${'x'.repeat(200)}…`)
})
