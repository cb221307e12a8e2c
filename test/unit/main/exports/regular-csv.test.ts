import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv, readCsv } from '@main/services/exports/read/csv'
import { csvIndex } from '@main/services/exports/read/csv-index'
import { textOf } from '@main/services/exports/read/text-of'
import type { TextTable } from '@main/services/exports/table'

/** Bytes, written as the characters of the same numbers; some are halves of a character. */
const inBytes = (text: string): string => Buffer.from(text).toString('latin1')
const specials = [',', '"', '""', '\r\n', '\n', '\r', ' ', "'=", "'", '\u0000', ';', '\u00c3', '\u00f0\u009f', '\u00ff']
const mark = inBytes('\ufeff')
const pieces = ['a', inBytes('é'), inBytes('🦄'), mark, ...specials]
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''))

const quoted = soup.map((text) => `"${text.replaceAll('"', '""')}"`)
const bare = soup.map((text) => text.replace(/[",\r\n]/g, ''))
/** Lines of one length that end alike, as a program writes them; the last may have no end. */
const regular = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.constantFrom('\r\n', '\n'), fc.boolean(), fc.boolean())
  .chain(([width, newline, marked, ended]) =>
    fc
      .array(fc.array(fc.oneof(quoted, bare), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })
      .map((rows) => (marked ? mark : '') + rows.map((row) => row.join(',')).join(newline) + (ended ? newline : '')),
  )

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')
const contentOf = (table: TextTable) => ({ columns: table.columns, notes: table.notes, rows: table.all() })
const resultOf = (read: () => TextTable): unknown => {
  try {
    return contentOf(read())
  } catch (error) {
    return String(error)
  }
}

describe('CSV of which only the rows in sight are parsed', () => {
  test('has the same rows as the whole file parsed in one pass', () => {
    fc.assert(
      fc.property(regular, fc.boolean(), (text, safe) => {
        expect(csvIndex(bytesOf(text))).toBeDefined()
        expect(contentOf(readCsv(bytesOf(text), safe))).toEqual(contentOf(parseCsv(textOf(bytesOf(text)), safe)))
      }),
      { numRuns: 1000 },
    )
  })

  test('says the same of a file in any disorder', () => {
    fc.assert(
      fc.property(soup, fc.boolean(), (text, safe) => {
        expect(resultOf(() => readCsv(bytesOf(text), safe))).toEqual(
          resultOf(() => parseCsv(textOf(bytesOf(text)), safe)),
        )
      }),
      { numRuns: 5000 },
    )
  })

  test('gives any row at any time, and its count immediately', () => {
    const lines = Array.from({ length: 5001 }, (_, index) => `${index},"é""${index}"`)
    const table = readCsv(Buffer.from(`n,text\r\n${lines.join('\r\n')}`), true)
    const row = (place: number) => [String(place), `é"${place}`]
    expect(table.count).toBe(5001)
    expect(table.row(5000)).toEqual(row(5000))
    expect(table.readOn()).toBe(true)
    expect([table.row(1), table.row(4000)]).toEqual([row(1), row(4000)])
    expect(table.all()).toEqual(lines.map((_, place) => row(place)))
    expect([table.readOn(), table.row(5000)]).toEqual([false, row(5000)])
  })

  test.each([
    ['cells more or less', 'a,b\r\n1,2,3\r\n'],
    ['an empty line', 'a,b\r\n\r\n1,2\r\n'],
    ['two kinds of line ends', 'a,b\r\n1,2\n'],
    ['a lone carriage return', 'a,b\r\n1\r,2\r\n'],
    ['a quote within a cell', 'a,b\r\n1,2"\r\n'],
    ['text behind a quoted cell', 'a,b\r\n"1" ,2\r\n'],
    ['a quote that is not closed', 'a,b\r\n1,"2\r\n'],
    ['one column', 'a\r\n1\r\n'],
    ['nothing', ''],
  ])('leaves a file with %s to the parser', (_, text) => {
    expect(csvIndex(Buffer.from(text))).toBeUndefined()
  })
})
