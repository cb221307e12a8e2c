import { shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { nothingSelected } from '@/components/table/selection'
import type { TableSelection } from '@/components/table/types'
import { useRowSelection } from '@/components/table/use-row-selection'

const row = (index: number) => ({ id: String(index) })
const make = (at: (index: number) => ReturnType<typeof row> | undefined = row) => {
  const selection = shallowRef<TableSelection>(nothingSelected)
  const rows = useRowSelection(selection, {
    at,
    range: (first, last) => Promise.resolve(Array.from({ length: last - first + 1 }, (_, index) => row(first + index))),
    count: () => 1000,
    idOf: ({ id }) => id,
  })
  return { selection, rows }
}

describe('choosing a range', () => {
  it('grows and shrinks with the keyboard, in addition to the previous selection', async () => {
    const { selection, rows } = make()
    rows.toggleAt(50)
    rows.toggleAt(10)
    await rows.extendTo(13)
    expect(selection.value).toEqual({ mode: 'some', ids: ['50', '10', '11', '12', '13'] })
    await rows.extendTo(11)
    expect(selection.value).toEqual({ mode: 'some', ids: ['50', '10', '11'] })
    await rows.extendTo(8)
    expect(selection.value).toEqual({ mode: 'some', ids: ['50', '10', '8', '9'] })
  })

  it('whose rows arrive late does not undo what was done since', async () => {
    const { selection, rows } = make()
    rows.only(1)
    const late = rows.extendTo(500)
    rows.none()
    await late
    expect(selection.value).toEqual(nothingSelected)
  })

  it('starts again after the page cleared the selection', async () => {
    const { selection, rows } = make()
    rows.toggleAt(50)
    rows.toggleAt(10)
    selection.value = nothingSelected
    await rows.extendTo(11)
    expect(selection.value).toEqual({ mode: 'some', ids: ['10', '11'] })
  })

  it('has no row while the one that was moved to is not loaded, rather than the one before', () => {
    const { selection, rows } = make((index) => (index < 100 ? row(index) : undefined))
    rows.only(1)
    rows.only(500)
    expect(selection.value).toEqual(nothingSelected)
  })

  it('caches the selected rows for copying', async () => {
    const { rows } = make()
    rows.only(1)
    await rows.extendTo(3)
    expect([...rows.cachedRows.keys()]).toEqual(['1', '2', '3'])
  })
})
