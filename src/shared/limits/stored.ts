import { limit, mebibyte, valuesOf } from './limit'

const refused = 'The file is kept under another name; the app starts without it and offers the last good copy'
const unlisted = 'The export is listed without its details'
const noEntry = 'The file is listed as unreadable; the others are read'

export const storedTable = {
  input: 'JSON file in the profile (workspace, settings, facts, alerts, templates, …) or of another workspace',
  limits: {
    bytes: limit('Size', 50 * mebibyte, 'bytes', refused),
    windowBytes: limit('Size of the window state', 64 * 1024, 'bytes', 'The window opens in its usual place'),
    values: limit('Values', 2_000_000, 'values', refused),
    items: limit('Entries in one list or object, except for the lists of the file itself', 10_000, 'items', refused),
    depth: limit('Nesting', 64, 'levels', refused),
    unlistedValues: limit(
      'Values that are validated together',
      4_000,
      'values',
      'The check ends at the first invalid entry',
    ),
  },
} as const

export const storedLimits = valuesOf(storedTable)

export const recordsTable = {
  input: 'Line-based file in the profile (journal, plans, rollouts, test emails), or stored list',
  limits: {
    lineBytes: limit(
      'Length of a line of the journal',
      8 * mebibyte,
      'bytes',
      'The line counts as damaged, and the journal says where',
    ),
    planBytes: limit('Size of a plan', 256 * mebibyte, 'bytes', noEntry),
    rolloutBytes: limit('Size of a rollout or of its test emails', 64 * mebibyte, 'bytes', noEntry),
    damagedBytes: limit(
      'Start of a damaged plan or rollout, in which its title and servers are searched',
      16 * 1024,
      'bytes',
      'The rest is not searched',
    ),
    listBytes: limit(
      'Size of a stored list',
      256 * mebibyte,
      'bytes',
      'The file is deleted and the list is read from the PBX',
    ),
    listCharacters: limit(
      'Length of a stored list, decompressed',
      1024 * mebibyte,
      'characters',
      'The file is deleted and the list is read from the PBX',
    ),
    manifestBytes: limit('Size of the manifest of an export', 16 * mebibyte, 'bytes', unlisted),
    manifestIds: limit('Selected rows in a manifest', 100_000, 'items', unlisted),
  },
} as const

export const recordsLimits = valuesOf(recordsTable)
