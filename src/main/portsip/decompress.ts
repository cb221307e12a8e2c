import { pipeline, Readable, type Duplex } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { badReply, incompleteReply } from './read-body'

/** Accept-Encoding of every request: the codings that `decompressed` reads. */
export const acceptedCodings = 'gzip, deflate, br'

/** "deflate" means zlib (RFC 9110), but some servers send a raw DEFLATE stream. */
const inflate = (first: number): Duplex => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw())

const decoders: Readonly<Record<string, (first: number) => Duplex>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  deflate: inflate,
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** True if a compressed body ends too early. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR'

/** The coding in a Content-Encoding header; undefined if the body is not compressed. */
export function codingOf(contentEncoding: string | undefined): string | undefined {
  const coding = (contentEncoding ?? '').trim().toLowerCase()
  return coding === '' || coding === 'identity' ? undefined : coding
}

/**
 * Decompressed chunks of a body; fails (`isCutOff`) if the compressed stream is incomplete. An empty body is accepted
 * only with `mayBeEmpty`. Throws FleetError `bad-reply` for a coding that was not requested.
 */
export async function* decompressed(
  body: Readable,
  coding: string | undefined,
  operation: string,
  mayBeEmpty: boolean,
): AsyncGenerator<Buffer> {
  if (coding === undefined) {
    yield* body as AsyncIterable<Buffer>
    return
  }
  const make = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
  if (make === undefined) throw badReply(operation, 'its compression is not supported')
  const pieces = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  const first = await pieces.next()
  if (first.done === true) {
    if (!mayBeEmpty) throw incompleteReply(operation, 'it is empty')
    return
  }
  const decoder = make(first.value[0] ?? 0)
  pipeline(Readable.from(withFirst(first.value, pieces), { objectMode: false }), decoder, () => undefined)
  yield* decoder as AsyncIterable<Buffer>
}
