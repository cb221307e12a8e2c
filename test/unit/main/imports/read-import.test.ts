import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importBytesMax, importRowsMax } from '@shared/domain/import'
import { parseImport, readImport } from '../../../../src/main/services/imports/read-import'

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

  test('may have one column', () => {
    expect(parseImport('cidr\n10.0.0.0/8\n10.1.0.0/16\n').rows.map(({ cells }) => cells)).toEqual([
      ['10.0.0.0/8'],
      ['10.1.0.0/16'],
    ])
  })

  test('keeps the places of its rows where lines are blank', () => {
    expect(parseImport('\ncidr,target\n\n1.1.1.1,DENY\n,\n1.1.1.2,DENY\n').rows.map(({ line }) => line)).toEqual([4, 6])
  })

  test('says which rows have too many cells, and where a quote is not closed', () => {
    expect(parseImport('a,b\n1,2,3\n').notes).toEqual(['Row 2 has 3 cells instead of 2; the last ones are left out.'])
    expect(() => parseImport('a,b\n1,"2\n')).toThrow(/quoted cell is not closed/)
    expect(() => parseImport('\n\n')).toThrow(/empty/)
    expect(() => parseImport('a,b\n')).toThrow(/no rows/)
  })

  test('has cells that were made safe undone, but for the PBX’s own file', () => {
    expect(parseImport("cidr,description\n1.1.1.1,'=1\n").rows[0]?.cells[1]).toBe('=1')
    expect(parseImport("id,cidr,description\n7,1.1.1.1,'=1\n").rows[0]?.cells[2]).toBe("'=1")
  })

  test('with too many rows is refused', () => {
    const rows = '1.1.1.1,DENY\n'.repeat(importRowsMax)
    expect(parseImport(`cidr,target\n${rows}`).rows).toHaveLength(importRowsMax)
    expect(() => parseImport(`cidr,target\n${rows}1.1.1.1,DENY\n`)).toThrow(/more than 50,000 rows/)
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
    await expect(read(Buffer.alloc(importBytesMax + 1, 'a'))).rejects.toThrow(/larger than 20 MB/)
    await expect(read(Buffer.from('c\u0000d'))).rejects.toThrow(/not a text file/)
    await expect(read(Buffer.from([0x61, 0x2c, 0xe4, 0x0a]))).rejects.toThrow(/not UTF-8/)
    await expect(readImport(folder)).rejects.toThrow(/not a file/)
    await expect(readImport(join(folder, 'no.csv'))).rejects.toMatchObject({ detail: { code: 'disk' } })
  })
})
