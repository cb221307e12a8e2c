import type { ImportColumn, ImportMapping } from '@shared/domain/import'
import { FleetError } from '@shared/ipc/result'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import { isSecret } from '@shared/resources/secret'
import type { CsvFile } from './read-import'

const samplesMax = 3
const sampleLength = 120

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** For each column the field whose API name or label, in full or short, its header is; each field once. */
export function suggestMapping(header: readonly string[], fields: readonly FieldSpec[]): ImportMapping {
  const taken = new Set<string>()
  return header.map((name) => {
    const wanted = plain(name)
    const field = fields.find(
      ({ key, label, column = label }) =>
        !taken.has(key) && [key, label, column].some((each) => plain(each) === wanted),
    )
    if (field === undefined) return null
    taken.add(field.key)
    return field.key
  })
}

/** Refuses a mapping that is not of this file, names a field twice, or leaves a required one without a column. */
export function checkMapping(mapping: ImportMapping, file: CsvFile, fields: readonly FieldSpec[]): void {
  const keys = mapping.filter((key) => key !== null)
  const known = new Set(fields.map(({ key }) => key))
  const refused = (message: string): FleetError => new FleetError({ code: 'rejected', message })
  if (mapping.length !== file.header.length) throw refused('Map each column to a field, or do not import it')
  const foreign = keys.find((key) => !known.has(key))
  if (foreign !== undefined) throw refused(`${foreign} cannot be imported`)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) throw refused(`Two columns are mapped to ${twice}`)
  const missing = fields.filter(({ key, required }) => required === true && !keys.includes(key))
  if (missing.length > 0)
    throw refused(`No column is mapped to ${missing.map((field) => fieldTitle(fields, field)).join(', ')}`)
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
