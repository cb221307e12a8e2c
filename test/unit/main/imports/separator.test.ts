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

test('copied rows can be read with another separator, and a row that was changed is as it was copied', async () => {
  harness = await ImportsHarness.start()
  const { imports, serverId } = harness
  const { importId } = await imports.paste(serverId, 'ip-rules', 'cidr|target\n198.51.100.0/24|DENY\n')
  const { mapping } = await imports.setSeparator({ importId, separator: '|' })
  await imports.map({ importId, mapping })
  await imports.change({ importId, rows: ['2'], values: { cidr: '198.51.101.0/24' } })
  await imports.map({ importId, mapping: (await imports.setSeparator({ importId, separator: '|' })).mapping })
  expect(harness.rows(importId)[0]).toMatchObject({ cidr: '198.51.100.0/24' })
})

test('a list of addresses has no separator until one is selected', async () => {
  harness = await ImportsHarness.start()
  const { imports, serverId } = harness
  const { importId, separator } = await imports.paste(serverId, 'ip-rules', '198.51.100.0/24\n203.0.113.0/24\n')
  expect(separator).toBeUndefined()
  expect((await imports.setSeparator({ importId, separator: ';' })).rows).toBe(2)
})
