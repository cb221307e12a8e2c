import { limit, mebibyte, valuesOf } from './limit'

const refused = 'The response is discarded with the operation, what is too large and the limit; nothing of it is parsed'
const canceled = 'The request is canceled with the time; a change is “unknown” and settled by reading'
const clipped = 'The text is truncated with “…”'

export const replyTable = {
  input: 'Response of a PBX',
  limits: {
    bytes: limit('Size of a page or record, decompressed', 4 * mebibyte, 'bytes', refused),
    values: limit('Values of a page or record', 100_000, 'values', refused),
    listBytes: limit('Size of a list without pages, decompressed', 24 * mebibyte, 'bytes', refused),
    listValues: limit('Values of a list without pages', 700_000, 'values', refused),
    refusalBytes: limit('Size of a refusal', 64 * 1024, 'bytes', 'Only the status of the refusal is used'),
    refusalValues: limit('Values of a refusal', 5_000, 'values', 'Only the status of the refusal is used'),
    headerBytes: limit('Size of the header', 32 * 1024, 'bytes', refused),
    depth: limit('Nesting', 64, 'levels', refused),
    textBytes: limit('Length of a text', 2 * mebibyte, 'bytes', refused),
    keyBytes: limit('Length of the name of a field', 1024, 'bytes', refused),
    numberDigits: limit('Length of a number', 400, 'digits', refused),
    items: limit('Entries of one list or object, except for rows', 10_000, 'items', refused),
    valuesPerTurn: limit('Values of one row, or of a response without rows', 40_000, 'values', refused),
    rows: limit('Rows that a list counts or that are read of it', 1_000_000, 'rows', refused),
    idCharacters: limit('Length of an ID', 200, 'characters', refused),
    roleCharacters: limit('Length of a role', 100, 'characters', clipped),
    capabilities: limit('Capabilities of a role', 500, 'items', 'The first ones count'),
    cellCharacters: limit('Length of a text in a table', 2_000, 'characters', clipped),
    statusCharacters: limit('Length of a text of the status', 4_000, 'characters', clipped),
    infoCharacters: limit('Length of a text of the information about a PBX', 500, 'characters', clipped),
    messageCharacters: limit(
      'Part of an error message that is searched',
      2_000,
      'characters',
      'The rest is not searched',
    ),
    fieldErrors: limit('Fields of a refusal', 50, 'items', 'The first ones are shown'),
    waitSeconds: limit('Retry-After', 86_400, 's', 'The header is ignored'),
    connectMs: limit(
      'Time until the connection is secure',
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
      'The download fails with the limit; nothing is kept',
    ),
    fileMs: limit(
      'Time for a file that the PBX exports',
      3_600_000,
      'ms',
      'The download fails with the time; nothing is kept',
    ),
  },
} as const

export const replyValues = valuesOf(replyTable)
