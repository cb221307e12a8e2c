import { setImmediate as nextTurn } from 'node:timers/promises'
import type { z } from 'zod'
import { JsonScanner, type RowSpans } from './json-scanner'
import { badReply, isJson, parseJson } from './read-body'
import { sizeError, type ReplyLimits } from './reply-limits'
import { noteUnexpected, salvage, unexpectedIn } from './salvage'

/** A JSON text within the limits, and the positions of its rows. */
export interface ScannedJson {
  readonly body: Buffer
  readonly rows: RowSpans | undefined
}

/** Most replies are shorter; memory for each of them is not free. */
const bufferMin = 4 * 1024

/** Collects chunks of any size; a million small ones use no more memory than one large one. */
class Gathered {
  private buffer = Buffer.alloc(0)
  private size = 0

  constructor(
    private readonly operation: string,
    private readonly max: number,
  ) {}

  add(piece: Buffer): void {
    const size = this.size + piece.length
    if (size > this.max) throw sizeError(this.operation, this.max)
    if (size > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.max, Math.max(bufferMin, 2 * size)))
      this.buffer.copy(larger, 0, 0, this.size)
      this.buffer = larger
    }
    piece.copy(this.buffer, this.size)
    this.size = size
  }

  whole(): Buffer {
    return this.buffer.subarray(0, this.size)
  }
}

/** Reads a JSON body within the limits. A larger one is refused while it arrives, before anything is parsed. */
export async function readJson(
  pieces: AsyncIterable<Buffer>,
  operation: string,
  limits: ReplyLimits,
): Promise<ScannedJson> {
  const scanner = new JsonScanner(operation, limits)
  const gathered = new Gathered(operation, limits.bytes)
  for await (const piece of pieces) {
    gathered.add(piece)
    scanner.scan(piece)
  }
  return { body: gathered.whole(), rows: scanner.rows() }
}

interface ListBody {
  readonly items: readonly unknown[]
}

const isEmptyList = (value: unknown): value is ListBody =>
  typeof value === 'object' &&
  value !== null &&
  'items' in value &&
  Array.isArray(value.items) &&
  value.items.length === 0

/** Called with the paths of missing or unexpected fields that were left out of a reply. */
export type OnRemoved = (removed: readonly string[]) => void

const renumbered = (path: readonly PropertyKey[], firstRow: number): string =>
  path
    .map((part, depth) => (depth === 1 && path[0] === 'items' && typeof part === 'number' ? part + firstRow : part))
    .map(String)
    .join('.')
    .slice(0, 80)

/**
 * Validates a parsed reply field by field and changes it. Throws `bad-reply` with the path of the first wrong field if
 * too little is left. Rows of a batch are numbered from `firstRow`.
 */
export function validate<T>(
  schema: z.ZodType<T>,
  value: unknown,
  operation: string,
  onRemoved: OnRemoved = () => undefined,
  firstRow = 0,
): T {
  const read = salvage(schema, value)
  if ('firstError' in read) {
    const place = renumbered(read.firstError, firstRow)
    throw badReply(
      operation,
      place ? `“${place}” is missing or has an unexpected type` : 'it has an unexpected structure',
    )
  }
  if (read.removed.length > 0) onRemoved(read.removed.map((path) => renumbered(path, firstRow)))
  return read.value
}

/** Parses and validates a long list batch by batch, so that the process stays responsive. */
async function parseList<T>(
  { body, rows }: Required<ScannedJson> & { readonly rows: RowSpans },
  operation: string,
  schema: z.ZodType<T>,
  onRemoved: OnRemoved | undefined,
): Promise<T> {
  const { all, batches } = rows
  const frame = parseJson(Buffer.concat([body.subarray(0, all.start), body.subarray(all.end)]).toString('utf8'))
  if (frame === undefined) throw badReply(operation, 'its JSON is invalid')
  const list: unknown = validate(schema, frame, operation, onRemoved)
  if (!isEmptyList(frame) || !isEmptyList(list)) return list as T
  const items: unknown[] = []
  const removed = [...unexpectedIn(list)]
  const onBatch: OnRemoved = (paths) => {
    removed.push(...paths)
    onRemoved?.(paths)
  }
  let read = 0
  for (const { start, end } of batches) {
    const batch = parseJson(`[${body.toString('utf8', start, end)}]`)
    // An empty batch is valid only for an empty list; otherwise it follows a trailing comma.
    const isBroken = !Array.isArray(batch) || (batch.length === 0 && batches.length > 1)
    if (isBroken) throw badReply(operation, 'its JSON is invalid')
    const valid: unknown = validate(schema, { ...frame, items: batch }, operation, onBatch, read)
    for (const row of (valid as ListBody).items) items.push(row)
    read += batch.length
    await nextTurn()
  }
  const whole = { ...list, items }
  noteUnexpected(whole, removed)
  return whole as T
}

/**
 * The reply according to the schema, without fields that do not conform. Throws `bad-reply` with operation and path,
 * never the content, if too little is left.
 */
export async function parseReply<T>(
  json: ScannedJson,
  contentType: string,
  operation: string,
  schema: z.ZodType<T>,
  onRemoved?: OnRemoved,
): Promise<T> {
  const { body, rows } = json
  if (body.length === 0) throw badReply(operation, 'it is empty')
  if (!isJson(contentType)) throw badReply(operation, 'it is not JSON. A proxy or another service may have responded')
  if (rows !== undefined && rows.batches.length > 1) return parseList({ body, rows }, operation, schema, onRemoved)
  const value = parseJson(body.toString('utf8'))
  if (value === undefined) throw badReply(operation, 'its JSON is invalid')
  return validate(schema, value, operation, onRemoved)
}
