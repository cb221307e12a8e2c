import { setImmediate as nextTurn } from 'node:timers/promises'
import type { z } from 'zod'
import { JsonScanner, type RowSpans } from './json-scanner'
import { badReply, isJson, parseJson } from './read-body'
import { sizeBeyond, type ReplyLimits } from './reply-limits'
import { noteUnexpected, salvage, unexpectedIn } from './salvage'

/** A JSON text that passed the scanner, and where its rows are. */
export interface ScannedJson {
  readonly body: Buffer
  readonly rows: RowSpans | undefined
}

/** Bytes that come in pieces of any size; a million small pieces take no more memory than one large one. */
class Gathered {
  private buffer = Buffer.alloc(0)
  private size = 0

  constructor(
    private readonly operation: string,
    private readonly max: number,
  ) {}

  add(piece: Buffer): void {
    const size = this.size + piece.length
    if (size > this.max) throw sizeBeyond(this.operation, this.max)
    if (size > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.max, Math.max(64 * 1024, 2 * size)))
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

/** Reads a JSON body within the limits; what is beyond them is refused while it comes, before anything is parsed. */
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

/** Called with the paths of what was left out of a reply, as it was missing or unexpected. */
export type OnRemoved = (removed: readonly string[]) => void

const renumbered = (path: readonly PropertyKey[], firstRow: number): string =>
  path
    .map((part, depth) => (depth === 1 && path[0] === 'items' && typeof part === 'number' ? part + firstRow : part))
    .map(String)
    .join('.')
    .slice(0, 80)

/** Reads a parsed reply, which is changed, field by field; `bad-reply` that names the place where it means nothing. Rows of a batch are numbered from `firstRow`. */
export function validate<T>(
  schema: z.ZodType<T>,
  value: unknown,
  operation: string,
  onRemoved: OnRemoved = () => undefined,
  firstRow = 0,
): T {
  const read = salvage(schema, value)
  if ('wrong' in read) {
    const place = renumbered(read.wrong, firstRow)
    throw badReply(
      operation,
      place ? `“${place}” is missing or has an unexpected type` : 'it has an unexpected structure',
    )
  }
  if (read.removed.length > 0) onRemoved(read.removed.map((path) => renumbered(path, firstRow)))
  return read.value
}

/** Parses and validates a long list batch by batch, so that other work of the process goes on meanwhile. */
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
    // An empty batch is the empty list, or follows a comma after the last row.
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

/** The reply as the schema says, without what does not conform; `bad-reply` that names the operation and the place, never the content, where too little is left. */
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
