import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { PracticeWire } from '@shared/domain/practice'

const compress: Readonly<Record<NonNullable<PracticeWire['coding']>, (data: Buffer) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  'raw-deflate': deflateRawSync,
  br: brotliCompressSync,
}

/** Sends a body compressed, framed and cut according to `wire`; the status is that of `response`. */
export function sendOnWire(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  whole: Buffer,
  { coding, framing, cut }: PracticeWire,
): void {
  const encoded = coding === undefined ? whole : compress[coding](whole)
  const half = encoded.subarray(0, Math.floor(encoded.length / 2))
  const body = cut === 'inside' ? half : encoded
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (coding !== undefined) response.setHeader('content-encoding', coding.replace('raw-', ''))
  if (framing === 'length') response.setHeader('content-length', String(body.length))
  if (framing === 'close') {
    response.setHeader('connection', 'close')
    // Without this header and a length, Node ends the body by closing the connection.
    response.removeHeader('transfer-encoding')
  }
  if (cut === 'connection') response.write(half, () => response.destroy())
  else if (framing === 'length') response.end(body)
  else {
    response.write(body)
    response.end()
  }
}
