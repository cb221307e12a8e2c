import { ZodError } from 'zod'
import { clipTexts } from '@shared/domain/clip-text'
import { FleetError, type AppError } from '@shared/ipc/result'

/** Characters of a text of an error that the window gets. */
const textMax = 2000

/**
 * The only way an error leaves main: our own errors carry what may cross, everything else is reduced to one sentence without its
 * message, as that may hold a URL, a header or a body.
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
