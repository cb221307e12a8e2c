import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { fileLimits } from '@shared/limits/files'
import { ipRule } from '@shared/resources/ip-rule'
import { withFirstRow } from '@main/services/imports/mapping'
import { parseImport, readImport } from '@main/services/imports/read-import'

describe('a CSV file', () => {
  test.each([
    ['comma', 'cidr,target\n10.0.0.0/8,DENY\n'],
    ['semicolon', 'cidr;target\r\n10.0.0.0/8;DENY\r\n'],
    ['tab', 'cidr\ttarget\n10.0.0.0/8\tDENY'],
    ['quotes', '"cidr","target"\n"10.0.0.0/8","DENY"\n'],
    ['blank lines in between', '\ncidr;target\n10.0.0.0/8;DENY\n;\n'],
  ])('is read with %s', (_, text) => {
    expect(parseImport(text)).toMatchObject({
      header: ['cidr', 'target'],
      rows: [{ cells: ['10.0.0.0/8', 'DENY'] }],
    })
  })

  test.each([
    '192.0.2.1 fe80::1',
    '192.0.2.1 netmask 255.255.255.0',
    '192.0.2.1 until 192.0.2.9',
    '192.0.2.1-192.0.2.9',
    '192.0.2.1 (and 192.0.2.2)',
  ])('of addresses keeps what may be a range whole, and takes it for no header: %s', (line) => {
    const cells = (text: string) => parseImport(text).rows.map((row) => row.cells)
    expect(cells(`${line}\n198.51.100.7 office\n`)).toEqual([[line], ['198.51.100.7', 'office']])
    expect(cells(`198.51.100.7\n${line}\n`)).toEqual([['198.51.100.7'], [line]])
  })

  test('may have one column', () => {
    expect(parseImport('cidr\n10.0.0.0/8\n10.1.0.0/16\n').rows.map(({ cells }) => cells)).toEqual([
      ['10.0.0.0/8'],
      ['10.1.0.0/16'],
    ])
  })

  test.each([
    ['commas in every text', 'name;domain;about\na;a.example;x, y, z, w\nb;b.example;x, y, z, w\n', 'a.example'],
    ['commas in a name of the header', 'Name;Kind (a, b, c)\nx;a\ny;b\n', 'a'],
    ['semicolons in text', 'name,domain\n"a;b;c",a.example\n"d;e;f",b.example\n', 'a.example'],
    ['rows with too many cells only', 'name,domain\nMüller, Söhne,a.example\n', ' Söhne'],
  ])('has its separator detected beside %s', (_, text, second) => {
    expect(parseImport(text).rows[0]?.cells[1]).toBe(second)
  })

  test('has more rows than may be, with blank lines between them, is refused', () => {
    const rows = '1.1.1.1,DENY\n\n\n'.repeat(60_000)
    expect(() => parseImport(`cidr,target\n${rows}`)).toThrow(`more than ${printNumber(50_000)} rows`)
    expect(parseImport(`cidr,target\n${rows.slice(0, rows.length / 2)}`).rows).toHaveLength(30_000)
  })

  test('keeps the places of its rows where lines are blank', () => {
    expect(parseImport('\ncidr,target\n\n1.1.1.1,DENY\n,\n1.1.1.2,DENY\n').rows.map(({ line }) => line)).toEqual([4, 6])
  })

  test('with more filled cells than its header names marks the row, wherever the header ends', () => {
    const problems = (text: string) => parseImport(text).rows.map(({ problem }) => problem)
    const tooMany = 'Row 3 has 3 cells, the header has 2. Put text that contains the separator in quotes.'
    for (const header of ['a,b', 'a,b,,', '"a","b",'])
      expect(problems(`${header}\n1,2,,\n1,2,3\n1\n`)).toEqual([undefined, tooMany, undefined])
    expect(parseImport('a,b\n1,2,3\n').notes).toEqual([
      '1 row has more cells than the header and cannot be imported. The preview shows why.',
    ])
  })

  test('says where a quote is out of place', () => {
    expect(() => parseImport('a,b\r\n1,2\n1,"2\n')).toThrow(/quoted cell is not closed \(row 3\)/)
    expect(() => parseImport('a,b\n\n1,"2" x\n')).toThrow(/text follows the closing quote of a cell.*\(row 3\)/)
    expect(parseImport('a,b\n1,2 "x"\n').rows[0]?.cells).toEqual(['1', '2 "x"'])
    expect(() => parseImport('\n\n')).toThrow(/empty/)
    expect(() => withFirstRow(parseImport('a,b\n'), ipRule.fields)).toThrow(/no rows/)
  })

  test('has cells that were made safe undone, but for the PBX’s own file', () => {
    expect(parseImport("cidr,description\n1.1.1.1,'=1\n").rows[0]?.cells[1]).toBe('=1')
    expect(parseImport("id,cidr,description\n7,1.1.1.1,'=1\n").rows[0]?.cells[2]).toBe("'=1")
  })

  test('with too many rows is refused', () => {
    const rows = '1.1.1.1,DENY\n'.repeat(fileLimits.import.rows)
    expect(parseImport(`cidr,target\n${rows}`).rows).toHaveLength(fileLimits.import.rows)
    expect(() => parseImport(`cidr,target\n${rows}1.1.1.1,DENY\n`)).toThrow(`more than ${printNumber(50_000)} rows`)
  })
})

describe('a file', () => {
  let folder = ''
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'fleet-import-'))))
  afterAll(() => rm(folder, { recursive: true }))
  const read = async (bytes: Buffer | string) => {
    const path = join(folder, 'a.csv')
    await writeFile(path, bytes)
    return readImport(path)
  }

  test('may begin with the mark of UTF-8', async () => {
    expect((await read('\ufeffcidr,description\n1.1.1.1,Größe\n')).header).toEqual(['cidr', 'description'])
  })

  test('that is too large, no text, no UTF-8, a folder or not there is refused', async () => {
    await expect(read(Buffer.alloc(fileLimits.import.bytes + 1, 'a'))).rejects.toThrow(/has 21 MB\. The limit is 20 MB/)
    await expect(read(Buffer.from('c\u0000d'))).rejects.toThrow(/not a text file/)
    await expect(read(Buffer.from([0x61, 0x2c, 0xe4, 0x2c, 0xc3, 0xa4, 0x0a]))).rejects.toThrow(/not UTF-8/)
    await expect(readImport(folder)).rejects.toThrow(/not a file/)
    await expect(readImport(join(folder, 'no.csv'))).rejects.toMatchObject({ detail: { code: 'disk' } })
  })
})
