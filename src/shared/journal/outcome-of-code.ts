import type { Outcome } from '../domain/journal'
import type { ErrorCode } from '../ipc/result'

/** Errors of a request that never left the app or that the server did not process. */
const notSentCodes: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'denied',
  'disk',
  'journal',
  'offline',
  'signed-out',
  'timeout',
  'tls-changed',
  'tls-invalid',
  'tls-untrusted',
])

/** The outcome of a change that failed with this error. */
export function outcomeOfCode(code: ErrorCode): Outcome {
  if (code === 'unknown-outcome' || code === 'internal') return 'unknown'
  if (code === 'conflict') return 'conflict'
  return notSentCodes.has(code) ? 'notSent' : 'refused'
}
