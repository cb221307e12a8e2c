import { basename } from 'node:path'
import { copiedName } from '@shared/domain/import'
import type { FieldSpec } from '@shared/resources/field'
import { isSecret } from '@shared/resources/secret'
import type { Files } from '../exports/files-host'
import { namesOf } from './column-names'
import type { CsvFile, ReadOptions } from './read-import'

/** Where the rows of an import come from. They can be read again with another separator. */
export interface ImportSource {
  readonly name: string
  read(signal?: AbortSignal, separator?: string): Promise<CsvFile>
}

const optionsFor = (fields: readonly FieldSpec[]): ReadOptions => ({
  names: fields.flatMap(namesOf),
  hasSecrets: fields.some(isSecret),
})

type Reader = Pick<Files, 'readImport' | 'readCopied'>

/** Its columns may be called as the fields are. Errors of `read`: FleetError `disk`, `damaged`, `cancelled`. */
export const fileSource = (files: Reader, path: string, fields: readonly FieldSpec[]): ImportSource => ({
  name: basename(path),
  read: (signal, separator) => files.readImport(path, signal, { separator, ...optionsFor(fields) }),
})

export const copiedSource = (files: Reader, text: string, fields: readonly FieldSpec[]): ImportSource => ({
  name: copiedName,
  read: (signal, separator) => files.readCopied(text, signal, { separator, ...optionsFor(fields) }),
})
