import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { replyValues } from '@shared/limits/reply'

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** Limits of a JSON response after decompression. `values` counts objects, arrays and single values, but not keys. */
export interface ReplyLimits {
  readonly bytes: number
  readonly values: number
}

/** For a page of 100 rows, or one record. */
export const ordinaryReply: ReplyLimits = { bytes: replyValues.bytes, values: replyValues.values }
/** For a list without documented paging, with tens of thousands of rows. */
export const unpagedReply: ReplyLimits = { bytes: replyValues.listBytes, values: replyValues.listValues }
/** For the body of a refusal. */
export const errorReply: ReplyLimits = { bytes: replyValues.refusalBytes, values: replyValues.refusalValues }

/** The error for a response that exceeds a limit: `what` is too large, `max` is the limit, `unit` its unit. */
export const limitError = (operation: string, what: string, max: number, unit = ''): FleetError =>
  new FleetError({
    code: 'body-too-large',
    operation,
    message: `The response to ${operation} was refused: ${what} (maximum ${printNumber(max)}${unit})`,
    hint: 'This is not a usual response of a PBX. It was discarded.',
  })

export const sizeError = (operation: string, bytes: number): FleetError =>
  bytes < megabyte
    ? limitError(operation, 'it is too large', Math.floor(bytes / kilobyte), ' KB')
    : limitError(operation, 'it is too large', Math.floor(bytes / megabyte), ' MB')
