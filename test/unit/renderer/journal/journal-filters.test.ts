import { expect, it } from 'vitest'
import { filterTerms, noFilters } from '@/features/journal/journal-filters'

/** The afternoon of a local day. */
const now = new Date(2026, 6, 8, 15, 30).getTime()
const local = (...parts: [number, number, number, number?, number?, number?, number?]): string =>
  new Date(...parts).toISOString()

it('nothing narrows where nothing was selected', () => {
  expect(filterTerms(noFilters, now)).toEqual([])
  expect(filterTerms({ ...noFilters, time: 'range' }, now)).toEqual([])
})

it('days begin and end in the local zone, today included', () => {
  const since = (time: 'today' | 'last-7' | 'last-30') => filterTerms({ ...noFilters, time }, now)
  expect(since('today')).toEqual([{ key: 'at', operator: 'ge', value: local(2026, 6, 8) }])
  expect(since('last-7')).toEqual([{ key: 'at', operator: 'ge', value: local(2026, 6, 2) }])
  expect(since('last-30')).toEqual([{ key: 'at', operator: 'ge', value: local(2026, 5, 9) }])
})

it('a range includes both days, and may be open at either end', () => {
  const range = (from: string, to: string) => filterTerms({ ...noFilters, time: 'range', from, to }, now)
  const first = { key: 'at', operator: 'ge', value: local(2026, 6, 1) }
  const last = { key: 'at', operator: 'le', value: local(2026, 6, 7, 23, 59, 59, 999) }
  expect(range('2026-07-01', '2026-07-07')).toEqual([first, last])
  expect(range('2026-07-01', '')).toEqual([first])
  expect(range('', '2026-07-07')).toEqual([last])
})

it('a range that was typed narrows nothing once another time is selected', () => {
  const filters = { ...noFilters, time: '' as const, from: '2026-07-01', to: '2026-07-07' }
  expect(filterTerms(filters, now)).toEqual([])
})

it('a tag is matched as a whole, because rows have it in a list', () => {
  expect(filterTerms({ ...noFilters, server: 'A', tag: 'a "b"' }, now)).toEqual([
    { key: 'server', operator: 'eq', value: 'A' },
    { key: 'tags', operator: 'contains', value: '"a \\"b\\""' },
  ])
})
