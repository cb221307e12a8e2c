import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { separators } from '@shared/domain/import'
import { ipRule } from '@shared/resources/ip-rule'
import { namesOf } from '@main/services/imports/column-names'
import { parseImport } from '@main/services/imports/read-import'

const quoted = (cell: string, separator: string): string =>
  /["\r\n]/.test(cell) || cell.includes(separator) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell

const cell = fc
  .oneof(
    fc.constantFrom('Office, Vienna', 'a;b', 'x|y', '198.51.100.0/24', '28.11.2026', '12,5', 'say "hi"', 'two\nlines'),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  .map((text) => text.replaceAll(/[\r\t'=+@-]/g, '').trim())
  .filter((text) => text !== '')
const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    header: fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{2,9}$/), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
  }),
)
const titles = fc.array(
  fc.constantFrom(
    'Blocklist, as of 28.11.2026',
    'Customers; Vienna',
    'Export | internal',
    'Printed on Sat, 28 Nov 2026 01:13:19 GMT',
    '# Kept by the NOC, do not edit',
    'Firewall',
    '',
  ),
  { maxLength: 3 },
)

describe('the separator of a file', () => {
  it('is found whatever its cells and the titles above them contain', () => {
    fc.assert(
      fc.property(fc.constantFrom(...separators), table, titles, (separator, { header, rows }, above) => {
        const lines = [header, ...rows].map((cells) => cells.map((text) => quoted(text, separator)).join(separator))
        const read = parseImport([...above.filter((title) => !title.includes(separator)), ...lines].join('\r\n'))
        expect(read.separator).toBe(separator)
        expect(read.header).toEqual(header)
        expect(read.rows.map(({ cells, problem }) => [cells, problem])).toEqual(rows.map((cells) => [cells, undefined]))
      }),
      { numRuns: 120 },
    )
  })

  it.each([
    [
      'a title and notes with another one',
      'Blocklist, Vienna\ncidr;note\n198.51.100.0/24;Office, a\n8.8.8.8;b, c\n',
      2,
    ],
    ['a title with its own separator', 'Blocklist, as of 28.11.2026\ncidr,target,note\n198.51.100.0/24,DENY,a\n', 3],
    ['a header that is narrower than its rows', 'cidr,target\n198.51.100.0/24,DENY,a\n198.51.101.0/24,DENY,b\n', 2],
    ['a narrow header of names', 'name,level\nnorth,RESELLER,x,9\nsouth,RESELLER,y,9\n', 2],
    ['titles that a spreadsheet filled up', 'Blocklist,,\n,,\ncidr,target,note\n198.51.100.0/24,DENY,\n', 3],
  ])('with %s', (_, text, columns) => {
    expect(parseImport(text).header).toHaveLength(columns)
    expect(['cidr', 'name']).toContain(parseImport(text).header[0])
  })

  it('is a vertical bar in a table without a header, which is no list of addresses', () => {
    const { separator, headerRow } = parseImport('198.51.100.0/24|DENY\n203.0.113.0/24|DENY\n')
    expect(separator).toBe('|')
    expect(headerRow?.cells).toEqual(['198.51.100.0/24', 'DENY'])
  })

  it('is not found in the text of some cells', () => {
    const rows = Array.from({ length: 9 }, (_, at) => `198.51.${at}.0/24,DENY${at % 3 === 0 ? '' : ',see a;b'}`)
    expect(parseImport(`cidr,target,note\n${rows.join('\n')}\n`).separator).toBe(',')
  })
})

describe('the header of a file', () => {
  const names = ipRule.fields.flatMap(namesOf)
  const row = '10.1.2.0/24,DENY,2027-01-31'
  const headerOf = (text: string): unknown => {
    const { header, rows, notes } = parseImport(text, { names })
    return { header, lines: rows.map(({ line, problem }) => problem ?? line), notes }
  }
  const tooLong = (row: number, cells: number, width: number): string =>
    `Row ${row} has ${cells} cells, the header has ${width}. Put text that contains the separator in quotes.`
  const skipped = (text: string): string => `Row skipped as a comment or title: ${text}`

  it.each([
    [`#cidr,action,expires\n${row}`, ['#cidr', 'action', 'expires'], [2], []],
    [`# cidr,action,expires\n${row}`, ['# cidr', 'action', 'expires'], [2], []],
    [
      `# Our rules\n\n# IP;Action;Until\n# end of header\n10.1.2.0/24;DENY;2027-01-31`,
      ['# IP', 'Action', 'Until'],
      [5],
      [],
    ],
    [`# cidr,action\ncidr,action,expires\n${row}`, ['cidr', 'action', 'expires'], [3], [skipped('# cidr,action')]],
    [`# Blocked, since 2026\n${row}`, ['10.1.2.0/24', 'DENY', '2027-01-31'], [], [skipped('# Blocked, since 2026')]],
    ['Report;Q1\ncidr;action\n10.1.2.0/24;DENY', ['cidr', 'action'], [3], [skipped('Report;Q1')]],
    [
      'Report;Summary\nIP;Action;Until\n10.1.2.0/24;DENY;2027-01-31',
      ['IP', 'Action', 'Until'],
      [3],
      [skipped('Report;Summary')],
    ],
    [
      'Report;Q1;;\nNoc;Vienna\nIP;Action;Until\n10.1.2.0/24;DENY;',
      ['IP', 'Action', 'Until'],
      [4],
      ['2 rows skipped as comments or titles, the first: Report;Q1'],
    ],
    // Nothing fits better than the first row.
    ['Netz;Was\n10.1.2.0/24;DENY', ['Netz', 'Was'], [2], []],
    ['cidr;target\n10.1.2.0/24;Description', ['cidr', 'target'], [2], []],
    // Rows with values are no titles, and rows with one known word no header.
    ['192.0.2.1,DENY\n192.0.2.2,Description\n192.0.2.3,DENY', ['192.0.2.1', 'DENY'], [2, 3], []],
    ['Netz,Grund\n192.0.2.1,Scanner\n192.0.2.2,Comment\n192.0.2.3,x', ['Netz', 'Grund'], [2, 3, 4], []],
    ['Scanner,Wien\nAction,Vienna\n192.0.2.3,x', ['Scanner', 'Wien'], [2, 3], []],
    [
      'noc@a.example,Block,\nIP,Action,Comment\n192.0.2.3,Block,x',
      ['noc@a.example', 'Block'],
      [tooLong(2, 3, 2), tooLong(3, 3, 2)],
      [],
    ],
    ['4,Block,\nIP,Action,Comment\n192.0.2.3,Block,x', ['4', 'Block'], [tooLong(2, 3, 2), tooLong(3, 3, 2)], []],
    [
      '192.0.2.1,DENY\nNetz,Grund,Was\n192.0.2.2,DENY,x',
      ['192.0.2.1', 'DENY'],
      [tooLong(2, 3, 2), tooLong(3, 3, 2)],
      [],
    ],
    ['192.0.2.1,,\nIP,Action,Comment\n192.0.2.3,Block,x', ['192.0.2.1'], [tooLong(2, 3, 1), tooLong(3, 3, 1)], []],
    ['Netz\n192.0.2.1\n192.0.2.2,x', ['192.0.2.1'], [tooLong(3, 2, 1)], []],
    ['IP\nx\ny\n192.0.2.2,x', ['IP'], [2, 3, tooLong(4, 2, 1)], []],
    // A row that names columns is the header, whatever follows.
    [
      'cidr,target\n192.0.2.1,DENY\n\ncidr,target,description\n192.0.2.2,DENY,x',
      ['cidr', 'target'],
      [2, tooLong(4, 3, 2), tooLong(5, 3, 2)],
      ['2 rows have more cells than the header and cannot be imported. The preview shows why.'],
    ],
    // A comment is one, unless it consists of names of columns.
    [
      '# Description, see ticket\nNetz,Grund\n192.0.2.0/24,x',
      ['Netz', 'Grund'],
      [3],
      [skipped('# Description, see ticket')],
    ],
    [
      '# cidr, target, description\ncidr,target,Grund\n192.0.2.0/24,DENY,x',
      ['cidr', 'target', 'Grund'],
      [3],
      [skipped('# cidr, target, description')],
    ],
    ['#cidr,action,description,\n192.0.2.0/24,DENY,Comment', ['#cidr', 'action', 'description'], [2], []],
    ['Report;28.11.2026;\nIP;Action;Until\n10.1.2.0/24;DENY;', ['IP', 'Action', 'Until'], [3], []],
  ] as const)('of %j is found', (text, header, lines, notes) => {
    const found = headerOf(text) as { readonly notes: readonly string[] }
    expect(found).toMatchObject({ header, lines })
    if (notes.length > 0) expect(found.notes).toEqual(notes)
  })
})
