import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { ipRule } from '@shared/resources/ip-rule'
import { suggestMapping, withFirstRow } from '@main/services/imports/mapping'
import { parseCopied, readImport } from '@main/services/imports/read-import'
import { ExportsHarness } from '../exports/harness'
import { temporaryFolder } from '../storage/temporary'

const saved = (name: string, content: string | Buffer): string => {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

async function workbookOf(rows: readonly (readonly (string | number | boolean | Date | null)[])[]): Promise<string> {
  const path = join(temporaryFolder(), 'rows.xlsx')
  const cells = rows.map((row) =>
    row.map((value) => (value instanceof Date ? { value, format: 'yyyy-mm-dd hh:mm' } : { value })),
  )
  await writeXlsxFile(cells as never, { sheet: 'Rules' }).toFile(path)
  return path
}

describe('a workbook', () => {
  test('is read as CSV is: titles and blank rows are skipped, times have no zone', async () => {
    const path = await workbookOf([
      ['Our rules'],
      [null],
      ['IP address or range', 'Action', 'Expires', 'Description'],
      ['10.1.2.0/24', 'Block', new Date('2027-01-31T00:00:00Z'), 'a, "b"\nc'],
      [null],
      ['10.1.3.0/24', 'Allow', new Date('2027-01-31T18:30:00Z'), 42],
    ])
    expect(await readImport(path)).toMatchObject({
      header: ['IP address or range', 'Action', 'Expires', 'Description'],
      rows: [
        { line: 4, cells: ['10.1.2.0/24', 'Block', '2027-01-31', 'a, "b"\nc'] },
        { line: 6, cells: ['10.1.3.0/24', 'Allow', '2027-01-31 18:30:00', '42'] },
      ],
      notes: ['Row skipped as a comment or title: Our rules'],
    })
    expect(await readImport(path)).not.toHaveProperty('separator')
    expect(await readImport(path)).toHaveProperty('isStructured', true)
  })

  test('with one column is a list of addresses', async () => {
    const path = await workbookOf([['# scanners'], ['192.0.2.1'], ['198.51.100.0/24']])
    expect(await readImport(path)).toMatchObject({
      rows: [{ cells: ['192.0.2.1'] }, { cells: ['198.51.100.0/24'] }],
      notes: ['Row skipped as a comment or title: # scanners'],
    })
  })

  test('that is cut is refused', async () => {
    await expect(readImport(saved('cut.xlsx', Buffer.from('PK\x03\x04cut')))).rejects.toThrow('XLSX')
  })
})

describe('the text of a file', () => {
  const text = 'name,domain\nMüller – “Söhne”,mueller.example\n'
  const expected = { header: ['name', 'domain'], rows: [{ cells: ['Müller – “Söhne”', 'mueller.example'] }] }
  const windows = Buffer.from(text.replace('–', '\x96').replace('“', '\x93').replace('”', '\x94'), 'latin1')
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as “Unicode text” of a spreadsheet', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without its mark', Buffer.from(text, 'utf16le')],
  ])('is read in %s', async (_, bytes) =>
    expect(await readImport(saved('names.csv', bytes))).toMatchObject({ ...expected, notes: [] }),
  )
  test('in Windows-1252 is read, and the note says so', async () =>
    expect(await readImport(saved('names.csv', windows))).toMatchObject({
      ...expected,
      notes: [expect.stringContaining('read as Windows-1252')],
    }))
  test('in Windows-1252 is refused where it has passwords', async () =>
    await expect(readImport(saved('names.csv', windows), { raw: true })).rejects.toThrow('CSV UTF-8'))
  test('in several encodings is refused', async () =>
    await expect(readImport(saved('names.csv', Buffer.concat([Buffer.from(text), windows])))).rejects.toThrow('UTF-8'))
})

describe('JSON', () => {
  const rules = [
    { cidr: '1.10.16.0/20', target: 'DENY', expire_at: null },
    { cidr: '2.56.0.0/24', target: 'ACCEPT', description: 'two', other: [1] },
  ]
  const expected = {
    header: ['cidr', 'target', 'expire_at', 'description', 'other'],
    rows: [
      { line: 1, cells: ['1.10.16.0/20', 'DENY', '', '', ''] },
      { line: 2, cells: ['2.56.0.0/24', 'ACCEPT', '', 'two', '[1]'] },
    ],
    notes: [],
  }
  test.each([
    ['lines', rules.map((rule) => JSON.stringify(rule)).join('\r\n')],
    ['a list', JSON.stringify(rules, undefined, 2)],
    ['an answer of the API', JSON.stringify({ count: 2, items: rules })],
  ])('%s are rows', (_, text) => expect(parseCopied(text)).toEqual({ ...expected, isStructured: true }))

  test('lines without any of the fields tell about the file and are skipped', () => {
    const text = '{"cidr":"1.10.16.0/20","sblid":"SBL1"}\n{"type":"metadata","records":1}\n'
    expect(parseCopied(text)).toMatchObject({
      header: ['cidr', 'sblid'],
      rows: [{ cells: ['1.10.16.0/20', 'SBL1'] }],
      notes: ['Row skipped as a comment or title: {"type":"metadata","records":1}'],
    })
  })

  test('a first line without any of the fields of the others is skipped, and no row is', () => {
    const text = '{"type":"metadata","records":2}\n{"cidr":"1.10.16.0/20"}\n{"cidr":"1.10.32.0/20"}\n'
    expect(parseCopied(text)).toMatchObject({
      header: ['cidr'],
      rows: [
        { line: 2, cells: ['1.10.16.0/20'] },
        { line: 3, cells: ['1.10.32.0/20'] },
      ],
      notes: ['Row skipped as a comment or title: {"type":"metadata","records":2}'],
    })
  })

  test('a line between others without any of their fields is a row', () =>
    expect(parseCopied('{"cidr":"1.10.16.0/20"}\n{"range":"2.0.0.0/8"}\n{"cidr":"1.10.32.0/20"}')).toMatchObject({
      header: ['cidr', 'range'],
      rows: [{ line: 1 }, { line: 2, cells: ['', '2.0.0.0/8'] }, { line: 3 }],
      notes: [],
    }))

  test('a line that is cut is a row that cannot be imported, and the others are read', () =>
    expect(parseCopied('{"cidr":"1.10.16.0/20"}\n{"cidr":"2.56')).toMatchObject({
      rows: [{ line: 1 }, { line: 2, problem: 'Row 2 is not a JSON object.' }],
    }))

  test('a list of texts is a list of addresses', () =>
    expect(parseCopied('["192.0.2.1", "198.51.100.0/24"]')).toMatchObject({
      header: [''],
      rows: [{ cells: ['192.0.2.1'] }, { cells: ['198.51.100.0/24'] }],
    }))

  test('fields of an object have columns, as in an export', () =>
    expect(parseCopied('{"name":"Nord","e164":{"enabled":true,"prefix":"49"},"hours":{"mo":[1]}}')).toMatchObject({
      header: ['name', 'e164.enabled', 'e164.prefix', 'hours'],
      rows: [{ cells: ['Nord', 'true', '49', '{"mo":[1]}'] }],
    }))

  test('nested without end is refused', () =>
    expect(() => parseCopied(`[{"a":${'['.repeat(500)}${']'.repeat(500)}}]`)).toThrow('100 levels'))

  test('an address in brackets is no JSON', () =>
    expect(parseCopied('[2001:db8::1]\n[2001:db8::2]').rows).not.toHaveLength(0))
})

test.each(['xlsx', 'jsonl'] as const)('an export of rules as %s is imported as its CSV is', async (format) => {
  const folder = temporaryFolder()
  const exports = await ExportsHarness.start(folder, { rules: 3 })
  onTestFinished(() => exports.close())
  exports.pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: "'=1, 'quoted'" })
  const read = async (ending: string) => {
    const file = join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) ?? '')
    const { header, rows } = withFirstRow(await readImport(file), ipRule.fields)
    return rows.map(({ cells }) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])))
  }
  await exports.run('csv')
  await exports.run(format)
  const wanted = await read('.csv')
  expect(wanted).toHaveLength(4)
  expect(await read(`.${format}`)).toEqual(wanted)
})

test.each(['Valid until', 'Expiry date', 'GÜLTIG BIS'])('a column %s has the ends of rules', (name) => {
  const file = parseCopied(`IP address,Action,${name}\n10.1.2.0/24,Block,2027-01-31\n`)
  expect(suggestMapping(file, ipRule.fields)).toEqual(['cidr', 'target', 'expire_at'])
})
