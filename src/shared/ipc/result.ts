/**
 * Error codes that cross from main to the window. An error crosses without stack, URL query, header or body, because an
 * HTTP client's error object contains the Authorization header and the sign-in body.
 */
export const errorCodes = [
  'invalid-arguments',
  'untrusted-sender',
  'internal',
  'not-found',
  'conflict',
  'cancelled',
  'offline',
  'timeout',
  'tls-untrusted',
  'tls-changed',
  'tls-invalid',
  'redirected',
  'body-too-large',
  'bad-reply',
  'signed-out',
  'refused',
  'denied',
  'forbidden',
  'rate-limited',
  'rejected',
  'server-error',
  'unknown-outcome',
  'read-only',
  'confirmation-required',
  'guarded',
  'keychain',
  'disk',
  'altered',
  'damaged',
  'journal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** An error of one field: `path` is its key in the schema, dotted for nested fields. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

/**
 * `message` describes what failed, `hint` what to do next. `operation` names the API operation, for example `GET
 * /ip_filters`.
 * `status` is the HTTP status if there was one, `retryAfter` is in seconds, `until` an RFC 3339 time; `untilText` is how
 * the PBX wrote a time that is not certain. `address` is our address that the PBX blocks. `entry` is the number of the
 * journal entry of a failed change.
 */
export interface AppError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly operation?: string
  readonly status?: number
  readonly fields?: readonly FieldError[]
  readonly retryAfter?: number
  readonly until?: string
  readonly untilText?: string
  readonly address?: string
  readonly entry?: number
  /** This computer found no way to the server, as without a network. */
  readonly noRoute?: true
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

/** Thrown in main by our own code; `to-app-error` converts it to the plain `AppError` that crosses. */
export class FleetError extends Error {
  readonly detail: AppError
  constructor(detail: AppError, options?: { cause?: unknown }) {
    super(detail.message, options)
    this.name = 'FleetError'
    this.detail = detail
  }
}
