import { expect, it } from 'vitest'
import { isTimeZone } from '@shared/format/time'
import { pickItems } from '@shared/resources/pick-lists'

const valuesOf = (from: Parameters<typeof pickItems>[0]): readonly string[] => pickItems(from).map(({ value }) => value)

it.each(['Europe/Kyiv', 'Europe/Kiev', 'Asia/Kolkata', 'Asia/Calcutta', 'America/Nuuk', 'Europe/Berlin', 'UTC'])(
  '%s is offered as a time zone',
  (zone) => {
    expect(valuesOf('time-zones')).toContain(zone)
  },
)

it('every time zone is one that the runtime knows, and is offered once', () => {
  const zones = valuesOf('time-zones')
  expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([])
  expect(new Set(zones).size).toBe(zones.length)
})

it.each(['EUR', 'XCG', 'ANG'])('%s is offered as a currency, by its name', (code) => {
  const label = pickItems('currencies').find(({ value }) => value === code)?.label ?? ''
  expect(label).toMatch(new RegExp(`^${code}, [A-Z][a-z]`))
})
