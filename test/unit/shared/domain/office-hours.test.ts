import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayProblem,
  freeRange,
  overMidnight,
  splitOverMidnight,
  weekDays,
  type HoursRange,
  type OfficeHours,
} from '@shared/domain/office-hours'

const at = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const time = fc.integer({ min: 0, max: 1439 }).map(at)

describe('hours over midnight', () => {
  const week: OfficeHours = {
    sunday: { enabled: true, ranges: [{ from: '22:00', to: '06:00' }] },
    monday: { enabled: true, ranges: [{ from: '08:00', to: '12:00' }] },
  }

  it('end on the day and go on on the next one, also from Sunday to Monday', () => {
    const split = splitOverMidnight(week, 'sunday', 0)
    expect(split.sunday?.ranges).toEqual([{ from: '22:00', to: '23:59' }])
    expect(split.monday?.ranges).toEqual([
      { from: '00:00', to: '06:00' },
      { from: '08:00', to: '12:00' },
    ])
  })

  it('open a day that was closed, without its old hours, and leave one that is open all day', () => {
    const closed = { ...week, monday: { enabled: false, ranges: [{ from: '08:00', to: '12:00' }] } }
    expect(splitOverMidnight(closed, 'sunday', 0).monday).toEqual({
      enabled: true,
      ranges: [{ from: '00:00', to: '06:00' }],
    })
    const open = { ...week, monday: { enabled: true, ranges: [] } }
    expect(splitOverMidnight(open, 'sunday', 0).monday).toEqual(open.monday)
  })

  it('that end at midnight concern one day', () => {
    expect(overMidnight('friday', { from: '20:00', to: '00:00' })).toEqual({
      range: { from: '20:00', to: '23:59' },
      next: undefined,
    })
  })

  it('are valid once they are split, and others are not split', () => {
    fc.assert(
      fc.property(fc.constantFrom(...weekDays), time, time, (day, from, to) => {
        const split = overMidnight(day, { from, to })
        if (from <= to || from === '23:59') return void expect(split).toBeUndefined()
        const after = splitOverMidnight({ [day]: { enabled: true, ranges: [{ from, to }] } }, day, 0)
        for (const each of weekDays) expect(dayProblem(after[each] ?? {})).toBeUndefined()
      }),
    )
  })
})

it('what "Add hours" adds is valid, or there is no time left', () => {
  const ranges = fc
    .uniqueArray(fc.integer({ min: 0, max: 1439 }), { maxLength: 8 })
    .map((minutes) => minutes.toSorted((a, b) => a - b))
    .map((minutes) =>
      minutes.flatMap((minute, index): readonly HoursRange[] => {
        const to = minutes[index + 1]
        return index % 2 === 1 || to === undefined ? [] : [{ from: at(minute), to: at(to) }]
      }),
    )
  fc.assert(
    fc.property(ranges, (given) => {
      const added = freeRange(given)
      if (added !== undefined) expect(dayProblem({ ranges: [...given, added] })).toBeUndefined()
    }),
  )
  expect(freeRange([{ from: '08:00', to: '23:59' }])).toEqual({ from: '00:00', to: '08:00' })
  expect(freeRange([{ from: '00:00', to: '23:59' }])).toBeUndefined()
})
