import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { ipRule } from '@shared/resources/ip-rule'
import { jsonText, readJson } from '@main/services/imports/json-text'
import { suggestMapping, withFirstRow } from '@main/services/imports/mapping'
import { parseCopied, readImport } from '@main/services/imports/read-import'
import { ExportsHarness } from '../exports/harness'
import { temporaryFolder } from '../storage/temporary'

const saved = (name: string, content: string | Buffer): string => {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

async function workbookOf(
  rows: readonly (readonly (string | number | boolean | Date | null)[])[],
  format = 'yyyy-mm-dd hh:mm',
): Promise<string> {
  const path = join(temporaryFolder(), 'rows.xlsx')
  const cells = rows.map((row) => row.map((value) => (value instanceof Date ? { value, format } : { value })))
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
        { line: 4, cells: ['10.1.2.0/24', 'Block', '2027-01-31 00:00:00', 'a, "b"\nc'] },
        { line: 6, cells: ['10.1.3.0/24', 'Allow', '2027-01-31 18:30:00', '42'] },
      ],
      notes: ['Row skipped as a comment or title: Our rules'],
    })
    expect(await readImport(path)).not.toHaveProperty('separator')
    expect(await readImport(path)).toHaveProperty('isStructured', true)
  })

  test.each([
    ['yyyy-mm-dd', '2027-01-31'],
    ['d. mmmm yyyy', '2027-01-31'],
    ['"hours:" yyyy\\-mm\\-dd', '2027-01-31'],
    ['[$-409]dd/mm/yyyy', '2027-01-31'],
    ['dd.mm.yyyy hh:mm', '2027-01-31 00:00:00'],
    ['m/d/yy h:mm AM/PM', '2027-01-31 00:00:00'],
  ])('a day in the format %s is %s', async (format, text) => {
    const path = await workbookOf(
      [
        ['cidr', 'expires'],
        ['10.1.2.0/24', new Date('2027-01-31T00:00:00Z')],
      ],
      format,
    )
    expect(await readImport(path)).toMatchObject({ rows: [{ cells: ['10.1.2.0/24', text] }] })
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
    ['the only list of an object', JSON.stringify({ blocked_networks: rules })],
  ])('%s are rows', (_, text) => expect(parseCopied(text)).toEqual({ ...expected, isStructured: true }))

  test.each(['phones', 'rules', 'data', 'prefixes'])(
    'the list %s beside other values is a value of this record',
    (list) =>
      expect(parseCopied(`{"name":"a","${list}":[{"number":"1"}]}`)).toMatchObject({
        header: ['name', list],
        rows: [{ cells: ['a', '[{"number":"1"}]'] }],
      }),
  )

  test('an object with an empty list has no rows', () => expect(() => parseCopied('{"rules":[]}')).toThrow())

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
      rows: [{ line: 1 }, { line: 2, problem: 'Row 2 ends early.' }],
    }))

  test.each([
    ['a list', '\ufeff[{"cidr":"192.0.2.1"},{"cidr":"192.0.2.2"}]', ['cidr']],
    ['lines, each of them', '\ufeff{"cidr":"192.0.2.1"}\r\n\ufeff{"cidr":"192.0.2.2"}\n', ['cidr']],
    ['a list of texts', '\ufeff\ufeff \n["192.0.2.1","192.0.2.2"]', ['']],
    ['CSV', '\ufeff\ufeff"cidr"\n192.0.2.1\n192.0.2.2', ['cidr']],
  ])('%s with a byte order mark in front is read, as a file and copied', async (_, text, header) => {
    const expected = { header, rows: [{ cells: ['192.0.2.1'] }, { cells: ['192.0.2.2'] }] }
    expect(parseCopied(text)).toMatchObject(expected)
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect(await readImport(saved('marked.txt', Buffer.from(text, encoding)))).toMatchObject(expected)
  })

  test('with a byte order mark that is not valid is refused where it is wrong', () =>
    expect(() => parseCopied('\ufeff[{"cidr":"192.0.2.1"},\n{"cidr":01}]')).toThrow('not valid (line 2)'))

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

  test.each([
    '{"cidr":"2.56',
    '{"cidr":"1.10.16.0/20"',
    '[{"cidr":"1.10.16.0/20"},\n{"cidr":"2.56.0.0/24","n":tr',
    '{"count":2,"items":[{"cidr":"1.10.16.0/20"},',
    '[\n  {\n    "n": -',
    '["192.0.2.1", "198.51.100.0/24"',
    '[1, 2',
    '{"a":"\\u00',
    '[',
  ])('%j that is cut off is refused', (text) => expect(() => parseCopied(text)).toThrow('JSON ends early'))

  test.each([
    ["[{'cidr':'1.10.16.0/20'}]", 1],
    ['{"cidr":"1.10.16.0/20"},\n{"cidr":"2.56.0.0/24"},\n', 1],
    ['[{"cidr":"1.10.16.0/20"},\n{"cidr":01}]', 2],
    ['{\n"a":1\n}\n{\n"a":2\n}', 4],
  ])('%j is refused, and is no CSV', (text, line) =>
    expect(() => parseCopied(text)).toThrow(`its JSON is not valid (line ${line})`),
  )

  test('numbers keep all of their digits', () => {
    const numbers = [
      '4930123456789012345',
      '0.12345678901234567890',
      '1e400',
      '1000000000000000000000',
      '22.10',
      '7',
      '1e3',
    ]
    const lines = numbers.map((text) => `{"name":${text},"list":[${text}]}`)
    const file = parseCopied(`[${lines.join(',')}]`)
    expect(file.header).toEqual(['name', 'list'])
    expect(file.rows.map(({ cells }) => cells[0])).toEqual([...numbers.slice(0, -1), '1000'])
    expect(file.rows[0]?.cells[1]).toBe('[4930123456789012345]')
    expect(parseCopied('[4930123456789012345]').rows).toEqual([{ line: 1, cells: ['4930123456789012345'] }])
  })

  test.each([
    ['{"a.b":1,"a":{"b":2}}', 'a.b'],
    ['{"a":{"b":2},"c":1,"a.b":1}', 'a.b'],
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1,"b":2}}', 'b'],
    ['{"a":1,"a":2,"a":{"name":"a"}}', 'a'],
    ['{"id":1,"a":[{"b":1},{"b":1,"c":0,"b":2}]}', 'b'],
  ])('%s has two values for one column and is not imported', (text, name) => {
    const problem = (line: number): object => ({ line, problem: `Row ${line} has more than one value for “${name}”.` })
    expect(parseCopied(text).rows).toMatchObject([problem(1)])
    expect(parseCopied(`${text}\n${text}`).rows).toMatchObject([problem(1), problem(2)])
    expect(parseCopied(`{"items":[{"a":1,"a.b":1},${text}]}`).rows[1]).toMatchObject(problem(2))
  })

  test('the same value twice is one', () =>
    expect(parseCopied('{"a":{"b":1,"b":1}}')).toMatchObject({ header: ['a.b'], rows: [{ line: 1, cells: ['1'] }] }))

  test('two lists of items are refused', () =>
    expect(() => parseCopied('{"items":[{"a":1}],"items":[{"a":2}]}')).toThrow('more than one “items”'))

  test('is read as JSON.parse reads it', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const read = readJson(text, 100)
        expect(read).toMatchObject({ ok: true, isExact: true })
        expect(JSON.parse(jsonText(read.ok ? read.value : undefined))).toEqual(JSON.parse(text))
        const part = text.slice(0, at % text.length)
        let isWhole = true
        try {
          JSON.parse(part)
        } catch {
          isWhole = false
        }
        expect(readJson(part, 100)).toMatchObject(isWhole ? { ok: true } : { ok: false, isCutOff: true })
      }),
    ))

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
