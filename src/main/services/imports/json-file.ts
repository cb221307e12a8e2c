import { fileLimits } from '@shared/limits/files'
import { isObject } from '@shared/resources/nested'
import { isDeeper } from '../exports/read/jsonl'
import { damaged } from '../exports/read/damaged'
import { checkCellLengths, checkCells, checkColumns, checkNames, checkRows, overLimit } from '../exports/read/limits'
import { eachLine } from '../exports/read/text-of'
import { cellText } from '../exports/table'
import { skippedNote } from './leading-lines'

const limits = fileLimits.import

interface JsonRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly problem?: string
}

export interface JsonFile {
  /** The names of the fields; blank for a list of texts. */
  readonly header: readonly string[]
  readonly rows: readonly JsonRow[]
  readonly notes: readonly string[]
}

interface Item {
  /** The number of the line, or of the item in its list. */
  readonly line: number
  /** Undefined if the line is not JSON. */
  readonly value: unknown
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** The items of a text that is JSON as a whole: a list, the `items` of an answer of the API, or one object. */
function itemsOf(value: unknown): readonly Item[] {
  const list = Array.isArray(value)
    ? (value as readonly unknown[])
    : isObject(value) && Array.isArray(value['items'])
      ? (value['items'] as readonly unknown[])
      : [value]
  return list.map((item, at) => ({ line: at + 1, value: item }))
}

function lineItems(text: string): readonly Item[] | undefined {
  const items: Item[] = []
  eachLine(text, (line, number) => {
    if (line.trim() === '') return
    items.push({ line: number, value: parsed(line)?.value })
    checkRows(items.length, limits)
  })
  return isObject(items[0]?.value) ? items : undefined
}

/** The single fields of an object whose fields are no lists or objects; other values as they are. */
const singleFields = (name: string, value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) && Object.values(value).every((inner) => typeof inner !== 'object' || inner === null)
    ? Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner] as const)
    : [[name, value]]

const fieldsOf = (value: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(value)
      .flatMap(([name, inner]) => singleFields(name, inner))
      .map(([name, inner]) => [name, cellText(inner)]),
  )

function checkDepth({ line, value }: Item): void {
  if (!isDeeper(value, fileLimits.depth)) return
  const hint = 'Flatten its objects, then import it again.'
  throw overLimit(`values nested more deeply in row ${line}`, `${fileLimits.depth} levels`, hint)
}

const isListed = ({ value }: Item): boolean => typeof value === 'string' || typeof value === 'number'

function objectsFile(items: readonly Item[]): JsonFile {
  const records = items.map((item) => ({ ...item, fields: isObject(item.value) ? fieldsOf(item.value) : undefined }))
  const uses = new Map<string, number>()
  for (const name of records.flatMap(({ fields }) => [...(fields?.keys() ?? [])]))
    uses.set(name, (uses.get(name) ?? 0) + 1)
  // A first or last object that shares no field with the others tells about the file, as the last line of Spamhaus' lists.
  const aboutPlaces = records.length > 2 ? [0, records.length - 1] : records.length === 2 ? [1] : []
  const isAbout = ({ fields }: (typeof records)[number], at: number): boolean =>
    fields !== undefined && aboutPlaces.includes(at) && [...fields.keys()].every((name) => uses.get(name) === 1)
  const about = records.filter(isAbout)
  const kept = records.filter((record, at) => !isAbout(record, at))
  const header = [...new Set(kept.flatMap(({ fields }) => [...(fields?.keys() ?? [])]))]
  checkColumns(header.length, limits)
  checkNames(header, limits)
  checkCells(kept.length, header.length, limits)
  const rows = kept.map(({ line, fields }): JsonRow => {
    if (fields === undefined) return { line, cells: [], problem: `Row ${line} is not a JSON object.` }
    const cells = header.map((name) => fields.get(name) ?? '')
    checkCellLengths(cells, line, limits)
    return { line, cells }
  })
  const note = skippedNote(about.map(({ value }) => JSON.stringify(value)))
  return { header, rows, notes: note === undefined ? [] : [note] }
}

/**
 * Reads JSON lines, a JSON list, or the `items` of an answer of the API; the columns are the names of all fields.
 * Undefined for any other text. Errors: FleetError `damaged`.
 */
export function jsonFile(text: string): JsonFile | undefined {
  const [start = ''] = text.trimStart()
  if (start !== '{' && start !== '[') return undefined
  const whole = parsed(text)
  const items = whole === undefined ? lineItems(text) : itemsOf(whole.value)
  if (items === undefined) return undefined
  if (items.length === 0) throw damaged('it is empty')
  checkRows(items.length, limits)
  for (const item of items) checkDepth(item)
  if (!items.every(isListed)) return objectsFile(items)
  const rows = items.map(({ line, value }) => ({ line, cells: [cellText(value)] }))
  for (const { line, cells } of rows) checkCellLengths(cells, line, limits)
  return { header: [''], rows, notes: [] }
}
