import { FleetError } from '@shared/ipc/result'
import { sizeBeyond } from './reply-limits'

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
    hint: 'It was discarded. Retry, or check the connection and the web server of the PBX.',
  })

/** Gathers decompressed pieces up to `max` bytes and stops the sender there, so that memory stays bounded. */
export async function readBody(pieces: AsyncIterable<Buffer>, operation: string, max: number): Promise<Buffer> {
  const gathered: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > max) throw sizeBeyond(operation, max)
    gathered.push(piece)
  }
  return gathered.length === 1 && gathered[0] !== undefined ? gathered[0] : Buffer.concat(gathered)
}

export const isJson = (contentType: string): boolean =>
  /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)

/** A copied `__proto__` would change the copy's prototype. Walking every value costs time, so only where the text has it, also escaped. */
const parseSafely = (text: string): unknown =>
  /__proto__|\\u00(?:5f|70|72|6f|74)/i.test(text)
    ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
    : JSON.parse(text)

/** Text to a value; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return parseSafely(text)
  } catch {
    return undefined
  }
}
