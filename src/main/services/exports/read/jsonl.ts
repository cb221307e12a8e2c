import { valueAt, type ApiRecord } from '@shared/resources/nested'
import { cellText, wholeTable, type TextTable } from '../table'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'

function objectOf(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below, without the text of the line.
  }
  throw damaged('expected one JSON object on each line', `line ${number}`)
}

/** Reads JSON lines; the columns are the names of all objects, in the order in which they come. */
export function readJsonl(text: string, preferred: readonly string[] = []): TextTable {
  const objects = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [objectOf(line, index + 1)]))
  const keys = new Set(preferred)
  // An object of which single fields have columns of their own gets none as a whole.
  const taken = new Set(preferred.map((key) => key.split('.')[0] ?? key))
  for (const object of objects) for (const key of Object.keys(object)) if (!taken.has(key)) keys.add(key)
  const names = [...keys]
  const cell = (object: ApiRecord, name: string): string =>
    cellText(Object.hasOwn(object, name) ? object[name] : valueAt(object, name))
  const rows = objects.map((object) => names.map((name) => cell(object, name)))
  return wholeTable(columnsOf(names), rows)
}
