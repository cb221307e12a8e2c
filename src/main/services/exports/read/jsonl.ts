import { printNumber } from '@shared/format/print-number'
import { fileLimits } from '@shared/limits/files'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import { cellText, wholeTable, type TextTable } from '../table'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'
import { checkCellLengths, checkCells, checkColumns, checkRows, overLimit } from './limits'
import { eachLine } from './text-of'

const limits = fileLimits.view

/** True if a value has more than so many levels of lists and objects. */
export const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))

function objectOf(line: string, number: number): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Reported below, without the text of the line.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw damaged('expected one JSON object on each line', `line ${number}`)
  if (isDeeper(value, fileLimits.depth)) {
    const hint = 'Flatten the objects of that line, then open it again.'
    throw overLimit(`values nested more deeply in line ${printNumber(number)}`, `${fileLimits.depth} levels`, hint)
  }
  return value as Record<string, unknown>
}

/** Reads JSON lines; the columns are the names of all objects, in the order in which they come. */
export function readJsonl(text: string, preferred: readonly string[] = []): TextTable {
  const objects: Readonly<Record<string, unknown>>[] = []
  const keys = new Set(preferred)
  // An object of which single fields have columns of their own gets none as a whole.
  const divided = new Set(preferred.map((key) => key.split('.')[0] ?? key))
  eachLine(text, (line, number) => {
    if (line.trim() === '') return
    const object = objectOf(line, number)
    const names = Object.keys(object)
    checkColumns(names.length, limits, number)
    for (const name of names) if (!divided.has(name)) keys.add(name)
    objects.push(object)
    checkRows(objects.length, limits)
    checkColumns(keys.size, limits)
    checkCells(objects.length, keys.size, limits)
  })
  const names = [...keys]
  const cell = (object: ApiRecord, name: string): string =>
    cellText(Object.hasOwn(object, name) ? object[name] : valueAt(object, name))
  const rows = objects.map((object, at) => {
    const cells = names.map((name) => cell(object, name))
    checkCellLengths(cells, at + 1, limits)
    return cells
  })
  return wholeTable(columnsOf(names), rows)
}
