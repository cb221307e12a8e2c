import { describe, expect, it } from 'vitest'
import { cellText, toTsv } from '@/components/table/cell-text'
import type { TableColumn } from '@/components/table/types'

const text: TableColumn = { key: 'name', label: 'Name', kind: 'text', width: 100 }

describe('cellText', () => {
  it('shows characters that nobody sees', () => {
    expect(cellText({ name: 'a\nb\u202Egnp.exe\u0000' }, text)).toBe('a␊b⟨U+202E⟩gnp.exe␀')
  })

  it('leaves markup as text', () => expect(cellText({ name: '<b>x</b>' }, text)).toBe('<b>x</b>'))
  it('keeps an invalid time', () => expect(cellText({ name: 'soon' }, { ...text, kind: 'time' })).toBe('soon'))
  it('shows what an absent value means', () => expect(cellText({}, { ...text, empty: 'Never' })).toBe('Never'))
})

describe('toTsv', () => {
  it('keeps a row on its line, without formulas for a spreadsheet', () => {
    const rows = [{ name: '=HYPERLINK("x")' }, { name: 'two\r\nlines\tand a tab' }, { name: null }]
    expect(toTsv(rows, [text]).split('\n')).toEqual(['Name', `'=HYPERLINK("x")`, 'two lines and a tab', ''])
  })
})
