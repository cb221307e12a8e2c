import { FleetError } from '@shared/ipc/result'
import { sizeError } from './reply-limits'

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

/** Collects decompressed chunks up to `max` bytes, so that memory use is limited. */
export async function readBody(pieces: AsyncIterable<Buffer>, operation: string, max: number): Promise<Buffer> {
  const gathered: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > max) throw sizeError(operation, max)
    gathered.push(piece)
  }
  return gathered.length === 1 && gathered[0] !== undefined ? gathered[0] : Buffer.concat(gathered)
}

export const isJson = (contentType: string): boolean =>
  /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)

/**
 * Copying `__proto__` would change the prototype of the copy. Checking every value costs time, so it is done only for
 * texts that contain the key, also escaped.
 */
const parseSafely = (text: string): unknown =>
  /__proto__|\\u00(?:5f|70|72|6f|74)/i.test(text)
    ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
    : JSON.parse(text)

/** Parses JSON; undefined if it is invalid. */
export function parseJson(text: string): unknown {
  try {
    return parseSafely(text)
  } catch {
    return undefined
  }
}
