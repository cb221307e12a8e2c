import { printNumber } from '@shared/format/print-number'
import type { FleetError } from '@shared/ipc/result'
import { fileLimits } from '@shared/limits/files'
import { isObject } from '@shared/resources/nested'
import { isDeeper } from '../exports/read/jsonl'
import { damaged } from '../exports/read/damaged'
import { checkCellLengths, checkCells, checkColumns, checkNames, checkRows, overLimit } from '../exports/read/limits'
import { eachLine } from '../exports/read/text-of'
import { cellText } from '../exports/table'
import { JsonLeaf, JsonNumber, RepeatedValue, jsonText, readJson, repeatedName } from './json-text'
import { skippedNotes } from './skipped-rows'

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
  /** Why it cannot be imported. */
  readonly problem?: string
}

/** A record is one or two levels below the text: in a list, or in the `items` of an answer. */
const levels = fileLimits.depth + 2

const nested = (where: string): FleetError =>
  overLimit(
    `values nested more deeply${where}`,
    `${fileLimits.depth} levels`,
    'Flatten its objects, then import it again.',
  )

const parsed = (text: string): ReturnType<typeof readJson> =>
  readJson(text, levels, () => {
    throw nested('')
  })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !(value instanceof JsonLeaf)

const twice = (line: number, name: string): string => `Row ${line} has more than one value for “${name}”.`

const itemOf = (line: number, value: unknown): Item => {
  const name = repeatedName(value)
  return { line, value, ...(name !== undefined && { problem: twice(line, name) }) }
}

/** The list in an object: the `items` of an answer of the API, or the only value. An object with other values is a record. */
function listIn(value: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const [only, ...others] = Object.keys(value)
  const list = value['items'] ?? (only !== undefined && others.length === 0 ? value[only] : undefined)
  if (list instanceof RepeatedValue && list.name === 'items') throw damaged('it has more than one “items”')
  return Array.isArray(list) ? list : undefined
}

/** The items of a text that is JSON as a whole: a list, the list in an answer such as `{ "items": […] }`, or one object. */
function itemsOf(value: unknown): readonly Item[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : (isRecord(value) && listIn(value)) || [value]
  return list.map((item, at) => itemOf(at + 1, item))
}

function lineItems(text: string): readonly Item[] | undefined {
  const items: Item[] = []
  eachLine(text, (line, number) => {
    // A byte order mark is a blank, as in front of each of several files that were put together.
    if (line.trim() === '') return
    const read = parsed(line.trim())
    if (read.ok) items.push(itemOf(number, read.value))
    else items.push({ line: number, value: undefined, ...(read.isCutOff && { problem: `Row ${number} ends early.` }) })
    checkRows(items.length, limits)
  })
  return isRecord(items[0]?.value) ? items : undefined
}

const isSingle = (value: unknown): boolean => typeof value !== 'object' || value === null || value instanceof JsonLeaf

/** The single fields of an object whose fields are no lists or objects; other values as they are. */
const singleFields = (name: string, value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) && Object.values(value).every(isSingle)
    ? Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner] as const)
    : [[name, value]]

const cellOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? jsonText(value) : cellText(value)

const entriesOf = (value: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] =>
  Object.entries(value)
    .flatMap(([name, inner]) => singleFields(name, inner))
    .map(([name, inner]) => [name, cellOf(inner)])

interface ItemRecord extends Item {
  readonly fields?: ReadonlyMap<string, string>
}

/** An object with its fields by their columns: `{"a.b":1,"a":{"b":2}}` has two for one. */
function recordOf(item: Item): ItemRecord {
  if (!isRecord(item.value)) return item
  const entries = entriesOf(item.value)
  const fields = new Map(entries)
  if (item.problem !== undefined || fields.size === entries.length) return { ...item, fields }
  const name = entries.find(([each], at) => entries.findIndex(([other]) => other === each) < at)?.[0] ?? ''
  return { ...item, fields, problem: twice(item.line, name) }
}

function checkDepth({ line, value }: Item): void {
  if (isDeeper(value, fileLimits.depth)) throw nested(` in row ${line}`)
}

const isListed = ({ value }: Item): boolean =>
  typeof value === 'string' || typeof value === 'number' || value instanceof JsonNumber

function objectsFile(items: readonly Item[], hasSecrets: boolean): JsonFile {
  const records = items.map(recordOf)
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
  const rows = kept.map(({ line, fields, problem }): JsonRow => {
    if (fields === undefined) return { line, cells: [], problem: problem ?? `Row ${line} is not a JSON object.` }
    const cells = header.map((name) => fields.get(name) ?? '')
    checkCellLengths(cells, line, limits)
    return { line, cells, ...(problem !== undefined && { problem }) }
  })
  const skipped = about.map(({ line, value }) => ({ line, text: jsonText(value) }))
  return { header, rows, notes: skippedNotes(skipped, hasSecrets) }
}

/** Names in quotes at the beginning, as CSV has none. */
const jsonStart = /^\s*(?:\{\s*"|\[\s*\{)/

/** Refuses what is JSON, but not whole. */
function refuseBroken(text: string, { at, isCutOff }: { readonly at: number; readonly isCutOff: boolean }): void {
  let lines = 0
  eachLine(text.slice(0, at + 1), (_, number) => (lines = number))
  const where = `line ${printNumber(Math.max(1, lines))}`
  if (isCutOff) throw damaged('its JSON ends early, so a part of it is missing', where)
  if (jsonStart.test(text)) throw damaged('its JSON is not valid', where)
}

/**
 * Reads JSON lines, a JSON list, or the `items` of an answer of the API; the columns are the names of all fields.
 * Undefined for any other text. With secrets, no text of a skipped record is in the notes. Errors: FleetError `damaged`.
 */
export function jsonFile(text: string, hasSecrets = false): JsonFile | undefined {
  const [start = ''] = text.trimStart()
  if (start !== '{' && start !== '[') return undefined
  const whole = parsed(text)
  const items = whole.ok ? itemsOf(whole.value) : lineItems(text)
  if (items === undefined) {
    if (!whole.ok) refuseBroken(text, whole)
    return undefined
  }
  if (items.length === 0) throw damaged('it is empty')
  checkRows(items.length, limits)
  for (const item of items) checkDepth(item)
  if (!items.every(isListed)) return objectsFile(items, hasSecrets)
  const rows = items.map(({ line, value }) => ({ line, cells: [cellOf(value)] }))
  for (const { line, cells } of rows) checkCellLengths(cells, line, limits)
  return { header: [''], rows, notes: [] }
}
