import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from '@main/services/exports/read/csv'
import { readJsonl } from '@main/services/exports/read/jsonl'
import { parseImport } from '@main/services/imports/read-import'

const newline = fc.constantFrom('\r\n', '\n', '\r', '\r\r\n')
const text = fc.array(fc.constantFrom('a', 'é', '🦄', ',', ';', '"', '\r', '\n', '\r\n', ' b', '\ufeff'), {
  maxLength: 6,
})
/** Not blank: an import leaves out rows in which nothing stands. */
const cell = text.map((parts) => `x${parts.join('')}`)
const quotes = fc.boolean()

interface Line {
  readonly cells: readonly { readonly text: string; readonly quoted: boolean }[]
  readonly end: string
  readonly blanks: readonly string[]
}

const line = (width: number): fc.Arbitrary<Line> =>
  fc.record({
    cells: fc.array(fc.record({ text: cell, quoted: quotes }), { minLength: width, maxLength: width }),
    end: newline,
    blanks: fc.array(newline, { maxLength: 3 }),
  })
const file = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.constant(['cidr', 'target', 'description', 'expire_at'].slice(0, width)),
    end: newline,
    lines: fc.array(line(width), { minLength: 1, maxLength: 8 }),
    open: fc.boolean(),
  }),
)

const written = ({ text: value, quoted }: Line['cells'][number]): string =>
  quoted || /[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

/** The file, and the row of each line as a spreadsheet counts them. */
function fileOf({ names, end, lines, open }: typeof file extends fc.Arbitrary<infer T> ? T : never) {
  const rows: number[] = []
  let content = names.join(',') + end
  let row = 1
  for (const [index, { cells, end: ending, blanks }] of lines.entries()) {
    rows.push((row += 1))
    content += cells.map(written).join(',')
    const last = open && index === lines.length - 1
    // CR CR LF is one newline; CR behind it begins another, and CR before LF would not.
    const between = [ending, ...blanks].reduce((all, each) => (all.endsWith('\r') ? `${all}\r\n` : all + each), '')
    content += last ? '' : between
    row += between.match(/\r{0,2}\n|\r/g)?.length ?? 0
    row -= 1
  }
  return { content, rows }
}

describe('a table written with any mix of newlines, blank lines and quotes', () => {
  test('is imported with the same rows in the same places', () => {
    const property = fc.property(file, (table) => {
      const { content, rows } = fileOf(table)
      const read = parseImport(content)
      expect(read.rows.map(({ cells }) => cells)).toEqual(
        table.lines.map(({ cells }) => cells.map(({ text: value }) => value)),
      )
      expect(read.rows.map((row) => row.line)).toEqual(rows)
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('is opened with the same rows', () => {
    const property = fc.property(file, (table) => {
      const read = readCsv(Buffer.from(fileOf(table).content), false)
      expect(read.all()).toEqual(table.lines.map(({ cells }) => cells.map(({ text: value }) => value)))
      expect(read.notes).toEqual([])
    })
    fc.assert(property, { numRuns: 500 })
  })
})

test('cells beyond the header of an opened file have columns of their own', () => {
  const read = readCsv(Buffer.from('a,b\r\n\r\n1,2,3\r\n4\n'), false)
  expect(read.columns.map(({ label }) => label)).toEqual(['a', 'b', 'column_3'])
  expect(read.all()).toEqual([
    ['1', '2', '3'],
    ['4', '', ''],
  ])
  expect(read.notes).toEqual(['Row 3 has 3 cells, the header has 2.', 'Row 4 has 1 cell, the header has 2.'])
})

test('JSON lines end in any newline', () => {
  expect(readJsonl('{"a":1}\r\n{"a":2}\r{"a":3}\n\n{"a":4}\r\r\n').all()).toEqual([['1'], ['2'], ['3'], ['4']])
})
