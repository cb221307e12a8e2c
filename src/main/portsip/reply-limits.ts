import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** Limits of a JSON response after decompression. `values` counts objects, arrays and single values, but not keys. */
export interface ReplyLimits {
  readonly bytes: number
  readonly values: number
}

/** For a page of 100 rows, or one record. */
export const ordinaryReply: ReplyLimits = { bytes: 4 * megabyte, values: 100_000 }
/** For a list without documented paging, with tens of thousands of rows. */
export const unpagedReply: ReplyLimits = { bytes: 24 * megabyte, values: 700_000 }
/** For the body of a refusal. */
export const errorReply: ReplyLimits = { bytes: 64 * kilobyte, values: 5_000 }

/** For a file that is written to disk as it arrives. */
export const fileBytes = 256 * megabyte

/** For every JSON response. */
export const shapeLimits = {
  depth: 64,
  textBytes: 2 * megabyte,
  keyBytes: kilobyte,
  numberDigits: 400,
  /** Items of one array or keys of one object, except for the rows of a list. */
  items: 10_000,
  /** Parsed and validated in one turn of the event loop: a response without rows, or one row. */
  valuesPerTurn: 40_000,
} as const

/** Milliseconds from the header to the end of the body. */
export const replyMs = 120_000
export const fileMs = 3_600_000

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
