import { FleetError } from '@shared/ipc/result'

/** True if the change may or may not have been saved. */
export const isUnknown = (error: unknown): error is FleetError =>
  error instanceof FleetError && error.detail.code === 'unknown-outcome'

/** The error for a change that was sent and could not be verified. */
export const unknownOutcome = (operation: string, message: string, cause?: unknown): FleetError =>
  new FleetError(
    {
      code: 'unknown-outcome',
      operation,
      message,
      hint: 'Nothing was sent again. Check the current state before you try again.',
    },
    { cause },
  )

/** For the end of a sentence: why something could not be read, if that is known. */
const because = (cause: unknown): string =>
  cause instanceof FleetError ? `: ${cause.detail.message.replace(/\.$/, '')}.` : '.'

/** The error for a change that the server confirmed and that could not be read back. */
export const unverified = (operation: string, cause: unknown): FleetError =>
  unknownOutcome(operation, `The server confirmed the change, but it could not be read back${because(cause)}`, cause)

/** The error for a change without a response whose state could not be read either. */
export const unreadAfterLoss = (operation: string, cause: unknown): FleetError =>
  unknownOutcome(operation, `The response was lost, and the state could not be read afterwards${because(cause)}`, cause)
