import { z } from 'zod'
import { journaledIds } from '../resources/ids'
import type { RecordValues } from './record'

/** How a change ended. */
export const outcomes = ['done', 'alreadyInPlace', 'conflict', 'refused', 'notSent', 'unknown'] as const
export type Outcome = (typeof outcomes)[number]

export const writeKinds = ['create', 'change', 'delete', 'action'] as const
export type WriteKind = (typeof writeKinds)[number]

/** The source of a change, with full names so that an entry is self-contained. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('form') }),
  /** One attempt of a plan step. An attempt is sent once or never. */
  z.object({
    kind: z.literal('plan'),
    plan: z.string(),
    title: z.string(),
    step: z.int().positive(),
    attempt: z.int().positive(),
    /** The entries that the step reverts. */
    reverts: z.array(z.int().positive()).readonly().optional(),
  }),
  // Used in entries from before plans existed.
  z.object({ kind: z.literal('list'), count: z.number() }),
  z.object({ kind: z.literal('import'), file: z.string() }),
  /** The entry that is reverted. */
  z.object({ kind: z.literal('revert'), of: z.int().positive() }),
])
export type WriteSource = z.infer<typeof sourceSchema>

const fieldError = z.object({ path: z.string(), message: z.string() })

const isValues = (value: unknown): value is RecordValues =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).every((key) => key.length <= 100)

/** Like `recordValuesSchema`, but faster, because the values come from JSON and a journal has very many. */
const valuesSchema = z.custom<RecordValues>(isValues)

/** A change. Values are those of described fields without secrets; of a secret, only that it was set. */
export const writeSchema = z.object({
  kind: z.enum(writeKinds),
  operation: z.string(),
  resource: z.enum(journaledIds).optional(),
  identity: z.string(),
  id: z.string().optional(),
  /** The trunk of an assignment, whose `id` is that of the tenant. */
  trunkId: z.string().optional(),
  before: valuesSchema,
  changes: valuesSchema,
})

/** Written before a change is sent. */
export const intentSchema = z.object({
  kind: z.literal('intent'),
  /** The server and its place in the workspace at that time. */
  server: z.object({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    folder: z.string(),
    tags: z.array(z.string()).readonly(),
  }),
  /** `system`: the account of this computer. `pbx`: the account that was signed in to the server. */
  user: z.object({ system: z.string(), pbx: z.string() }),
  write: writeSchema,
  source: sourceSchema,
  /** A ticket or note that was typed at the review. */
  note: z.string().optional(),
})
export type Intent = z.infer<typeof intentSchema>

/** The result of the intent with the number `of`. */
export const resultSchema = z.object({
  kind: z.literal('result'),
  of: z.int().positive(),
  outcome: z.enum(outcomes),
  /** The app ended before the result was stored; it was determined later by reading. */
  settledLater: z.literal(true).optional(),
  /** The ID of the created record. */
  newId: z.string().optional(),
  /** Fields whose stored value differs from the sent one. */
  differences: z
    .array(z.object({ key: z.string(), sent: z.string(), found: z.string() }))
    .readonly()
    .optional(),
  error: z
    .object({ code: z.string(), message: z.string(), fields: z.array(fieldError).readonly().optional() })
    .optional(),
})
export type Result = z.infer<typeof resultSchema>

/** A note that the computer account `user` added later to the intent with the number `of`. */
const laterNoteSchema = z.object({
  kind: z.literal('note'),
  of: z.int().positive(),
  text: z.string(),
  user: z.string(),
})

/** The user confirmed that the journal continues although entries up to `expected` are missing or differ. */
const continuedSchema = z.object({ kind: z.literal('continued'), expected: z.int().positive(), user: z.string() })

export const journalRecordSchema = z.discriminatedUnion('kind', [
  intentSchema,
  resultSchema,
  laterNoteSchema,
  continuedSchema,
])
export type JournalRecord = z.infer<typeof journalRecordSchema>

/**
 * Fields of every line: its number, the time in UTC, and the SHA-256 of the previous line in hex, empty in the first
 * one.
 */
const line = {
  v: z.literal(1),
  seq: z.int().positive(),
  at: z.iso.datetime(),
  // Compared with the hash when the chain is verified.
  prev: z.string().max(64),
}
/** Parses a line in one pass; an intersection would parse it twice and merge the results. */
export const journalLineSchema = z.discriminatedUnion('kind', [
  intentSchema.extend(line),
  resultSchema.extend(line),
  laterNoteSchema.extend(line),
  continuedSchema.extend(line),
])
export type JournalLine = z.infer<typeof journalLineSchema>
