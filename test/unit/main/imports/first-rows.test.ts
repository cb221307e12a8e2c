import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { cidrOf } from '@shared/domain/cidr'
import { dealers } from '@shared/resources/dealer'
import type { FieldSpec } from '@shared/resources/field'
import { ipRule } from '@shared/resources/ip-rule'
import { tenant } from '@shared/resources/tenant'
import { suggestMapping, withFirstRow } from '@main/services/imports/mapping'
import { parseCopied, parseImport } from '@main/services/imports/read-import'

const read = (text: string, fields: readonly FieldSpec[] = ipRule.fields) => {
  const file = withFirstRow(parseImport(text), fields)
  return { ...file, cells: file.rows.map(({ cells }) => cells), mapping: suggestMapping(file, fields) }
}

describe('lines above the table', () => {
  const table = 'cidr;target\n198.51.100.0/24;DENY\n'
  test.each([
    ['sep=;', 'sep=;\r\n', []],
    ['quoted "sep=;"', '"sep=;"\n', []],
    ['a comment', '# made by hand\n', ['Row skipped as a comment or title: # made by hand']],
    ['a comment with semicolon', '; made by hand\n', ['Row skipped as a comment or title: ; made by hand']],
    ['a title and a blank line', 'Blocked, March;;\n\n', ['Row skipped as a comment or title: Blocked, March']],
    [
      'comments with quotes, then a title',
      '# the "first", one\n#\nBlocked\n',
      ['3 rows skipped as comments or titles, the first: # the "first", one'],
    ],
  ])('%s are skipped with a note', (_, above, notes) => {
    const file = read(`${above}${table}`)
    expect(file).toMatchObject({ cells: [['198.51.100.0/24', 'DENY']], mapping: ['cidr', 'target'], notes })
    expect(file.rows[0]?.line).toBe(above.split('\n').length + 1)
  })

  test('the separator that a file names is the one', () => {
    expect(read('sep=|\nname|domain\nMaier, Söhne; Co|a.example\n', tenant.fields).cells).toEqual([
      ['Maier, Söhne; Co', 'a.example'],
    ])
  })

  test('a column called # is a header, and a blank first cell a cell', () => {
    expect(read('#,cidr,target\n1,198.51.100.0/24,DENY\n').header).toEqual(['#', 'cidr', 'target'])
    expect(read('cidr;target;description\n;DENY;x\n').cells).toEqual([['', 'DENY', 'x']])
  })
})

describe('a first row', () => {
  test.each([
    ['rules with comma', '198.51.100.0/24,DENY,,Feed', ipRule.fields, ['cidr', 'target', null, null]],
    ['rules with semicolon', '198.51.100.0/24;Block;Feed', ipRule.fields, ['cidr', 'target', null]],
    ['rules, action first', 'Block,198.51.100.7', ipRule.fields, ['target', 'cidr']],
    [
      'tenants',
      'Acme,acme.example,Europe/Berlin,EUR,DEU',
      tenant.fields,
      [null, null, 'timezone', 'currency', 'region'],
    ],
    ['dealers', 'north,RESELLER,5,50', dealers.fields, [null, 'level', null, null]],
  ])('with values is data: %s', (_, row, fields, mapping) => {
    const file = read(`${row}\n${row}\n`, fields)
    expect(file.cells.map((cells) => cells.join('|').replace(/\|+$/, ''))).toEqual(
      [row, row].map((each) => each.replaceAll(/[,;]/g, '|')),
    )
    expect(file.mapping).toEqual(mapping)
    expect(file.rows.map(({ line }) => line)).toEqual([1, 2])
  })

  test.each(['IP address or range;Owner', 'Netz;Aktion', 'cidr', 'Block list'])('with names is a header: %s', (row) => {
    expect(read(`${row}\n198.51.100.0/24;DENY\n`).cells).toHaveLength(1)
  })

  test('is what the user says', () => {
    const named = parseImport('Netz,Was\n198.51.100.0/24,DENY\n')
    expect(withFirstRow(named, ipRule.fields, false).rows.map(({ cells }) => cells[0])).toEqual([
      'Netz',
      '198.51.100.0/24',
    ])
    const bare = parseImport('198.51.100.0/24,DENY\n198.51.101.0/24,DENY\n')
    expect(withFirstRow(bare, ipRule.fields, true).rows).toHaveLength(1)
  })

  test('decides how many cells the others have', () => {
    expect(read('198.51.100.0/24,DENY,,\n198.51.101.0/24,DENY,,Feed\n198.51.102.0/24,DENY,,Feed,more\n')).toMatchObject(
      {
        rows: [
          {},
          {},
          { problem: 'Row 3 has 5 cells, the first row has 4. Put text that contains the separator in quotes.' },
        ],
        notes: ['1 row has more cells than the first row and cannot be imported. The preview shows why.'],
      },
    )
  })
})

describe('lists of addresses', () => {
  test.each(['10.0.0.*', '198.51.100.300', 'fe80::1%eth0', '198.51.100.7.', '• 198.51.100.7', '1. 198.51.100.7'])(
    'whose first line is no address, but meant as one, do not lose it as a header: %s',
    (first) => {
      const { rows } = read(`${first}\n198.51.100.0/24\n198.51.101.0/24\n`)
      expect(rows.map(({ cells }) => cells[0])).toEqual([first, '198.51.100.0/24', '198.51.101.0/24'])
    },
  )

  test('of FireHOL: comments above, one range in each line', () => {
    const file = read(
      `#
# firehol_level1
#
# ipv4 hash:net ipset
# Entries         : 3 subnets, 600 unique IPs; updated
#
0.0.0.0/8
10.0.0.0/8
198.51.100.0/24
`,
    )
    expect(file.cells).toEqual([['0.0.0.0/8'], ['10.0.0.0/8'], ['198.51.100.0/24']])
    expect(file.mapping).toEqual(['cidr'])
    expect(file.notes).toEqual(['6 rows skipped as comments or titles, the first: #'])
  })

  test('of Spamhaus: what follows the semicolon is a column', () => {
    const file = read(
      `; Spamhaus DROP List 2026/11/28 - (c) 2026 The Spamhaus Project SLU
; https://www.spamhaus.example/drop/drop.txt
; Last-Modified: Sat, 28 Nov 2026 00:12:40 GMT
; Expires: Sat, 28 Nov 2026 01:13:19 GMT
1.10.16.0/20 ; SBL256894
1.19.0.0/16 ; SBL434604
2.56.192.0/22 ; SBL459831
`,
    )
    expect(file.cells).toEqual([
      ['1.10.16.0/20', 'SBL256894'],
      ['1.19.0.0/16', 'SBL434604'],
      ['2.56.192.0/22', 'SBL459831'],
    ])
    expect(file.mapping).toEqual(['cidr', 'description'])
    expect(file.notes).toHaveLength(1)
  })

  test('plain ones, with and without a comment behind an address, between comments and with a header', () => {
    expect(
      read('198.51.100.7\r\n\r\n# evening\r\n2001:db8::/32 # scanner, again\r\n198.51.100.8   phones\r\n').cells,
    ).toEqual([['198.51.100.7'], ['2001:db8::/32', 'scanner, again'], ['198.51.100.8', 'phones']])
    const headed = read('Blocked addresses\n198.51.100.7\n198.51.100.8\n')
    expect(headed).toMatchObject({ cells: [['198.51.100.7'], ['198.51.100.8']], mapping: ['cidr'] })
    expect(read('198.51.100.7').cells).toEqual([['198.51.100.7']])
    expect(withFirstRow(parseCopied('198.51.100.7\n198.51.100.8'), ipRule.fields).rows).toHaveLength(2)
  })

  test.each([
    '198.51.100.1 - 198.51.100.9',
    '198.51.100.1-198.51.100.9',
    '198.51.100.0 255.255.255.0',
    '45.10.300.0/24',
  ])('%s is no address, and stays whole for the preview to refuse', (text) => {
    const [, cells] = read(`203.0.113.1\n${text}\n`).cells
    expect(cells?.[0]).toBe(text)
    expect(cidrOf(cells?.[0] ?? '')).toBeUndefined()
  })

  test('what was written is what is read', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6())
    const words = fc
      .string({ unit: fc.constantFrom('a', 'Z', '7', ' ', ',', '.', '"', '#', 'ü'), maxLength: 20 })
      .map((text) => text.trim())
    const entries = fc.array(fc.tuple(address, words), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(entries, fc.constantFrom(' ; ', ';', ' # '), fc.constantFrom('\n', '\r\n'), (rows, mark, newline) => {
        const text = rows.map(([ip, about]) => (about === '' ? ip : `${ip}${mark}${about}`)).join(newline)
        expect(read(text).cells.map(([ip, about = '']) => [ip, about])).toEqual(rows)
      }),
    )
  })
})

test('a table without a header is read as it was written, whatever its separator and cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', ',', ';', '"', '\n', '#', 'ß'), maxLength: 8 })
  const rows = fc.array(fc.tuple(fc.ipV4(), fc.constantFrom('DENY', 'ACCEPT'), cell), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(rows, fc.constantFrom(',', ';', '\t'), (written, delimiter) => {
      const text = `sep=${delimiter}\n${Papa.unparse(written, { delimiter, quotes: true })}`
      const found = read(text).cells.map(([ip, action, about = '']) => [ip, action, about.trim()])
      expect(found).toEqual(written.map(([ip, action, about]) => [ip, action, about.trim()]))
    }),
  )
})
