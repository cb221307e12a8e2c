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

/** The actions for the export under the pointer and for the selected ones. */
export function libraryMenu(entry: ExportEntry, selected: readonly ExportEntry[], deps: MenuDeps): readonly MenuItem[] {
  const isMissing = entry.integrity === 'missing'
  const others: readonly MenuItem[] =
    selected.length > 1
      ? [
          {
            label: `Verify ${printNumber(selected.length)} selected`,
            separated: true,
            run: () => deps.verify(selected),
          },
          {
            label: `Delete ${printNumber(selected.length)} selected…`,
            hint: 'Del',
            danger: true,
            run: () => deps.remove(selected),
          },
        ]
      : []
  return [
    { label: 'Open', hint: 'Enter', off: isMissing && 'The file is missing', run: () => deps.open(entry) },
    {
      label: 'Verify',
      off: entry.manifest === undefined && 'It has no manifest to verify it against',
      run: () => deps.verify([entry]),
    },
    { label: 'Show in folder', run: () => deps.showInFolder(entry) },
    { label: 'Save a copy as…', off: isMissing && 'The file is missing', run: () => deps.saveCopy(entry) },
    { label: 'Delete…', danger: true, separated: true, run: () => deps.remove([entry]) },
    ...others,
  ]
}
