import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import LeftOutColumns from '@/features/imports/LeftOutColumns.vue'
import type { ImportFile } from '@shared/domain/import'
import { ipRule } from '@shared/resources/ip-rule'

const fileOf = (columns: ImportFile['columns'], rows: number): ImportFile => ({
  ...{ importId: 'i', file: 'rules.csv', rows, mapping: columns.map(() => null), notes: [], detected: ',' },
  ...{ columns, fields: ipRule.fields },
})
const column = (name: string, ...samples: string[]) => ({ name, samples })
const textOf = (file: ImportFile, mapping: ImportFile['mapping']): string =>
  mount(LeftOutColumns, { props: { file, mapping } }).text().replaceAll(/\s+/g, ' ')

it('names the columns that are not imported, also those without a name and those whose cells are hidden', () => {
  const columns = [column('cidr', '192.0.2.1'), column('Läuft ab', '2030'), { name: 'Card' }, column('', 'x')]
  expect(textOf(fileOf(columns, 1), ['cidr', null, null, null])).toBe('Not imported: Läuft ab, Card, Column 4')
})

it('a column is left out of it only if all its cells are known to be blank', () => {
  const columns = [column('cidr', 'a', 'b', 'c'), column('Blank', '', ' ', '')]
  expect(textOf(fileOf(columns, 3), ['cidr', null])).toBe('All columns with values are imported')
  expect(textOf(fileOf(columns, 4), ['cidr', null])).toBe('Not imported: Blank')
})

it('many are counted, with all names in the tooltip', () => {
  const columns = Array.from({ length: 18 }, (_, at) => column(`C${at}`, 'x'))
  const file = fileOf(columns, 1)
  expect(textOf(file, file.mapping)).toBe('Not imported: C0, C1, C2, C3, C4, C5 and 12 more')
  expect(mount(LeftOutColumns, { props: { file, mapping: file.mapping } }).attributes('title')).toContain('C16, C17')
})
