import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'

/** The sheet of a workbook whose cells are as the PBX has them. In older ones an apostrophe stood before what looks like a formula. */
export const sheetName = 'PBX Fleet'

/** Excel removes what a cell has beyond that when it repairs the file. */
const cellMax = 32_767

/** Throws FleetError `rejected` for a text that does not fit into a cell; `row` is its number in the sheet. */
export function checkXlsxCells(
  columns: readonly { readonly label: string }[],
  cells: readonly string[],
  row: number,
): void {
  for (const [at, { length }] of cells.entries())
    if (length > cellMax)
      throw new FleetError({
        code: 'rejected',
        message: `Row ${printNumber(row)} has ${printNumber(length)} characters in the column ${columns[at]?.label ?? at + 1}. A cell of an Excel workbook has up to ${printNumber(cellMax)}. Nothing was exported.`,
        hint: 'Export as CSV or JSON lines, which have no such limit.',
      })
}
