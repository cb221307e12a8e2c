import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { readXlsx } from '@main/services/exports/read/xlsx'
import { workbook, zip } from '@test/fakes/workbook'

const shared = '<si><t>cidr</t></si><si><t>10.0.0.0/8</t></si>'
const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
const good = workbook({ rows, sharedStrings: shared })

async function contentOf(bytes: Buffer): Promise<unknown> {
  try {
    const table = await readXlsx(bytes)
    return [table.columns, table.all()]
  } catch (error) {
    if (error instanceof FleetError && error.detail.code === 'damaged') return 'refused'
    throw error
  }
}

it('a workbook with one bit changed anywhere is refused or says the same', async () => {
  const whole = await contentOf(good)
  expect(whole).toEqual([[{ key: 'cidr', label: expect.any(String) as string }], [['10.0.0.0/8']]])
  const outcomes = new Map<string, number>()
  for (let at = 0; at < good.length; at++) {
    const changed = Buffer.from(good)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    const content = await contentOf(changed)
    if (content !== 'refused') expect(content, `byte ${at}`).toEqual(whole)
    const outcome = content === 'refused' ? 'refused' : 'same'
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  expect(outcomes.get('refused')).toBeGreaterThan(good.length / 2)
  expect(outcomes.get('same')).toBeGreaterThan(0)
})

it('of two parts with one name neither is taken for the right one', async () => {
  const sheet = 'xl/worksheets/sheet1.xml'
  const other = sheet.replace('1', '2')
  const parts = Object.fromEntries(Object.entries(unzipSync(good)).map(([name, part]) => [name, Buffer.from(part)]))
  const two = zip({ ...parts, [other]: String(parts[sheet]).replace('<v>1</v>', '<v>0</v>') })
  expect(await contentOf(two)).toEqual(await contentOf(good))
  const twice = Buffer.from(two.toString('latin1').replaceAll(other, sheet), 'latin1')
  expect(await contentOf(twice)).toBe('refused')
})

it('a workbook with many megabytes of blanks between its elements is refused before the library reads it for minutes', async () => {
  await expect(readXlsx(workbook({ blanks: 60 * 1024 * 1024 }))).rejects.toThrow(
    `more than ${printNumber(2_000_000)} blanks in a row`,
  )
  expect((await readXlsx(workbook({ blanks: 1_000_000 }))).all()).toHaveLength(1)
})
