import { z } from 'zod'
import { journaledIds } from '../resources/ids'
import type { RecordValues } from './record'

/** How a change ended. */
export const outcomes = ['done', 'alreadyInPlace', 'conflict', 'refused', 'notSent', 'unknown'] as const
export type Outcome = (typeof outcomes)[number]

export const writeKinds = ['create', 'change', 'delete', 'action'] as const
export type WriteKind = (typeof writeKinds)[number]

/** What made a change; names in full, so that an entry can be read on its own. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('form') }),
  /** One attempt of a step of a plan. An attempt is sent once at the most, ever. */
  z.object({
    kind: z.literal('plan'),
    plan: z.string(),
    title: z.string(),
    step: z.int().positive(),
    attempt: z.int().positive(),
    /** The entries that the step reverts. */
    reverts: z.array(z.int().positive()).readonly().optional(),
  }),
  // As entries had it before there were plans.
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

/** As `recordValuesSchema`, for values that came out of JSON: a journal has very many, and each is one that JSON can have. */
const valuesSchema = z.custom<RecordValues>(isValues)

/** A change. Values are those of described fields without secrets; of a secret only that it was set. */
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

/** What is written before a change is sent. */
export const intentSchema = z.object({
  kind: z.literal('intent'),
  /** The server and where it stood in the workspace at that time. */
  server: z.object({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    folder: z.string(),
    tags: z.array(z.string()).readonly(),
  }),
  /** `system`: the account of this computer. `pbx`: the one that was signed in to the server. */
  user: z.object({ system: z.string(), pbx: z.string() }),
  write: writeSchema,
  source: sourceSchema,
  /** A ticket or note that was typed at the review. */
  note: z.string().optional(),
})
export type Intent = z.infer<typeof intentSchema>

/** What became of the intent with the number `of`. */
export const resultSchema = z.object({
  kind: z.literal('result'),
  of: z.int().positive(),
  outcome: z.enum(outcomes),
  /** The app ended before the result was stored; it was found out later by reading. */
  settledLater: z.literal(true).optional(),
  /** The ID of what was created. */
  newId: z.string().optional(),
  /** Fields whose stored value is another one than was sent. */
  differences: z
    .array(z.object({ key: z.string(), sent: z.string(), found: z.string() }))
    .readonly()
    .optional(),
  error: z
    .object({ code: z.string(), message: z.string(), fields: z.array(fieldError).readonly().optional() })
    .optional(),
})
export type Result = z.infer<typeof resultSchema>

/** A note that the account `user` of this computer added later to the intent with the number `of`. */
const laterNoteSchema = z.object({
  kind: z.literal('note'),
  of: z.int().positive(),
  text: z.string(),
  user: z.string(),
})

/** A person confirmed that the journal goes on although entries up to `expected` are missing or others. */
const continuedSchema = z.object({ kind: z.literal('continued'), expected: z.int().positive(), user: z.string() })

export const journalRecordSchema = z.discriminatedUnion('kind', [
  intentSchema,
  resultSchema,
  laterNoteSchema,
  continuedSchema,
])
export type JournalRecord = z.infer<typeof journalRecordSchema>

/** What every line has: its number, the time in UTC, and the SHA-256 of the line before in hex; empty in the first one. */
const line = {
  v: z.literal(1),
  seq: z.int().positive(),
  at: z.iso.datetime(),
  // Compared with the hash itself where the chain is verified.
  prev: z.string().max(64),
}
/** One pass over a line: an intersection would parse it twice and merge what came out. */
export const journalLineSchema = z.discriminatedUnion('kind', [
  intentSchema.extend(line),
  resultSchema.extend(line),
  laterNoteSchema.extend(line),
  continuedSchema.extend(line),
])
export type JournalLine = z.infer<typeof journalLineSchema>
