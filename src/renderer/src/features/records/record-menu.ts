import { printNumber } from '@shared/format/print-number'
import type { MenuItem } from '@/composables/context-menu'

interface MenuDeps {
  readonly noun: string
  readonly readOnly: boolean
  readonly canCreate: boolean
  /** The number of selected rows. */
  readonly selectedCount: number
  /** Actions of this resource only. */
  readonly more: readonly MenuItem[]
  readonly open: () => void
  readonly duplicate: () => void
  readonly copy: () => void
  readonly removeRow: () => void
  readonly removeSelected: () => void
  /** Absent if no field can be changed for several rows together. */
  readonly changeSelected?: () => void
}

/** The actions for the row under the pointer and for the selected rows. */
export function recordMenu(deps: MenuDeps): readonly MenuItem[] {
  const { noun, readOnly, canCreate, selectedCount, more, changeSelected } = deps
  const count = printNumber(selectedCount)
  const copy: MenuItem = {
    label: selectedCount > 1 ? `Copy ${count} rows` : 'Copy row',
    hint: 'Ctrl+C',
    run: deps.copy,
  }
  if (readOnly) return [{ label: 'Show', hint: 'Enter', run: deps.open }, copy, ...more]
  const removeRow = { label: `Delete this ${noun}…`, danger: true, separated: true, run: deps.removeRow }
  return [
    { label: 'Edit…', hint: 'Enter', run: deps.open },
    ...(canCreate ? [{ label: 'Duplicate…', run: deps.duplicate }] : []),
    copy,
    ...more,
    ...(selectedCount > 1 && changeSelected !== undefined
      ? [{ label: `Change ${count} selected…`, run: changeSelected }]
      : []),
    // With selected rows, the Delete key deletes those.
    ...(selectedCount > 0
      ? [removeRow, { label: `Delete ${count} selected…`, hint: 'Del', danger: true, run: deps.removeSelected }]
      : [{ ...removeRow, hint: 'Del' }]),
  ]
}
