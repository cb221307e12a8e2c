import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** What a JSON response may hold, after decompression. `values` counts objects, arrays and single values, but not keys. */
export interface ReplyLimits {
  readonly bytes: number
  readonly values: number
}

/** A page has 100 rows; the rest is one record. */
export const ordinaryReply: ReplyLimits = { bytes: 4 * megabyte, values: 100_000 }
/** A list that documents no paging, of tens of thousands of rows. */
export const unpagedReply: ReplyLimits = { bytes: 24 * megabyte, values: 700_000 }
/** The body of a refusal; what is larger is not read. */
export const errorReply: ReplyLimits = { bytes: 64 * kilobyte, values: 5_000 }

/** A file that is written to the disk as it comes. */
export const fileBytes = 256 * megabyte

/** Of every JSON response. */
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

/** From the header to the end of the body, in milliseconds. A response may come slowly, but not for ever. */
export const replyMs = 120_000
export const fileMs = 3_600_000

/** The error of a response beyond a limit: `what` it has too much of, and `max`, with its unit. */
export const beyondLimit = (operation: string, what: string, max: number, unit = ''): FleetError =>
  new FleetError({
    code: 'body-too-large',
    operation,
    message: `The response to ${operation} was refused: ${what} (maximum ${printNumber(max)}${unit})`,
    hint: 'This is not a usual response of a PBX. It was discarded.',
  })

export const sizeBeyond = (operation: string, bytes: number): FleetError =>
  bytes < megabyte
    ? beyondLimit(operation, 'it is too large', Math.floor(bytes / kilobyte), ' KB')
    : beyondLimit(operation, 'it is too large', Math.floor(bytes / megabyte), ' MB')
