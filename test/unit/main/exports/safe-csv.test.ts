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
