import { printNumber } from '@shared/format/print-number'
import type { MenuItem } from '@/composables/context-menu'

interface MenuDeps {
  readonly one: string
  readonly readOnly: boolean
  readonly mayCreate: boolean
  /** How many rows are chosen. */
  readonly chosen: number
  /** What is special to the resource. */
  readonly more: readonly MenuItem[]
  readonly open: () => void
  readonly duplicate: () => void
  readonly copy: () => void
  readonly removeRow: () => void
  readonly removeChosen: () => void
  /** Absent where no field can be set for many rows together. */
  readonly changeChosen?: () => void
}

/** What can be done with the row under the pointer, and with the chosen ones. */
export function recordMenu(deps: MenuDeps): readonly MenuItem[] {
  const { one, readOnly, mayCreate, chosen, more, changeChosen } = deps
  const count = printNumber(chosen)
  const copy: MenuItem = { label: chosen > 1 ? `Copy ${count} rows` : 'Copy row', hint: 'Ctrl+C', run: deps.copy }
  if (readOnly) return [{ label: 'Show', hint: 'Enter', run: deps.open }, copy, ...more]
  const removeRow = { label: `Delete this ${one}…`, danger: true, separated: true, run: deps.removeRow }
  return [
    { label: 'Edit…', hint: 'Enter', run: deps.open },
    ...(mayCreate ? [{ label: 'Duplicate…', run: deps.duplicate }] : []),
    copy,
    ...more,
    ...(chosen > 1 && changeChosen !== undefined ? [{ label: `Change ${count} selected…`, run: changeChosen }] : []),
    // The key deletes the chosen rows, where there are any.
    ...(chosen > 0
      ? [removeRow, { label: `Delete ${count} selected…`, hint: 'Del', danger: true, run: deps.removeChosen }]
      : [{ ...removeRow, hint: 'Del' }]),
  ]
}
