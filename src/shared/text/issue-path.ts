import { clipText } from '../domain/clip-text'

const partLength = 60
const pathLength = 200

/** The place of a value, such as `tables.tenants.widths`, for a message: in files of others, names may be long. */
export const issuePath = (path: readonly PropertyKey[]): string =>
  clipText(path.map((part) => clipText(String(part), partLength)).join('.'), pathLength)
