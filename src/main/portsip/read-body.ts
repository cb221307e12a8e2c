import type { z } from 'zod'
import { FleetError } from '@shared/ipc/result'

/** Of one answer, after decompression. */
export const bodyMax = 64 * 1024 * 1024

export const tooLarge = (operation: string, max: number): FleetError =>
  new FleetError({
    code: 'body-too-large',
    operation,
    message: `The answer is larger than ${Math.floor(max / 1024 / 1024)} MB and was cut off`,
    hint: 'This is no usual answer of a PBX.',
  })

export const badReply = (operation: string, what: string, status?: number): FleetError =>
  new FleetError({
    code: 'bad-reply',
    operation,
    message: `Unexpected response to ${operation}: ${what}`,
    ...(status !== undefined && { status }),
  })

export const incompleteReply = (operation: string, what: string): FleetError =>
  new FleetError({
    code: 'bad-reply',
    operation,
    message: `Incomplete response to ${operation}: ${what}`,
    hint: 'Nothing of it was used. Retry, or check the connection and the web server of the PBX.',
  })

/** Gathers decompressed pieces up to `max` bytes and stops the sender there, so that memory stays bounded. */
export async function readBody(pieces: AsyncIterable<Buffer>, operation: string, max = bodyMax): Promise<Buffer> {
  const gathered: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > max) throw tooLarge(operation, max)
    gathered.push(piece)
  }
  return gathered.length === 1 && gathered[0] !== undefined ? gathered[0] : Buffer.concat(gathered)
}

const isJson = (contentType: string): boolean => /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)

/** A copied `__proto__` would change the copy's prototype. Walking every value costs time, so only where the text has it, also escaped. */
const parse = (text: string): unknown =>
  /__proto__|\\u00(?:5f|70|72|6f|74)/i.test(text)
    ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
    : JSON.parse(text)

/** Text to a value; undefined where it is no JSON. */
export function tryParse(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** The reply as the schema says, or `bad-reply` that names the operation and the place, never the content. */
export function parseReply<T>(body: Buffer, contentType: string, operation: string, schema: z.ZodType<T>): T {
  if (body.length === 0) throw badReply(operation, 'it is empty')
  if (!isJson(contentType)) throw badReply(operation, 'it is not JSON. Something else than the PBX may have answered')
  const value = tryParse(body.toString('utf8'))
  if (value === undefined) throw badReply(operation, 'its JSON is broken')
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.map(String).join('.').slice(0, 80)
  throw badReply(operation, place ? `“${place}” is missing or of another kind than expected` : 'it has another shape')
}
