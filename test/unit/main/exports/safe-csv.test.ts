import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, it } from 'vitest'
import { originalCell, safeCell } from '@main/services/exports/cell-safety'
import { safeCsv } from '@main/services/exports/safe-csv'

it('is a file that spreadsheets open as it was shown, without running formulas', () => {
  const rows = [
    ['Berlin, "Mitte"', '95 of 100', ''],
    ['=HYPERLINK("https://example.com")', 'line 1\nline 2', 'Zürich'],
  ]
  const text = safeCsv(['Server', 'Users', 'Folder'], rows)
  expect(text.startsWith('\ufeffServer,Users,Folder\r\n')).toBe(true)
  const [, first, second] = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true }).data
  expect(first).toEqual(rows[0])
  expect([second?.[0]?.startsWith('='), second?.[0]?.includes('HYPERLINK'), second?.slice(1)]).toEqual([
    false,
    true,
    ['line 1\nline 2', 'Zürich'],
  ])
})

it.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])(
  'a cell that begins with %j is no formula, and comes back as it was',
  (start) => {
    for (const cell of [`${start}1+1`, `'${start}1+1`]) {
      const safe = safeCell(cell)
      expect(safe).toBe(`'${cell}`)
      expect(originalCell(safe)).toBe(cell)
    }
  },
)

const parts = fc.array(
  fc.constantFrom('=', '+', '-', '@', '＝', ';', ',', '|', '\t', '\r', '\n', '"', "'", ' ', 'a', '1'),
)

it('no part of a value is a formula for a spreadsheet that expects another separator, and each value comes back', () => {
  const separators = [';', '|', '\t']
  fc.assert(
    fc.property(parts, parts, (first, second) => {
      const row = [first.join(''), second.join('')]
      const text = safeCsv(['One', 'Two'], [row])
      const [, read] = Papa.parse<string[]>(text.slice(1), { delimiter: ',', newline: '\r\n' }).data
      expect(read?.map(originalCell)).toEqual(row)
      for (const delimiter of separators) {
        // As programs read it that begin a cell at each separator, and as those that mind the quotes.
        const split = text.split(/[\r\n]/).flatMap((line) => line.split(delimiter))
        const cells = [
          ...split.map((cell) => cell.replace(/^"+/, '')),
          ...Papa.parse<string[]>(text.slice(1), { delimiter }).data.flat(),
        ]
        expect(cells.filter((cell) => /^[=+\-@＝]/.test(cell))).toEqual([])
      }
    }),
    { numRuns: 2000 },
  )
})

it('a value of a hundred thousand quotes, apostrophes or separators is made safe', () => {
  for (const text of ['"', "'", ';', '\t', ';"', ";'", "'="]) {
    const value = text.repeat(100_000)
    expect(originalCell(safeCell(value)) === value).toBe(true)
  }
})
