import { limit, mebibyte, valuesOf } from './limit'

const refused =
  'The response is discarded and not parsed; the message names the operation, what is too large and the limit'
const canceled = 'The request is canceled and the message gives the time; a change is “unknown” until it is read'
const clipped = 'The text is truncated with “…”'

export const replyTable = {
  input: 'Response of a PBX',
  limits: {
    bytes: limit('Size of a page or record, decompressed', 4 * mebibyte, 'bytes', refused),
    values: limit('Values in a page or record', 100_000, 'values', refused),
    listBytes: limit('Size of a list without pages, decompressed', 24 * mebibyte, 'bytes', refused),
    listValues: limit('Values in a list without pages', 700_000, 'values', refused),
    refusalBytes: limit(
      'Size of an error response',
      64 * 1024,
      'bytes',
      'Only the status of the error response is used',
    ),
    refusalValues: limit(
      'Values in an error response',
      5_000,
      'values',
      'Only the status of the error response is used',
    ),
    headerBytes: limit('Size of the headers', 32 * 1024, 'bytes', refused),
    depth: limit('Nesting', 64, 'levels', refused),
    textBytes: limit('Length of a text', 2 * mebibyte, 'bytes', refused),
    keyBytes: limit('Length of a field name', 1024, 'bytes', refused),
    numberDigits: limit('Length of a number', 400, 'digits', refused),
    items: limit('Entries in one list or object, except for rows', 10_000, 'items', refused),
    valuesPerTurn: limit('Values in one row, or in a response without rows', 40_000, 'values', refused),
    rows: limit('Rows in a list, as reported or as read', 1_000_000, 'rows', refused),
    idCharacters: limit('Length of an ID', 200, 'characters', refused),
    roleCharacters: limit('Length of a role', 100, 'characters', clipped),
    capabilities: limit('Capabilities of a role', 500, 'items', 'The others are ignored'),
    cellCharacters: limit('Length of a text in a table', 2_000, 'characters', clipped),
    statusCharacters: limit('Length of a text in the status', 4_000, 'characters', clipped),
    infoCharacters: limit('Length of a text in the basic information', 500, 'characters', clipped),
    messageCharacters: limit('Searched part of an error message', 2_000, 'characters', 'The rest is not searched'),
    untilCharacters: limit('End of a block in an error message', 100, 'characters', clipped),
    fieldErrors: limit('Field errors in an error response', 50, 'items', 'Only the first ones are shown'),
    waitSeconds: limit('Retry-After', 86_400, 's', 'The header is ignored'),
    connectMs: limit(
      'Time to establish a secure connection',
      5_000,
      'ms',
      'The server is reported as not responding; nothing was sent',
    ),
    idleMs: limit('Time without progress', 15_000, 'ms', canceled),
    totalMs: limit('Time for a whole response', 120_000, 'ms', canceled),
    fileBytes: limit(
      'Size of a file that the PBX exports',
      256 * mebibyte,
      'bytes',
      'The download fails and the message names the limit; nothing is kept',
    ),
    fileMs: limit(
      'Time for a file that the PBX exports',
      3_600_000,
      'ms',
      'The download fails and the message gives the time; nothing is kept',
    ),
  },
} as const

export const replyValues = valuesOf(replyTable)
