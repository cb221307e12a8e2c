import { ZodError } from 'zod'
import { clipTexts } from '@shared/domain/clip-text'
import { FleetError, type AppError } from '@shared/ipc/result'

/** Maximum characters of an error text for the window. */
const textMax = 2000

/**
 * The only way for an error to leave main. FleetErrors have only fields that may cross; all others become one sentence
 * without their message, which may contain a URL, a header or a body.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof FleetError) return clipTexts(error.detail, textMax) as AppError
  if (error instanceof ZodError) {
    return {
      code: 'invalid-arguments',
      message: 'Invalid request from the window',
      fields: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    }
  }
  return {
    code: 'internal',
    message: 'Internal error of the app',
    hint: 'See the log file for details: Help > Show Log File',
  }
}
