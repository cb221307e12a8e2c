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
  for (const object of objects) for (const key of Object.keys(object)) keys.add(key)
  const names = [...keys]
  const rows = objects.map((object) => names.map((name) => (Object.hasOwn(object, name) ? cellText(object[name]) : '')))
  return wholeTable(columnsOf(names), rows)
}
