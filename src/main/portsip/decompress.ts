import { pipeline, Readable, type Duplex } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { badReply, incompleteReply } from './read-body'

/** Sent with every request: the codings that `decompressed` reads. */
export const acceptedCodings = 'gzip, deflate, br'

/** "deflate" means zlib by RFC 9110, but some servers send the bare DEFLATE stream. */
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

/** True for the error of a compressed body whose end is missing. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR'

/** The coding that a Content-Encoding names; undefined for a body as it is. */
export function codingOf(contentEncoding: string | undefined): string | undefined {
  const coding = (contentEncoding ?? '').trim().toLowerCase()
  return coding === '' || coding === 'identity' ? undefined : coding
}

/**
 * The pieces of a body without its compression. A body that ends before its compressed stream does fails (`isCutOff`). Nothing at all is an empty body,
 * `mayBeEmpty`, or one that was cut off. Throws FleetError `bad-reply` for a coding that was not asked for.
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
