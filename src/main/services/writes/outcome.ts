import { FleetError } from '@shared/ipc/result'
import { outcomeOfCode } from '@shared/journal/outcome-of-code'
import { toAppError } from '../../to-app-error'
import type { WriteResult } from './write'

/** The result of a failed change, for the journal. */
export function failedResult(error: unknown): WriteResult {
  const { code, message, fields } = toAppError(error)
  // Our own error after sending does not mean that the server refused.
  const outcome = error instanceof FleetError ? outcomeOfCode(code) : 'unknown'
  return { outcome, error: { code, message, ...(fields && { fields }) } }
}
