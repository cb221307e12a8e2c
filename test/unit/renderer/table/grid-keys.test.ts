import { describe, expect, it } from 'vitest'
import { gridMove } from '@/components/table/grid-keys'

const at = { row: 5, column: 1, rows: 100, columns: 3, pageRows: 10 }
const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) =>
  gridMove({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }, at)

describe('gridMove', () => {
  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 15],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
  ])('%s goes to row %i', (key, row) => expect(press(key)).toEqual({ to: 'row', row, extend: false }))

  it('extends with Shift', () => expect(press('ArrowDown', { shiftKey: true })).toMatchObject({ extend: true }))
  it('stays within the columns', () => {
    expect(press('ArrowRight')).toEqual({ to: 'column', column: 2 })
    expect(
      gridMove(
        { key: 'ArrowLeft', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
        { ...at, column: 0 },
      ),
    ).toEqual({ to: 'column', column: 0 })
  })
  it('knows all, copy, open and toggle', () => {
    expect(press('a', { ctrlKey: true })).toEqual({ to: 'all' })
    expect(press('c', { metaKey: true })).toEqual({ to: 'copy' })
    expect(press('F2')).toEqual({ to: 'open' })
    expect(press(' ')).toEqual({ to: 'toggle' })
  })
  it('opens a group with Right and closes it with Left in the first column; elsewhere they move', () => {
    const keys = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
    const inGroup = (key: string, more: Partial<Parameters<typeof gridMove>[1]>) =>
      gridMove({ ...keys, key }, { ...at, column: 0, ...more })
    expect(inGroup('ArrowRight', { isOpen: false })).toEqual({ to: 'expand' })
    expect(inGroup('ArrowRight', { isOpen: true })).toEqual({ to: 'column', column: 1 })
    expect(inGroup('ArrowLeft', { isOpen: true })).toEqual({ to: 'collapse' })
    expect(inGroup('ArrowLeft', { isOpen: true, column: 2 })).toEqual({ to: 'column', column: 1 })
    expect(inGroup('ArrowLeft', { isOpen: false })).toEqual({ to: 'column', column: 0 })
    expect(inGroup('ArrowLeft', { group: 3 })).toEqual({ to: 'row', row: 3, extend: false })
    expect(inGroup('ArrowLeft', { group: 3, column: 1 })).toEqual({ to: 'column', column: 0 })
  })
  it('leaves other keys alone', () => {
    expect(press('k', { ctrlKey: true })).toBeUndefined()
    expect(press('ArrowDown', { altKey: true })).toBeUndefined()
  })
})
