import type { Outcome } from '@shared/domain/journal'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { WriteResult } from './write'

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

/** The outcome for an error of a change. Our own error after sending does not mean that the server refused. */
function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof FleetError)) return 'unknown'
  const { code } = error.detail
  if (code === 'unknown-outcome') return 'unknown'
  if (code === 'conflict') return 'conflict'
  return notSentCodes.has(code) ? 'notSent' : 'refused'
}

/** The result of a failed change, for the journal. */
export function failedResult(error: unknown): WriteResult {
  const { code, message, fields } = toAppError(error)
  return { outcome: outcomeOf(error), error: { code, message, ...(fields && { fields }) } }
}
