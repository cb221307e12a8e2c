import type { z } from 'zod'

type Path = readonly PropertyKey[]

/**
 * A reply that conforms, and the paths removed from it. `wrong` is the path of the first error if too little is left.
 */
export type Salvaged<T> = { readonly value: T; readonly removed: readonly Path[] } | { readonly firstError: Path }

const unexpected = new WeakMap<object, readonly string[]>()

/** Paths removed from this reply, such as `calls_in_24_hours.3`, or from this row. */
export const unexpectedIn = (reply: object): readonly string[] => unexpected.get(reply) ?? []

/** Remembers the removed paths of a reply that is assembled from parts. */
export const noteUnexpected = (reply: object, paths: readonly string[]): void => {
  if (paths.length > 0) unexpected.set(reply, paths)
}

export const rowsLeftOut = (list: object): number =>
  unexpectedIn(list).filter((path) => /^items\.\d+$/.test(path)).length

const textOf = (path: Path): string => path.map(String).join('.')

type Container = Record<PropertyKey, unknown>

/** Removing values in one pass may reveal further errors. */
const passesMax = 6

const removedMark = Symbol('hole')

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

function at(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) value = isContainer(value) ? value[key] : undefined
  return value
}

/**
 * Removes one value that does not conform; if a required field is missing, removes its parent. Undefined if that is the
 * whole reply.
 */
function removeValue(root: unknown, path: Path, lists: Set<unknown[]>): Path | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const key = path[depth - 1] ?? ''
    const parent = at(root, path.slice(0, depth - 1))
    if (Array.isArray(parent) && typeof key === 'number') {
      parent[key] = removedMark
      lists.add(parent)
      return path.slice(0, depth)
    }
    if (isContainer(parent) && Object.hasOwn(parent, key)) {
      // `null` means that the server has the field without a value; if `null` is not allowed, the field is deleted.
      if (parent[key] === null) delete parent[key]
      else parent[key] = null
      return path.slice(0, depth)
    }
  }
  return undefined
}

/** Tracks the original row numbers of the lists of a reply. */
class Rows {
  private readonly rowNumbers = new Map<unknown, readonly number[]>()

  /** The path with the row numbers of the original reply. */
  inReply(root: unknown, path: Path): Path {
    return path.map((key, depth) => this.rowNumbers.get(at(root, path.slice(0, depth)))?.[Number(key)] ?? key)
  }

  /** Remembers for each remaining row which of its fields were removed. */
  note(root: unknown, reply: Container, removed: Iterable<Path>): void {
    const rows = reply['items']
    if (!Array.isArray(rows)) return
    const numbers = this.rowNumbers.get(at(root, ['items']))
    const pathsOf = new Map<number, string[]>()
    for (const [list, row, ...inner] of removed) {
      if (list !== 'items' || inner.length === 0) continue
      pathsOf.set(Number(row), [...(pathsOf.get(Number(row)) ?? []), textOf(inner)])
    }
    for (const [index, row] of rows.entries())
      if (isContainer(row)) noteUnexpected(row, pathsOf.get(numbers?.[index] ?? index) ?? [])
  }

  removeHoles(list: unknown[]): void {
    const numbers = this.rowNumbers.get(list) ?? list.map((_, row) => row)
    this.rowNumbers.set(
      list,
      numbers.filter((_, row) => list[row] !== removedMark),
    )
    list.splice(0, list.length, ...list.filter((row) => row !== removedMark))
  }
}

/**
 * Reads a parsed reply field by field: an optional field with an unexpected value is emptied, and a row without an ID
 * is left out. Changes `root`, which must belong to the caller.
 */
export function salvage<T>(schema: z.ZodType<T>, root: unknown): Salvaged<T> {
  const removed = new Map<string, Path>()
  const rows = new Rows()
  let firstError: Path | undefined
  for (let pass = 0; pass <= passesMax; pass++) {
    const parsed = schema.safeParse(root)
    if (parsed.success) {
      if (removed.size > 0 && isContainer(parsed.data)) {
        noteUnexpected(parsed.data, [...removed.keys()])
        rows.note(root, parsed.data, removed.values())
      }
      return { value: parsed.data, removed: [...removed.values()] }
    }
    firstError ??= parsed.error.issues[0]?.path ?? []
    const lists = new Set<unknown[]>()
    for (const { path } of parsed.error.issues) {
      const removedPath = removeValue(root, path, lists)
      if (removedPath === undefined) return { firstError }
      const inReply = rows.inReply(root, removedPath)
      removed.set(textOf(inReply), inReply)
    }
    for (const list of lists) rows.removeHoles(list)
  }
  return { firstError: firstError ?? [] }
}
