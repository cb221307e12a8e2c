export type GridMove =
  | { readonly to: 'row'; readonly row: number; readonly extend: boolean }
  | { readonly to: 'column'; readonly column: number }
  | { readonly to: 'open' | 'toggle' | 'all' | 'none' | 'copy' | 'expand' | 'collapse' }

interface GridPlace {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
  readonly pageRows: number
  /** Of the row of a group. */
  readonly isOpen?: boolean | undefined
  /** The index of the row of its group, for a row in a group. */
  readonly group?: number | undefined
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const rowAfter = (key: string, at: GridPlace): number | undefined => {
  if (key === 'ArrowDown') return at.row + 1
  if (key === 'ArrowUp') return at.row - 1
  if (key === 'PageDown') return at.row + at.pageRows
  if (key === 'PageUp') return at.row - at.pageRows
  if (key === 'Home') return 0
  if (key === 'End') return at.rows - 1
  return undefined
}

/** In the first column, Right opens a group, and Left closes it or goes to it from its rows. */
function groupMove(key: string, { column, isOpen, group }: GridPlace): GridMove | undefined {
  if (column > 0) return undefined
  if (key === 'ArrowRight') return isOpen === false ? { to: 'expand' } : undefined
  if (key !== 'ArrowLeft') return undefined
  if (isOpen === true) return { to: 'collapse' }
  return group === undefined ? undefined : { to: 'row', row: group, extend: false }
}

/** The effect of a key in the grid; undefined for keys that the grid does not handle. */
export function gridMove(keys: Keys, at: GridPlace): GridMove | undefined {
  if (keys.altKey) return undefined
  const command = keys.ctrlKey || keys.metaKey
  const letter = keys.key.toLowerCase()
  if (command && letter === 'a') return { to: 'all' }
  if (command && letter === 'c') return { to: 'copy' }
  if (keys.key === 'Enter' || keys.key === 'F2') return { to: 'open' }
  if (keys.key === ' ') return { to: 'toggle' }
  if (keys.key === 'Escape') return { to: 'none' }
  const ofGroup = groupMove(keys.key, at)
  if (ofGroup !== undefined) return ofGroup
  if (keys.key === 'ArrowRight' || keys.key === 'ArrowLeft') {
    const column = at.column + (keys.key === 'ArrowRight' ? 1 : -1)
    return { to: 'column', column: Math.min(at.columns - 1, Math.max(0, column)) }
  }
  const row = rowAfter(keys.key, at)
  if (row === undefined || at.rows === 0) return undefined
  return { to: 'row', row: Math.min(at.rows - 1, Math.max(0, row)), extend: keys.shiftKey }
}
