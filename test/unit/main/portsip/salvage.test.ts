import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { systemStatusSchema } from '@shared/domain/system-status'
import { trunkSchema } from '@shared/domain/trunk'
import { pageSchema } from '@main/portsip/paging'
import { salvage } from '@main/portsip/salvage'

/** The result with paths as text; undefined if too little is left. */
function salvaged<T>(schema: z.ZodType<T>, reply: unknown) {
  const read = salvage(schema, reply)
  if ('firstError' in read) return undefined
  return { value: read.value, removed: read.removed.map((path) => path.map(String).join('.')) }
}

describe('a reply that is not as documented', () => {
  test('an optional field with an unexpected value is emptied, and everything else is read', () => {
    const reply = { version: '22.2', current_users: '12', licensed_users: 50, news: 7, something_new: true }
    expect(salvaged(systemStatusSchema, reply)).toEqual({
      value: { version: '22.2', current_users: null, licensed_users: 50, news: null, something_new: true },
      removed: ['news', 'current_users'],
    })
  })

  test('an entry of a list without a required field removes only the entry', () => {
    const calls = [{ time: '10:00', count: 3 }, { time: '11:00' }, null, { time: '12:00', count: 5 }]
    expect(salvaged(systemStatusSchema, { calls_in_24_hours: calls })).toEqual({
      value: {
        calls_in_24_hours: [
          { time: '10:00', count: 3 },
          { time: '12:00', count: 5 },
        ],
      },
      removed: ['calls_in_24_hours.1', 'calls_in_24_hours.2'],
    })
  })

  test('a row without an ID removes only the row; the count still shows that it is missing', () => {
    const items = [{ id: '1', port: 'x' }, { name: 'no id' }, { id: 7 }, { id: '4', enabled: true }]
    expect(salvaged(pageSchema(trunkSchema), { count: 4, items })).toEqual({
      value: {
        count: 4,
        items: [
          { id: '1', port: null },
          { id: '4', enabled: true },
        ],
      },
      removed: ['items.0.port', 'items.1', 'items.2.id', 'items.2'],
    })
  })

  test('a reply without its main content is refused', () => {
    expect(salvaged(z.looseObject({ access_token: z.string() }), { access_token: 5 })).toBeUndefined()
    expect(salvaged(pageSchema(trunkSchema), { count: 1, items: 'none' })).toBeUndefined()
    expect(salvaged(systemStatusSchema, [])).toBeUndefined()
    expect(salvaged(systemStatusSchema, null)).toBeUndefined()
  })
})
