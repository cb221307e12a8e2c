import type { Readable } from 'node:stream'
import type { z } from 'zod'

export type ReplyHeaders = Readonly<Record<string, string | undefined>>

export type Query = Readonly<Record<string, string | number | undefined>>

/**
 * One call of the PBX's REST API. `operation` is how the reference names it (`GET /ip_filters/{id}`); it stands in errors and in the log in place
 * of the path, which may hold ids. `path` is relative to `/api`, its parts already encoded.
 */
export interface PbxRequest<T> {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Query
  readonly body?: unknown
  /** Sent as application/octet-stream, in place of `body`. */
  readonly bytes?: Buffer
  /** Further headers, for operations that document some. */
  readonly headers?: Readonly<Record<string, string>>
  /** Told the headers of an answer that is no refusal, by their names in small letters. */
  readonly onHeaders?: (headers: ReplyHeaders) => void
  readonly schema: z.ZodType<T>
  /** For a list that documents no paging: its response may be long. */
  readonly unpaged?: boolean
  readonly signal?: AbortSignal
}

export type PbxCommand = Omit<PbxRequest<never>, 'schema' | 'unpaged'>
export type PbxDownloadRequest = Pick<PbxRequest<never>, 'operation' | 'path' | 'query' | 'signal'>

/** A file as it comes: `fileName` is the raw one of Content-Disposition and may be anything. The stream fails with a FleetError. */
export interface PbxDownload {
  readonly stream: Readable
  readonly fileName?: string
  readonly contentType?: string
}

/**
 * The API of one server as the person who is signed in. Tokens are renewed behind it. Every method throws FleetError; GETs are repeated where that is
 * safe, a POST never is: when its answer is lost the error is `unknown-outcome`.
 */
export interface PbxClient {
  request<T>(request: PbxRequest<T>): Promise<T>
  /** For operations that answer nothing, or nothing of use. */
  requestNothing(request: PbxCommand): Promise<void>
  download(request: PbxDownloadRequest): Promise<PbxDownload>
  /** Our own address on the last connection to this server. */
  localAddress(): string | undefined
  remoteAddress(): string | undefined
}
