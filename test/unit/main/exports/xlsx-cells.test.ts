import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSheet } from 'read-excel-file/node'
import { expect, onTestFinished, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { readTable } from '@main/services/exports/read/read-file'
import { workbook } from '@test/fakes/workbook'
import { temporaryFolder } from '../storage/temporary'
import { ExportsHarness } from './harness'

async function start(description: string) {
  const folder = temporaryFolder()
  const exports = await ExportsHarness.start(folder, { rules: 0 })
  onTestFinished(() => exports.close())
  exports.pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description })
  return { exports, folder }
}

test.each(['+49 30 9010', '=1+1', '-2', '@SUM(1)', "'=1+1"])(
  'a workbook has %s as it is, and so has the app when it opens it',
  async (description) => {
    const { exports, folder } = await start(description)
    expect(await exports.run('xlsx')).toMatchObject({ state: 'done' })
    const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.xlsx')) ?? '')
    const [header = [], row = []] = await readSheet(file)
    expect(row[header.indexOf('description')]).toBe(description)
    const table = await readTable(file, 'xlsx')
    expect(table.row(0)).toContain(description)
  },
)

test('a workbook of an earlier version is shown without the apostrophes that were put into it', async () => {
  const file = join(temporaryFolder(), 'earlier.xlsx')
  const cells = [
    ['A1', 'description'],
    ['A2', "'+49 30 9010"],
  ] as const
  writeFileSync(file, workbook({ cells }))
  expect((await readTable(file, 'xlsx')).row(0)).toEqual(['+49 30 9010'])
})

test('a text that is too long for a cell of a workbook is refused before anything is written, with its place', async () => {
  const { exports, folder } = await start('4'.repeat(32_768))
  const { state, error } = await exports.run('xlsx')
  expect(state).toBe('failed')
  expect(error?.message).toBe(
    `Row 2 has ${printNumber(32_768)} characters in the column Description. A cell of an Excel workbook has up to ${printNumber(32_767)}. Nothing was exported.`,
  )
  expect(error?.hint).toBe('Export as CSV or JSON lines, which have no such limit.')
  expect(readdirSync(folder)).toEqual([])
  expect(await exports.run('csv')).toMatchObject({ state: 'done' })
})

test('a text of the longest length that a cell may have is whole', async () => {
  const description = '4'.repeat(32_767)
  const { exports, folder } = await start(description)
  expect(await exports.run('xlsx')).toMatchObject({ state: 'done' })
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.xlsx')) ?? '')
  expect((await readTable(file, 'xlsx')).row(0)).toContain(description)
})
