import { describe, expect, it } from 'vitest'
import { collectRows } from '@/components/table/collect'
import { addAll, everythingSelected, memberTest, nothingSelected, sizeOf, toggle } from '@/components/table/selection'
import type { RowSource } from '@/components/table/types'

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index))

describe('selection', () => {
  it('of everything needs no ids, and remembers what was taken out', () => {
    const selection = toggle(toggle(everythingSelected, '5'), '7')
    expect(sizeOf(selection, 100_000)).toBe(99_998)
    expect(memberTest(selection)('5')).toBe(false)
    expect(memberTest(selection)('6')).toBe(true)
    expect(addAll(selection, ['5'])).toEqual({ mode: 'all', except: ['7'] })
  })

  it('of some adds and removes', () => {
    const selection = addAll(toggle(nothingSelected, 'a'), ['a', 'b'])
    expect(selection).toEqual({ mode: 'some', ids: ['a', 'b'] })
    expect(toggle(selection, 'a')).toEqual({ mode: 'some', ids: ['b'] })
  })
})

describe('collectRows', () => {
  const offsets: number[] = []
  const source: RowSource<{ readonly id: string }> = {
    revision: 0,
    load: ({ offset, limit }) => {
      offsets.push(offset)
      const items = ids(offset, Math.min(2500, offset + limit)).map((id) => ({ id }))
      return Promise.resolve({ ok: true, value: { count: 2500, items } })
    },
  }

  it('reads all pages for "all except one"', async () => {
    const rows = await collectRows(source, {}, { mode: 'all', except: ['3'] }, new Map(), 'id')
    expect(rows.ok && rows.value.length).toBe(2499)
  })

  it('requests nothing if the rows are cached', async () => {
    offsets.length = 0
    const cachedRows = new Map([['x', { id: 'x' }]])
    expect(await collectRows(source, {}, { mode: 'some', ids: ['x'] }, cachedRows, 'id')).toEqual({
      ok: true,
      value: [{ id: 'x' }],
    })
    expect(offsets).toEqual([])
  })

  it('stops at the last selected row', async () => {
    offsets.length = 0
    await collectRows(source, {}, { mode: 'some', ids: ['2', '1100'] }, new Map(), 'id')
    expect(offsets).toEqual([0, 1000])
  })
})
