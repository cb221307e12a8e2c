import type { TableSelection } from './types'

export const nothingSelected: TableSelection = { mode: 'some', ids: [] }
export const everythingSelected: TableSelection = { mode: 'all', except: [] }

export const sizeOf = (selection: TableSelection, count: number): number =>
  selection.mode === 'some' ? selection.ids.length : Math.max(0, count - selection.except.length)

/** A test for membership; build it once per selection, not once per row. */
export function memberTest(selection: TableSelection): (id: string) => boolean {
  const named = new Set(selection.mode === 'some' ? selection.ids : selection.except)
  return selection.mode === 'some' ? (id) => named.has(id) : (id) => !named.has(id)
}

export function toggle(selection: TableSelection, id: string): TableSelection {
  const flip = (ids: readonly string[]) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])
  return selection.mode === 'some'
    ? { mode: 'some', ids: flip(selection.ids) }
    : { mode: 'all', except: flip(selection.except) }
}

export function addAll(selection: TableSelection, ids: readonly string[]): TableSelection {
  if (selection.mode === 'some') return { mode: 'some', ids: [...new Set([...selection.ids, ...ids])] }
  const added = new Set(ids)
  return { mode: 'all', except: selection.except.filter((id) => !added.has(id)) }
}
