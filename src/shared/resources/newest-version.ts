import type { FieldSpec } from './field'
import { asOfVersion, compareVersions } from './version'

/** The newest of these versions; undefined if none is known. */
export const newestVersion = (versions: readonly (string | undefined)[]): string | undefined =>
  versions.reduce(
    (newest, version) =>
      version !== undefined && (newest === undefined || compareVersions(version, newest) > 0) ? version : newest,
    undefined,
  )

/** Fields for servers of several versions: those that the newest one requires are required. */
export const requiredBy = (fields: readonly FieldSpec[], version: string | undefined): readonly FieldSpec[] =>
  fields.map((field) => (asOfVersion(field, version).required === true ? { ...field, required: true } : field))
