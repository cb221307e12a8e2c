import { printNumber } from '@shared/format/print-number'
import type { ExportEntry } from '@shared/domain/export'
import type { MenuItem } from '@/composables/context-menu'

interface MenuDeps {
  readonly open: (entry: ExportEntry) => void
  readonly verify: (entries: readonly ExportEntry[]) => void
  readonly showInFolder: (entry: ExportEntry) => void
  readonly saveCopy: (entry: ExportEntry) => void
  readonly remove: (entries: readonly ExportEntry[]) => void
}

/** What can be done with the export under the pointer and with the chosen ones. */
export function libraryMenu(entry: ExportEntry, chosen: readonly ExportEntry[], deps: MenuDeps): readonly MenuItem[] {
  const gone = entry.integrity === 'missing'
  const others: readonly MenuItem[] =
    chosen.length > 1
      ? [
          { label: `Verify ${printNumber(chosen.length)} selected`, separated: true, run: () => deps.verify(chosen) },
          {
            label: `Delete ${printNumber(chosen.length)} selected…`,
            hint: 'Del',
            danger: true,
            run: () => deps.remove(chosen),
          },
        ]
      : []
  return [
    { label: 'Open', hint: 'Enter', disabled: gone, run: () => deps.open(entry) },
    { label: 'Verify', disabled: entry.manifest === undefined, run: () => deps.verify([entry]) },
    { label: 'Show in folder', run: () => deps.showInFolder(entry) },
    { label: 'Save a copy as…', disabled: gone, run: () => deps.saveCopy(entry) },
    { label: 'Delete…', danger: true, separated: true, run: () => deps.remove([entry]) },
    ...others,
  ]
}
