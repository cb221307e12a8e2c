import { megabytesText } from '@shared/format/bytes'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { decodeText } from './decode-text'
import { errnoOf } from './disk-error'

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

/** Distinguishes good, damaged and newer contents. Never throws. */
export function parseJson<T>(text: string, shape: JsonShape<T>, modifiedAt: string): JsonReading<T> {
  if (text.trim() === '') return { kind: 'damaged', why: 'is empty' }
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
  const parsed = shape.schema.safeParse(raw)
  if (parsed.success) return { kind: 'good', value: parsed.data, modifiedAt }
  const first = parsed.error.issues[0]
  return { kind: 'damaged', why: `has an unexpected structure (${first?.path.join('.') || 'top level'})` }
}

/** Reads one file synchronously: it is small, and the start of the app waits for it anyway. */
export function readJson<T>(file: string, shape: JsonShape<T>): JsonReading<T> {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const { size, mtime } = fstatSync(descriptor)
      if (size > shape.maxBytes) return { kind: 'damaged', why: `has ${megabytesText(size)}, far beyond the limit` }
      const text = decodeText(readFileSync(descriptor))
      if (text === undefined) return { kind: 'damaged', why: notText }
      return parseJson(text, shape, mtime.toISOString())
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    const code = errnoOf(error)
    return code === 'ENOENT'
      ? { kind: 'missing' }
      : { kind: 'unreadable', why: `cannot be read (${code || 'unknown reason'})` }
  }
}
