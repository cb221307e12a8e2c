import { z } from 'zod'
import { storedLimits } from '@shared/limits/stored'
import { issuePath } from '@shared/text/issue-path'
import { decodeText } from './decode-text'
import { errnoOf } from './disk-error'
import { jsonSize } from './json-size'
import { readRegularSync } from './regular-file'

/** Result of reading a JSON file. `why` completes the sentence "the file …". */
export type JsonReading<T> =
  | { readonly kind: 'good'; readonly value: T; readonly modifiedAt: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' | 'newer-version' | 'unreadable'; readonly why: string }

export interface JsonShape<T> {
  readonly schema: z.ZodType<T>
  readonly version: number
  /** A larger file is not parsed, because that would block the app for seconds. */
  readonly maxBytes: number
}

/** Completes the sentence "the file …". */
export const notText = 'is not text, or its encoding is damaged'

const versioned = z.looseObject({ version: z.number() })

/**
 * The path of the first entry of a list of the file that is wrong. All errors of a file of junk would fill the memory,
 * so its entries are validated one by one before the whole.
 */
function firstWrongEntry<T>(schema: z.ZodType<T>, file: object): string | undefined {
  const lists = Object.entries(file).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  const frame = { ...file, ...Object.fromEntries(lists.map(([key]) => [key, []])) }
  for (const [key, list] of lists)
    for (const [index, item] of list.entries()) {
      const issue = schema.safeParse({ ...frame, [key]: [item] }).error?.issues[0]
      if (issue === undefined) continue
      const [first, , ...rest] = issue.path
      return issuePath(first === key ? [key, index, ...rest] : issue.path)
    }
  return undefined
}

const unexpected = (path: string | undefined): JsonReading<never> => ({
  kind: 'damaged',
  why: `has an unexpected structure (${path || 'top level'})`,
})

/** Distinguishes good, damaged and newer contents. Never throws. */
export function parseJson<T>(text: string, shape: Omit<JsonShape<T>, 'maxBytes'>, modifiedAt: string): JsonReading<T> {
  if (text.trim() === '') return { kind: 'damaged', why: 'is empty' }
  const size = jsonSize(text)
  if ('problem' in size) return { kind: 'damaged', why: size.problem }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return { kind: 'damaged', why: 'is not valid JSON' }
  }
  const header = versioned.safeParse(raw)
  if (header.success && header.data.version > shape.version) {
    return { kind: 'newer-version', why: `was written by a newer version of PBX Fleet (format ${header.data.version})` }
  }
  if (header.success && size.values > storedLimits.unlistedValues) {
    const path = firstWrongEntry(shape.schema, header.data)
    if (path !== undefined) return unexpected(path)
  }
  const parsed = shape.schema.safeParse(raw)
  if (parsed.success) return { kind: 'good', value: parsed.data, modifiedAt }
  return unexpected(issuePath(parsed.error.issues[0]?.path ?? []))
}

/** Something else than a file has its name and stays there, or it is too large. */
class Refused extends Error {
  constructor(
    why: string,
    readonly isFile: boolean,
  ) {
    super(why)
  }
}

/** Reads one file synchronously: it is small, and the start of the app waits for it anyway. */
export function readJson<T>(file: string, shape: JsonShape<T>): JsonReading<T> {
  try {
    const { bytes, mtime } = readRegularSync(file, shape.maxBytes, (why, size) => new Refused(why, size !== undefined))
    const text = decodeText(bytes)
    if (text === undefined) return { kind: 'damaged', why: notText }
    return parseJson(text, shape, mtime.toISOString())
  } catch (error) {
    if (error instanceof Refused) return { kind: error.isFile ? 'damaged' : 'unreadable', why: error.message }
    const code = errnoOf(error)
    return code === 'ENOENT'
      ? { kind: 'missing' }
      : { kind: 'unreadable', why: `cannot be read (${code || 'unknown reason'})` }
  }
}
