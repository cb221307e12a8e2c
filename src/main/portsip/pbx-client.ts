import type { Readable } from 'node:stream'
import type { z } from 'zod'

export type ReplyHeaders = Readonly<Record<string, string | undefined>>

export type Query = Readonly<Record<string, string | number | undefined>>

/**
 * One call of the PBX's REST API. `operation` is how the reference names it (`GET /ip_filters/{id}`); it stands in errors and in the log in place
 * of the path, which may hold ids. `path` is relative to `/api`, its parts already encoded.
 */
interface PbxCall {
  readonly operation: string
  readonly path: string
  readonly query?: Query
  /** Further headers, for operations that document some. */
  readonly headers?: Readonly<Record<string, string>>
  /** Told the headers of an answer that is no refusal, by their names in small letters. */
  readonly onHeaders?: (headers: ReplyHeaders) => void
  readonly signal?: AbortSignal
}

export interface PbxRead<T> extends PbxCall {
  readonly schema: z.ZodType<T>
  /** For a list that documents no paging: its response may be long. */
  readonly unpaged?: boolean
}

export interface PbxCommand extends PbxCall {
  readonly body?: unknown
  /** Sent as application/octet-stream, in place of `body`. */
  readonly bytes?: Buffer
}

export type PbxDownloadRequest = Pick<PbxCall, 'operation' | 'path' | 'query' | 'signal'>

/** A file as it comes: `fileName` is the raw one of Content-Disposition and may be anything. The stream fails with a FleetError. */
export interface PbxDownload {
  readonly stream: Readable
  readonly fileName?: string
  readonly contentType?: string
}

/**
 * Reads one server as the person who is signed in. Tokens are renewed behind it. Every method throws FleetError; a read is repeated where that is safe.
 */
export interface PbxReader {
  /** GET of JSON. */
  get<T>(request: PbxRead<T>): Promise<T>
  /** GET of a file. */
  download(request: PbxDownloadRequest): Promise<PbxDownload>
  /** Our own address on the last connection to this server. */
  localAddress(): string | undefined
  remoteAddress(): string | undefined
}

/** Changes one server as the person who is signed in. A POST is never repeated: when its response is lost the error is `unknown-outcome`. */
export interface PbxWriter {
  /** POST of an operation that answers nothing, or nothing of use. */
  post(command: PbxCommand): Promise<void>
  /** POST of an operation whose answer is needed. */
  postFor<T>(command: PbxCommand & Pick<PbxRead<T>, 'schema'>): Promise<T>
}

/** A server that can be read and changed: for sending a change and reading the result. */
export interface PbxClient extends PbxReader, PbxWriter {}
