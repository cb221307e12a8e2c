import { readFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

// As many commas as semicolons in each row: both make columns.
const text = 'cidr;target,description\n198.51.100.0/24;DENY,one\n198.51.101.0/24;DENY,two\n'

test('the separator that was detected is shown, and another one reads the file again', async () => {
  harness = await ImportsHarness.start()
  const { imports, serverId } = harness
  const opened = await imports.read(serverId, 'ip-rules', await harness.file(text))
  expect(opened.separator).toBe(',')
  expect(opened.columns.map(({ name }) => name)).toEqual(['cidr;target', 'description'])
  const { importId, separator, columns, mapping } = await imports.setSeparator({ ...opened, separator: ';' })
  expect(separator).toBe(';')
  expect(columns.map(({ name }) => name)).toEqual(['cidr', 'target,description'])
  expect(mapping).toEqual(['cidr', null])
  await imports.map({ importId, mapping, fixed: { target: 'DENY' } })
  expect(harness.rowTexts(importId)).toEqual(['2 create', '3 create'])
})

test('rows that were changed, and a first row that is data, are there again when the separator is changed back', async () => {
  harness = await ImportsHarness.start()
  const { imports, serverId } = harness
  const { importId } = await imports.paste(serverId, 'ip-rules', 'cidr|target|a,b\n198.51.100.0/24|DENY|c,d\n')
  const { mapping } = await imports.setSeparator({ importId, separator: '|' })
  await imports.map({ importId, mapping })
  await imports.change({ importId, rows: ['2'], values: { cidr: '198.51.101.0/24' } })
  imports.setFirstRow({ importId, isHeader: false })
  expect((await imports.setSeparator({ importId, separator: ';' })).isFirstRowHeader).toBe(true)
  expect((await imports.setSeparator({ importId, separator: '|' })).isFirstRowHeader).toBe(false)
  await imports.map({ importId, mapping: imports.setFirstRow({ importId, isHeader: true }).mapping })
  expect(harness.rows(importId)[0]).toMatchObject({ cidr: '198.51.101.0/24' })
})

test('a list of addresses has no separator until one is selected, and can be a list again', async () => {
  harness = await ImportsHarness.start()
  const { imports, serverId } = harness
  const listed = await imports.paste(serverId, 'ip-rules', '198.51.100.0/24 ; one\n203.0.113.0/24 ; two\n')
  const { importId, separator, detected } = listed
  expect({ separator, detected }).toEqual({ separator: undefined, detected: '' })
  expect(await imports.setSeparator({ importId, separator: ',' })).toMatchObject({ detected: '', separator: ',' })
  expect(await imports.setSeparator({ importId, separator: '' })).toEqual(listed)
})

test('a separator that the file names can be selected again, and no other one beside those that are offered', async () => {
  harness = await ImportsHarness.start()
  const { imports, serverId } = harness
  const named = await imports.paste(serverId, 'ip-rules', 'sep=^\ncidr^target\n198.51.100.0/24^DENY\n')
  const { importId } = named
  expect(named).toMatchObject({ separator: '^', detected: '^' })
  await imports.setSeparator({ importId, separator: ';' })
  expect(await imports.setSeparator({ importId, separator: '^' })).toEqual(named)
  await expect(imports.setSeparator({ importId, separator: '!' })).rejects.toThrow('not offered')
})

test.each([
  [';', ';'],
  ['|', '|'],
  ['\t', ','],
])('invalid rows of a file separated by %j are saved separated by %j', async (separator, saved) => {
  harness = await ImportsHarness.start()
  const text = `cidr,target\n300.1.1.1,DENY\n`.replaceAll(',', separator)
  const { file } = await harness.plan(text)
  const path = `${await harness.file('')}.saved.csv`
  await harness.imports.save({ importId: file.importId, which: 'wrong', path })
  const [header] = (await readFile(path, 'utf8')).split('\r\n')
  expect(header).toBe('\ufeffcidr,target,import_row,import_outcome,import_reason'.replaceAll(',', saved))
})
