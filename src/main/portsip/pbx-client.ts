import type { Readable } from 'node:stream'
import type { z } from 'zod'

export type ReplyHeaders = Readonly<Record<string, string | undefined>>

export type Query = Readonly<Record<string, string | number | undefined>>

/**
 * One call of the PBX's REST API. `operation` is its name in the reference (`GET /ip_filters/{id}`), used in errors and
 * in the log instead of the path, which may contain IDs. `path` is relative to `/api`, with encoded parts.
 */
interface PbxCall {
  readonly operation: string
  readonly path: string
  readonly query?: Query
  /** Additional headers, for operations that document some. */
  readonly headers?: Readonly<Record<string, string>>
  /** Called with the headers of a response that is no refusal; the names are in lower case. */
  readonly onHeaders?: (headers: ReplyHeaders) => void
  readonly signal?: AbortSignal
}

export interface PbxRead<T> extends PbxCall {
  readonly schema: z.ZodType<T>
  /** For a list without documented paging, whose response may be long. */
  readonly unpaged?: boolean
}

export interface PbxCommand extends PbxCall {
  readonly body?: unknown
  /** Sent as application/octet-stream instead of `body`. */
  readonly bytes?: Buffer
  /** The PBX confirms with an empty response; another one leaves the result unknown. */
  readonly empty?: boolean
}

export type PbxDownloadRequest = Pick<PbxCall, 'operation' | 'path' | 'query' | 'signal'>

/**
 * A file as it arrives. `fileName` is the raw name from Content-Disposition and may be unsafe. The stream fails with a
 * FleetError.
 */
export interface PbxDownload {
  readonly stream: Readable
  readonly fileName?: string
  readonly contentType?: string
}

/**
 * Reads a server with the account that is signed in and renews tokens when necessary. Every method throws FleetError;
 * reads are retried.
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

/**
 * Changes a server with the account that is signed in. A POST is never repeated; without a response the error is
 * `unknown-outcome`.
 */
export interface PbxWriter {
  /** POST whose response is not used. */
  post(command: PbxCommand): Promise<void>
  /** POST whose response is used. */
  postFor<T>(command: PbxCommand & Pick<PbxRead<T>, 'schema'>): Promise<T>
}

/** A server that can be read and changed: for sending a change and reading the result. */
export interface PbxClient extends PbxReader, PbxWriter {}
