import type { ImportColumn, ImportMapping, ImportSetup } from '@shared/domain/import'
import { FleetError } from '@shared/ipc/result'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import { isSecret } from '@shared/resources/secret'
import { cellValue } from './cell-value'
import { namesOf, plainName, withText } from './column-names'
import { isHostCell, isValueCell } from './value-cell'
import { withoutHeader, withoutRows, type CsvFile } from './read-import'

const samplesMax = 3
/** What a column is recognized by. */
const sampleRows = 50
const sampleLength = 120

/** For each column the field whose API name or label, in full or short, its header is; each field once. */
function byName(header: readonly string[], fields: readonly FieldSpec[]): ImportMapping {
  const taken = new Set<string>()
  return header.map((name) => {
    const wanted = plainName(name)
    const field = fields.find((each) => wanted !== '' && !taken.has(each.key) && namesOf(each).includes(wanted))
    if (field === undefined) return null
    taken.add(field.key)
    return field.key
  })
}

/** Kinds of which a value is not mistaken for another text. */
const isTelling = (field: FieldSpec): boolean =>
  field.kind === 'pick' ? field.from !== 'calling-codes' : ['cidr', 'choice', 'time'].includes(field.kind)

const isValueOf = (field: FieldSpec, cell: string): boolean => {
  const found = isTelling(field) ? cellValue(field, cell) : { problem: '' }
  return 'value' in found && found.value !== undefined
}

/** A column is recognized by its cells if it has no name, and one of addresses whatever its name is. */
function byCells({ header, rows }: CsvFile, named: ImportMapping, fields: readonly FieldSpec[]): ImportMapping {
  const taken = new Set(named)
  const sample = rows.filter(({ problem }) => problem === undefined).slice(0, sampleRows)
  return named.map((key, at) => {
    const cells = withText(sample.map((row) => row.cells[at] ?? ''))
    if (key !== null || cells.length === 0) return key
    const field = fields.find(
      (each) =>
        !taken.has(each.key) &&
        (header[at] === '' || each.kind === 'cidr') &&
        cells.filter((cell) => isValueOf(each, cell)).length * 2 > cells.length,
    )
    if (field === undefined) return null
    taken.add(field.key)
    return field.key
  })
}

/** The field for each column: by the name of the column, else by its cells. */
export const suggestMapping = (file: CsvFile, fields: readonly FieldSpec[]): ImportMapping =>
  byCells(file, byName(file.header, fields), fields)

/** Whether the first row names no column and has values instead. */
function isFirstRowData({ header, headerRow, rows }: CsvFile, fields: readonly FieldSpec[]): boolean {
  if (headerRow === undefined || byName(header, fields).some((key) => key !== null)) return false
  // The name of a nested field is like that of a host, which has others below it.
  const isHost = (cell: string, at: number): boolean => isHostCell(cell) && isHostCell(rows[0]?.cells[at] ?? '')
  return header.some(
    (cell, at) => isValueCell(cell) || isHost(cell, at) || fields.some((field) => isValueOf(field, cell)),
  )
}

/**
 * The file with its first row as header or as data; undefined finds out what it is. Errors: FleetError `damaged` for a
 * file that has nothing but a header.
 */
export function withFirstRow(file: CsvFile, fields: readonly FieldSpec[], isHeader?: boolean): CsvFile {
  const isData = isHeader === undefined ? isFirstRowData(file, fields) : file.headerRow !== undefined && !isHeader
  if (isData) return withoutHeader(file)
  if (file.rows.length === 0) throw withoutRows()
  return file
}

/** Refuses a mapping that is not of this file, names a field twice, or leaves a required one without a column and without a value. */
export function checkMapping({ mapping, fixed = {} }: ImportSetup, file: CsvFile, fields: readonly FieldSpec[]): void {
  const mapped = mapping.filter((key) => key !== null)
  const keys = [...mapped, ...Object.keys(fixed)]
  const known = new Set(fields.map(({ key }) => key))
  const refused = (message: string): FleetError => new FleetError({ code: 'rejected', message })
  if (mapping.length !== file.header.length) throw refused('Map each column to a field, or do not import it')
  const foreign = keys.find((key) => !known.has(key))
  if (foreign !== undefined) throw refused(`${foreign} cannot be imported`)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined)
    throw refused(
      mapped.indexOf(twice) === mapped.lastIndexOf(twice)
        ? `${twice} has a column and a value for all rows`
        : `Two columns are mapped to ${twice}`,
    )
  checkRequired({ mapping, fixed }, fields)
}

/** Refuses a mapping that leaves a required field without a column and without a value. */
export function checkRequired({ mapping, fixed = {} }: ImportSetup, fields: readonly FieldSpec[]): void {
  const keys = new Set([...mapping, ...Object.keys(fixed)])
  const missing = fields.filter(({ key, required }) => required === true && !keys.has(key))
  if (missing.length === 0) return
  const titles = missing.map((field) => fieldTitle(fields, field)).join(', ')
  throw new FleetError({ code: 'rejected', message: `No column is mapped to ${titles}` })
}

/**
 * The file's columns with their first cells. Where the resource has secrets, only the cells of columns that are known to hold something else are given: an
 * unknown column may hold passwords.
 */
export function columnsFor(
  { header, rows }: CsvFile,
  mapping: ImportMapping,
  fields: readonly FieldSpec[],
): readonly ImportColumn[] {
  const anySecret = fields.some(isSecret)
  return header.map((name, at) => {
    const field = fields.find(({ key }) => key === mapping[at])
    const hidden = field === undefined ? anySecret : isSecret(field)
    const inPlace = rows.filter(({ problem }) => problem === undefined)
    const samples = inPlace.slice(0, samplesMax).map(({ cells }) => (cells[at] ?? '').slice(0, sampleLength))
    return hidden ? { name } : { name, samples }
  })
}
