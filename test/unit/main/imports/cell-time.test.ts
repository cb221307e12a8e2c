import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cellTime } from '@main/services/imports/cell-time'

const at = (...parts: readonly [number, number, number, number, number, number]): string =>
  `${new Date(...parts).toISOString().slice(0, 19)}Z`

describe('a time in a file', () => {
  it.each([
    ['2027-01-31T18:00:00Z', '2027-01-31T18:00:00Z'],
    ['2027-01-31 19:00+01:00', '2027-01-31T18:00:00Z'],
    ['2026-12-26', at(2026, 11, 26, 23, 59, 59)],
    ['2026/12/26', at(2026, 11, 26, 23, 59, 59)],
    ['26.12.2026', at(2026, 11, 26, 23, 59, 59)],
    ['5.1.2027 8:30', at(2027, 0, 5, 8, 30, 0)],
    ['12/26/2026', at(2026, 11, 26, 23, 59, 59)],
    ['26/12/2026 18:00', at(2026, 11, 26, 18, 0, 0)],
    ['05/05/2027', at(2027, 4, 5, 23, 59, 59)],
    ['2026-12-26 18:00', at(2026, 11, 26, 18, 0, 0)],
    ['26-12-2026', at(2026, 11, 26, 23, 59, 59)],
    ['26-Dec-2026', at(2026, 11, 26, 23, 59, 59)],
    ['26. December 2026, 18:00', at(2026, 11, 26, 18, 0, 0)],
    ['Sept. 5, 2026 6:05 pm', at(2026, 8, 5, 18, 5, 0)],
    ['12/26/2026 12:00 AM', at(2026, 11, 26, 0, 0, 0)],
    ['12/26/2026, 12:30:15\u202FPM', at(2026, 11, 26, 12, 30, 15)],
    ['２０２６-12-26', at(2026, 11, 26, 23, 59, 59)],
    ['2027-01-31 18:00 UTC', '2027-01-31T18:00:00Z'],
    ['2027-01-31T19:00:00+0100', '2027-01-31T18:00:00Z'],
    ['2027-01-31 18:00:00+00', '2027-01-31T18:00:00Z'],
    ['2027-01-31 19:00:00.123456+01', '2027-01-31T18:00:00Z'],
    ['2027-01-31 13:00:00 -05:00', '2027-01-31T18:00:00Z'],
    ['20270131T180000Z', '2027-01-31T18:00:00Z'],
    ['20270131T1900+01', '2027-01-31T18:00:00Z'],
    ['Sun, 31 Jan 2027 18:00:00 GMT', '2027-01-31T18:00:00Z'],
    ['Sun, 31 Jan 2027 19:00:00 +0100', '2027-01-31T18:00:00Z'],
    ['31 jan 2027 13:00 -0500', '2027-01-31T18:00:00Z'],
  ])('%s is %s', (text, value) => expect(cellTime(text)).toEqual({ value }))

  it.each([
    '2027-02-30T10:00:00Z',
    '2027-02-30',
    '30.2.2027',
    '2027-01-31T25:00',
    '46382',
    'never',
    '26.12.26',
    '31/31/2027',
    '12/26/2026 13:00 PM',
    '12/26/2026 0:30 AM',
    '26 Foo 2026',
    '31 April 2027',
    '12-26',
    '2026-12-26 18',
    '9999-12-31T23:59:59-10:00',
    'Mon, 31 Jan 2027 18:00:00 GMT',
    'Sun, 31 Jan 2027 18:00:00 EST',
    'Sun, 31 Feb 2027 18:00:00 GMT',
    'Sun, 31 Jan 2027 25:00:00 GMT',
  ])('%s is refused, and the format named', (text) =>
    expect(cellTime(text)).toEqual({ problem: expect.stringContaining('such as 2027-01-31') as string }),
  )

  it('that is a spreadsheet’s number is refused as such', () =>
    expect(cellTime('46382.75')).toEqual({ problem: expect.stringContaining('spreadsheet’s serial number') as string }))

  it.each(['03/04/2027', '3-4-2027', '03/04/2027 6:00 PM'])(
    '%s, with day and month in either order, is refused',
    (text) =>
      expect(cellTime(text)).toEqual({
        problem: 'Day and month can be read in two ways. Enter the date as 2027-01-31',
      }),
  )

  it('that the clock leaves out or repeats is refused', () => {
    const { TZ } = process.env
    process.env['TZ'] = 'Europe/Berlin'
    try {
      expect(cellTime('2027-03-28 02:30')).toHaveProperty('problem')
      expect(cellTime('2027-03-28 03:30')).toEqual({ value: '2027-03-28T01:30:00Z' })
      expect(cellTime('2027-10-31 02:30')).toEqual({ problem: expect.stringContaining('twice') as string })
      expect(cellTime('2027-10-31 01:30')).toEqual({ value: '2027-10-30T23:30:00Z' })
      expect(cellTime('2027-10-31 03:30')).toEqual({ value: '2027-10-31T02:30:00Z' })
      expect(cellTime('2027-10-31T02:30:00+01:00')).toEqual({ value: '2027-10-31T01:30:00Z' })
    } finally {
      if (TZ === undefined) delete process.env['TZ']
      else process.env['TZ'] = TZ
    }
  })

  it('is read as it was written', () =>
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
        const value = `${date.toISOString().slice(0, 19)}Z`
        expect(cellTime(value)).toEqual({ value })
      }),
    ))
})

describe.each([
  ['Australia/Sydney', '03/10/2027 02:30', { problem: expect.stringContaining('in two ways') as unknown }],
  ['America/Santiago', '2027-04-03', { value: '2027-04-04T03:59:59Z' }],
  ['Australia/Lord_Howe', '2027-10-03 02:15', { problem: expect.stringContaining('Expected a date') as unknown }],
])('in %s, where the clock changes', (zone, cell, expected) => {
  const { TZ } = process.env
  beforeEach(() => {
    process.env['TZ'] = zone
  })
  afterEach(() => {
    if (TZ === undefined) delete process.env['TZ']
    else process.env['TZ'] = TZ
  })
  it(`${cell} is not read as another time`, () => expect(cellTime(cell)).toEqual(expected))
})
