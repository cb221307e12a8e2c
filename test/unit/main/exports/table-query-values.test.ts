import { expect, it } from 'vitest'
import { TableQuery } from '@main/services/exports/table-query'
import { wholeTable } from '@main/services/exports/table'

const columns = ['cidr', 'description', 'did_numbers'].map((key) => ({ key, label: key }))
const table = new TableQuery(
  wholeTable(columns, [
    ['203.0.113.0/24', 'scanner', ''],
    ['203.0.113.90/32', 'other', ''],
    ['2001:db8::/32', '', ''],
    ['', 'numbers', '493012300-493012399;7000'],
    ['', 'mentions 203.0.113.9', ''],
  ]),
)
const found = (search: string): readonly number[] => [...table.rows({ search })]

it('an opened export finds ranges by an address in them, and pools by a number in them', () => {
  expect(found('203.0.113')).toEqual([0, 1, 4])
  // Typed on: the range is not among the texts that the shorter text found.
  expect(found('203.0.113.9')).toEqual([0, 1, 4])
  expect(found('203.0.113.77')).toEqual([0])
  expect(found('2001:db8:1::5')).toEqual([2])
  expect(found('::ffff:203.0.113.90')).toEqual([0, 1])
  expect(found('::ffff:cb00:715a')).toEqual([0, 1])
  expect(found('+49 (30) 123-45')).toEqual([3])
  expect(found('493012400')).toEqual([])
  expect(found('493012345 or 2001:db8::1')).toEqual([2, 3])
})
