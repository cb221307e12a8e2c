import { clipText } from '../domain/clip-text'

const partMax = 60
const pathMax = 200

/** The place of a value, such as `tables.tenants.widths`, for a message: in files of others, names may be long. */
export const issuePath = (path: readonly PropertyKey[]): string =>
  clipText(path.map((part) => clipText(String(part), partMax)).join('.'), pathMax)
