/**
 * What crosses from main to the window when something fails. Only what is listed here crosses: no stack, no URL query, no header,
 * no body (an HTTP client's own error object carries the Authorization header and the sign-in body).
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

/** A complaint about one field: `path` is the field's key in its schema, dotted for nested ones. */
export interface FieldError {
  readonly path: string
  readonly message: string
}

/**
 * `message` says what happened in words for the person, `hint` what can be done. `operation` names the API operation, for example
 * `GET /ip_filters`. `status` is the HTTP status where there was one, `retryAfter` is in seconds, `until` an RFC 3339 time. `address` is the one of ours
 * that the PBX says it blocks.
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
  readonly address?: string
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

/** Thrown inside main by our own code; `to-app-error` turns it into the plain `AppError` that crosses. */
export class FleetError extends Error {
  readonly detail: AppError
  constructor(detail: AppError, options?: { cause?: unknown }) {
    super(detail.message, options)
    this.name = 'FleetError'
    this.detail = detail
  }
}
