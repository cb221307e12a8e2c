import { kilobytesText } from '@shared/format/bytes'
import {
  request as httpRequest,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import type { AxiosInstance } from 'axios'
import { FleetError } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'
import { abortReason, throwIfAborted } from './abort'
import { connectError } from './connect-error'
import { acceptedCodings, codingOf, decompressed, isCutOff } from './decompress'
import { badReply, incompleteReply } from './read-body'
import { Watchdog } from './watchdog'

export interface Sending {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer | undefined
  readonly agent: Agent
  readonly idleMs: number
  /** Milliseconds from the header to the end of the body. */
  readonly totalMs: number
  readonly signal: AbortSignal | undefined
}

export type ReplyHeaders = Readonly<Record<string, string | undefined>>

/**
 * A response whose body is still arriving. `pieces` is decompressed, fails with FleetError, and must be read or closed.
 */
export interface Exchange {
  readonly status: number
  readonly headers: ReplyHeaders
  /**
   * False if only the end of the connection ends the body: with TLS, Node does not show whether the server ended it.
   */
  readonly isDelimited: boolean
  readonly pieces: AsyncIterable<Buffer>
  readonly close: () => void
}

let client: Promise<AxiosInstance> | undefined

/** Loaded with the first request, so that the app starts faster. */
const axiosClient = (): Promise<AxiosInstance> =>
  (client ??= import('axios').then(({ default: axios }) =>
    axios.create({
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      // Axios' own decompression accepts a truncated body.
      decompress: false,
      responseType: 'stream',
      validateStatus: () => true,
      transformRequest: (data: unknown) => data,
      transformResponse: (data: unknown) => data,
    }),
  ))

/** Errors of the HTTP client include the request with headers and body, so only their code is used. */
function responseError(error: unknown, operation: string): FleetError {
  if (error instanceof FleetError) return error
  if (isCutOff(error)) return incompleteReply(operation, 'its compressed data is incomplete')
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new FleetError({
      code: 'body-too-large',
      operation,
      message: `The response header is larger than ${kilobytesText(replyValues.headerBytes)}`,
      hint: 'This is not a usual response of a PBX.',
    })
  }
  if (code.startsWith('HPE_')) {
    return badReply(operation, 'it is not HTTP')
  }
  if (/^Z_|^ERR_.*(?:BROTLI|PADDING|FORMAT)|_ERROR_/.test(code)) {
    return badReply(operation, 'its compressed data is invalid')
  }
  return new FleetError({
    code: 'offline',
    operation,
    message: 'The connection was lost before the response was complete',
  })
}

const idleTimeout = (operation: string, ms: number): FleetError =>
  new FleetError({
    code: 'timeout',
    operation,
    message: `The response stalled for ${Math.ceil(ms / 1000)} s`,
    hint: 'The PBX may be overloaded, or the connection is bad.',
  })

const totalTimeout = (operation: string, ms: number): FleetError =>
  new FleetError({
    code: 'timeout',
    operation,
    message: `The response to ${operation} was not complete after ${Math.ceil(ms / 1000)} s`,
    hint: 'The PBX may be overloaded, or the connection is slow.',
  })

/** True if HTTP marks the end of the body, by its length or a last chunk. */
function isFramed(status: number, headers: ReplyHeaders): boolean {
  const transfer = headers['transfer-encoding']?.trim().toLowerCase()
  if (transfer !== undefined) return transfer === 'chunked'
  return status === 204 || headers['content-length'] !== undefined
}

function plainHeaders(raw: object): ReplyHeaders {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(raw)) if (typeof value === 'string') plain[name.toLowerCase()] = value
  return plain
}

/**
 * Sends one request and resolves with the headers. Follows no redirect and accepts any status. Fails with FleetError:
 * NotSentError or CertificateError if nothing was sent; after any other error the PBX may have seen the request.
 */
export async function exchange(sending: Sending): Promise<Exchange> {
  const { operation, signal, idleMs, totalMs } = sending
  const axios = await axiosClient()
  throwIfAborted(signal)
  const stop = new AbortController()
  let failure: FleetError | undefined
  let raw: unknown
  let sent = false
  const fail = (error: FleetError): void => {
    failure ??= error
    stop.abort()
  }
  const watchdog = new Watchdog(idleMs, () => fail(idleTimeout(operation, idleMs)))
  const onAbort = (): void => fail(signal ? abortReason(signal) : idleTimeout(operation, idleMs))
  signal?.addEventListener('abort', onAbort, { once: true })
  let deadline: NodeJS.Timeout | undefined
  const cleanUp = (): void => {
    watchdog.stop()
    clearTimeout(deadline)
    signal?.removeEventListener('abort', onAbort)
  }
  const errorFor = (error: unknown): FleetError => {
    if (failure !== undefined) return failure
    const cause = raw ?? error
    if (cause instanceof FleetError) return cause
    return sent ? responseError(cause, operation) : connectError(cause as NodeJS.ErrnoException)
  }
  const transport = {
    request: (options: RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest => {
      const make = options.protocol === 'http:' ? httpRequest : httpsRequest
      const request = make({ ...options, maxHeaderSize: replyValues.headerBytes }, onResponse)
      request.once('error', (error) => (raw ??= error))
      // The connection is open and trusted, so from here on the PBX may see the request.
      request.once('socket', (socket) => {
        const begin = (): void => {
          sent = true
          watchdog.start()
        }
        if (socket.connecting) socket.once('connect', begin)
        else begin()
      })
      return request
    },
  }
  try {
    const { status, headers, data } = await axios.request<Readable>({
      method: sending.method,
      url: sending.url,
      headers: { ...sending.headers, 'Accept-Encoding': acceptedCodings },
      ...(sending.body !== undefined && { data: sending.body }),
      httpAgent: sending.agent,
      httpsAgent: sending.agent,
      signal: stop.signal,
      transport,
    })
    watchdog.start()
    deadline = setTimeout(() => fail(totalTimeout(operation, totalMs)), totalMs)
    const close = (): void => {
      cleanUp()
      data.on('error', () => undefined)
      data.destroy()
    }
    const plain = plainHeaders(headers)
    const framed = isFramed(status, plain)
    const coding = codingOf(plain['content-encoding'])
    const body = decompressed(data, coding, operation, framed)
    const isDelimited = framed || coding !== undefined
    return { status, headers: plain, isDelimited, pieces: pieces(body, watchdog, errorFor, close), close }
  } catch (error) {
    cleanUp()
    throw errorFor(error)
  }
}

async function* pieces(
  body: AsyncIterable<Buffer>,
  watchdog: Watchdog,
  errorFor: (error: unknown) => FleetError,
  close: () => void,
): AsyncIterable<Buffer> {
  try {
    for await (const piece of body) {
      watchdog.progress(piece.length)
      watchdog.hold()
      yield piece
      watchdog.resume()
    }
  } catch (error) {
    throw errorFor(error)
  } finally {
    close()
  }
}
