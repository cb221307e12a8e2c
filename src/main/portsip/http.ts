import { Readable } from 'node:stream'
import type { z } from 'zod'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'
import { CertificateError, trustingAgent, type Peer, type TrustOptions } from './tls-trust'
import { apiError } from './api-error'
import { NotSentError } from './connect-error'
import { fileNameOf, limited, Release } from './download'
import { exchange, type Exchange } from './exchange'
import type { PbxDownload, Query } from './pbx-client'
import { badReply, incompleteReply, parseJson, readBody } from './read-body'
import { isPbxReply, isOutOfReach } from './reach'
import { parseReply, readJson } from './read-json'
import { errorReply, ordinaryReply, unpagedReply } from './reply-limits'
import { pauseFor, waitBeforeRetry } from './retry'
import { realTiming, type Timing, type TokenBucket } from './token-bucket'

/** Log line of a request, without any content. */
export interface RequestLine {
  readonly operation: string
  readonly status?: number
  readonly error?: ErrorCode
  readonly ms: number
}

export interface HttpOptions extends TrustOptions {
  readonly bucket: TokenBucket
  readonly log: (line: RequestLine) => void
  /** Paths of a reply that were missing or unexpected and therefore left out. */
  readonly onUnexpected?: (operation: string, paths: readonly string[]) => void
  /** Called for each complete response of the PBX, also for a refusal. */
  readonly onReply?: () => void
  /** Called if the PBX did not respond (`isOutOfReach`), but not for a canceled request. */
  readonly onOutOfReach?: (error: FleetError) => void
  /** Called when the PBX requests a pause: no request is sent for this many milliseconds. */
  readonly onPaused?: (ms: number) => void
  readonly idleMs?: number
  readonly bodyMax?: number
  /** Milliseconds for the whole response to a JSON request. */
  readonly replyMs?: number
  readonly timing?: Timing
  readonly random?: () => number
}

/** A request to send. `signIn` marks requests with credentials, whose errors differ. */
export interface HttpRequest {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Query | undefined
  readonly body?: unknown
  readonly bytes?: Buffer | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly onHeaders?: ((headers: Exchange['headers']) => void) | undefined
  readonly form?: Readonly<Record<string, string>>
  readonly token?: string | undefined
  readonly signIn?: boolean
  readonly unpaged?: boolean | undefined
  readonly empty?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** `status` is set when the head of a response has arrived. */
interface Attempt {
  readonly totalMs: number
  status?: number
}

const queryText = (query: Query = {}): string => {
  const parts = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

function headersOf({ token, body, form, bytes, headers }: HttpRequest): Record<string, string> {
  const text = form !== undefined ? 'application/x-www-form-urlencoded' : 'application/json'
  const type = bytes !== undefined ? 'application/octet-stream' : text
  return {
    ...headers,
    Accept: 'application/json',
    'User-Agent': 'PBX-Fleet',
    ...((body !== undefined || form !== undefined || bytes !== undefined) && { 'Content-Type': type }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  }
}

function bodyOf({ body, form, bytes }: HttpRequest): string | Buffer | undefined {
  if (bytes !== undefined) return bytes
  if (form !== undefined) return new URLSearchParams(form).toString()
  return body === undefined ? undefined : JSON.stringify(body)
}

const originOf = (location: string | undefined, base: string): string => {
  const url = location !== undefined && URL.canParse(location, base) ? new URL(location, base) : undefined
  if (url === undefined) return 'somewhere else'
  return url.origin === 'null' ? url.protocol : url.origin
}

/** A response that is not used is still one of the PBX: a page, as of a proxy that wants a sign-in, confirms nothing. */
function checkNothing({ operation, empty = false }: HttpRequest, type: string, body: Buffer): void {
  const text = body.subarray(0, 100).toString('utf8').trim()
  const isPage = text !== '' && (/\bhtml\b/i.test(type) || text.startsWith('<'))
  if (!isPage && !(empty && text !== '')) return
  const message = isPage ? 'A web page came instead of a response' : 'The response is not the documented one'
  throw new FleetError({ code: 'bad-reply', operation, message })
}

/** After these codes, the result of a POST is unknown: it may have reached the PBX, and there is no usable response. */
const unknownResultCodes: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'bad-reply', 'body-too-large'])

/** A gateway replies with these after it lost the connection to the PBX, which may have carried out the request. */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 504])

const unknownOutcome = ({ operation }: HttpRequest, error: FleetError): FleetError =>
  new FleetError({
    code: 'unknown-outcome',
    operation,
    message: `No response, so the result is unknown: ${error.detail.message}`,
    hint: 'The result is unknown. Nothing was sent again.',
  })

/**
 * HTTP to one address of a server: trust, timeouts, limits, rate, retry of GETs, and error texts. It knows no session.
 * Every method throws FleetError; NotSentError and CertificateError mean that nothing was sent.
 */
export class PbxHttp {
  private readonly agent: ReturnType<typeof trustingAgent>
  private readonly timing: Timing
  private lastPeer: Peer = {}

  constructor(private readonly options: HttpOptions) {
    this.agent = trustingAgent(options, (onPeer) => (this.lastPeer = onPeer))
    this.timing = options.timing ?? realTiming
  }

  peer(): Peer {
    return this.lastPeer
  }

  json<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
    const { operation, unpaged } = request
    const limits = unpaged === true ? unpagedReply : ordinaryReply
    const { bodyMax: bytes = limits.bytes } = this.options
    return this.send(request, async (reply) => {
      const json = await readJson(reply.pieces, operation, { ...limits, bytes })
      return parseReply(json, reply.headers['content-type'] ?? '', operation, schema, (paths) =>
        this.options.onUnexpected?.(operation, paths),
      )
    })
  }

  nothing(request: HttpRequest): Promise<void> {
    return this.send(request, async (reply) => {
      const body = await readBody(reply.pieces, request.operation, this.options.bodyMax ?? ordinaryReply.bytes)
      checkNothing(request, reply.headers['content-type'] ?? '', body)
    })
  }

  /** The place in the bucket is occupied until the stream ends. */
  download(request: HttpRequest): Promise<PbxDownload> {
    const read = async (
      { headers, isDelimited: hasKnownEnd, pieces, close }: Exchange,
      release: Release,
    ): Promise<PbxDownload> => {
      if (!hasKnownEnd) {
        close()
        throw incompleteReply(request.operation, 'the server does not state where the file ends')
      }
      const fileName = fileNameOf(headers['content-disposition'])
      const contentType = headers['content-type']
      const max = this.options.bodyMax ?? replyValues.fileBytes
      const stream = Readable.from(limited(pieces, request.operation, max), { objectMode: false })
      const free = release.later()
      stream.once('end', () => this.options.onReply?.())
      stream.once('error', (error) => this.report(request, error, true))
      stream.once('close', () => {
        close()
        free()
      })
      return { stream, ...(fileName !== undefined && { fileName }), ...(contentType && { contentType }) }
    }
    return this.send(request, read, replyValues.fileMs)
  }

  /** Closes all connections. */
  dispose(): void {
    this.agent.destroy()
  }

  private async send<T>(
    request: HttpRequest,
    read: (reply: Exchange, release: Release) => Promise<T>,
    totalMs = this.options.replyMs ?? replyValues.totalMs,
  ): Promise<T> {
    for (let repeated = 0; ; repeated++) {
      const attempt: Attempt = { totalMs }
      try {
        return await this.sendOnce(request, read, attempt)
      } catch (error) {
        const wait = waitBeforeRetry(error, repeated, this.options.random)
        if (wait?.pausesAll === true) {
          this.options.bucket.pause(wait.ms)
          this.options.onPaused?.(wait.ms)
        }
        const isLast = wait === undefined || request.method !== 'GET' || !wait.canRetry
        // A response lost on an old connection may arrive on a new one; a connection that cannot be opened is reported
        // immediately.
        if (isLast || error instanceof NotSentError) this.report(request, error, attempt.status !== undefined)
        if (isLast) throw this.outcome(request, error)
        await pauseFor(wait.ms, this.timing, request.signal)
      }
    }
  }

  private async sendOnce<T>(
    request: HttpRequest,
    read: (reply: Exchange, release: Release) => Promise<T>,
    attempt: Attempt,
  ): Promise<T> {
    const release = new Release(await this.options.bucket.acquire(request.signal))
    const startedAt = this.timing.now()
    let code: ErrorCode | undefined
    try {
      const reply = await this.exchange(request, attempt.totalMs)
      attempt.status = reply.status
      await this.refuse(request, reply)
      request.onHeaders?.(reply.headers)
      const value = await read(reply, release)
      if (!release.isLater) this.options.onReply?.()
      return value
    } catch (error) {
      const failure =
        error instanceof FleetError ? error : badReply(request.operation, 'it could not be read', attempt.status)
      code = failure.detail.code
      throw failure
    } finally {
      release.now()
      const ms = Math.round(this.timing.now() - startedAt)
      const { operation } = request
      const { status } = attempt
      this.options.log({ operation, ms, ...(status !== undefined && { status }), ...(code && { error: code }) })
    }
  }

  /** Reports whether the PBX responded; a request that was canceled reports nothing. */
  private report({ signal }: HttpRequest, error: unknown, replied: boolean): void {
    if (signal?.aborted === true || !(error instanceof FleetError)) return
    if (isOutOfReach(error, replied)) this.options.onOutOfReach?.(error)
    else if (isPbxReply(error)) this.options.onReply?.()
  }

  private exchange(request: HttpRequest, totalMs: number): Promise<Exchange> {
    const { operation, method, path, query, signal } = request
    return exchange({
      operation,
      method,
      url: `${this.options.url}/api${path}${queryText(query)}`,
      headers: headersOf(request),
      body: bodyOf(request),
      agent: this.agent,
      idleMs: this.options.idleMs ?? replyValues.idleMs,
      totalMs,
      signal,
    })
  }

  private async refuse(request: HttpRequest, reply: Exchange): Promise<void> {
    const { operation, signIn = false } = request
    const { status, headers } = reply
    if (status >= 200 && status < 300) return
    if (status < 400) {
      reply.close()
      const target = originOf(headers['location'], this.options.url)
      const message = `The server redirects to ${target}`
      const hint = 'Redirects are not followed. Nothing was sent there.'
      throw new FleetError({ code: 'redirected', operation, status, message, hint })
    }
    // If the body cannot be read, the status is enough.
    const { body } = await readJson(reply.pieces, operation, errorReply).catch(() => ({ body: Buffer.alloc(0) }))
    throw new FleetError(apiError({ operation, status, headers, body: parseJson(body.toString('utf8')), signIn }))
  }

  /** The error for the caller: a POST without a usable response has an unknown outcome. */
  private outcome(request: HttpRequest, error: unknown): unknown {
    if (!(error instanceof FleetError)) return error
    if (request.method === 'GET' || request.signIn === true) return error
    if (error instanceof NotSentError || error instanceof CertificateError) return error
    const { code } = error.detail
    return unknownResultCodes.has(code) || gatewayStatuses.has(error.detail.status ?? 0)
      ? unknownOutcome(request, error)
      : error
  }
}
