import type { z } from 'zod'

type Path = readonly PropertyKey[]

/** A reply that conforms, and the paths of what was taken out of it; `wrong` is where it means nothing. */
export type Salvaged<T> = { readonly value: T; readonly removed: readonly Path[] } | { readonly wrong: Path }

const unexpected = new WeakMap<object, readonly string[]>()

/** The paths that were taken out of this reply, such as `calls_in_24_hours.3`, or out of this row of it. */
export const unexpectedIn = (reply: object): readonly string[] => unexpected.get(reply) ?? []

/** Remembers the paths that were taken out of a reply that is put together from several parts. */
export const noteUnexpected = (reply: object, paths: readonly string[]): void => {
  if (paths.length > 0) unexpected.set(reply, paths)
}

/** How many rows of a list were left out. */
export const rowsLeftOut = (list: object): number =>
  unexpectedIn(list).filter((path) => /^items\.\d+$/.test(path)).length

const textOf = (path: Path): string => path.map(String).join('.')

type Container = Record<PropertyKey, unknown>

/** What is taken out in one pass may have hidden something else. */
const passesMax = 6

const hole = Symbol('hole')

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

function at(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) value = isContainer(value) ? value[key] : undefined
  return value
}

/** Takes out one value that does not conform; where a required field is missing, what should have it. Undefined where that is the whole reply. */
function takeOut(root: unknown, path: Path, lists: Set<unknown[]>): Path | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const key = path[depth - 1] ?? ''
    const parent = at(root, path.slice(0, depth - 1))
    if (Array.isArray(parent) && typeof key === 'number') {
      parent[key] = hole
      lists.add(parent)
      return path.slice(0, depth)
    }
    if (isContainer(parent) && Object.hasOwn(parent, key)) {
      // A field without a value is one that the server has; where it may not be empty, it goes.
      if (parent[key] === null) delete parent[key]
      else parent[key] = null
      return path.slice(0, depth)
    }
  }
  return undefined
}

/** Which rows of the reply are left in its lists. */
class Rows {
  private readonly left = new Map<unknown, readonly number[]>()

  /** The path with the numbers that the rows had in the reply. */
  inReply(root: unknown, path: Path): Path {
    return path.map((key, depth) => this.left.get(at(root, path.slice(0, depth)))?.[Number(key)] ?? key)
  }

  /** Remembers for each row that is left in a list of records what was taken out of it. */
  note(root: unknown, reply: Container, removed: Iterable<Path>): void {
    const rows = reply['items']
    if (!Array.isArray(rows)) return
    const numbers = this.left.get(at(root, ['items']))
    const pathsOf = new Map<number, string[]>()
    for (const [list, row, ...inner] of removed) {
      if (list !== 'items' || inner.length === 0) continue
      pathsOf.set(Number(row), [...(pathsOf.get(Number(row)) ?? []), textOf(inner)])
    }
    for (const [index, row] of rows.entries())
      if (isContainer(row)) noteUnexpected(row, pathsOf.get(numbers?.[index] ?? index) ?? [])
  }

  removeHoles(list: unknown[]): void {
    const numbers = this.left.get(list) ?? list.map((_, row) => row)
    this.left.set(
      list,
      numbers.filter((_, row) => list[row] !== hole),
    )
    list.splice(0, list.length, ...list.filter((row) => row !== hole))
  }
}

/** Reads a parsed reply field by field: an optional field with an unexpected value has none, and a row without an ID is left out. Changes `root`, which must be the caller's own. */
export function salvage<T>(schema: z.ZodType<T>, root: unknown): Salvaged<T> {
  const removed = new Map<string, Path>()
  const rows = new Rows()
  let wrong: Path | undefined
  for (let pass = 0; pass <= passesMax; pass++) {
    const parsed = schema.safeParse(root)
    if (parsed.success) {
      if (removed.size > 0 && isContainer(parsed.data)) {
        noteUnexpected(parsed.data, [...removed.keys()])
        rows.note(root, parsed.data, removed.values())
      }
      return { value: parsed.data, removed: [...removed.values()] }
    }
    wrong ??= parsed.error.issues[0]?.path ?? []
    const lists = new Set<unknown[]>()
    for (const { path } of parsed.error.issues) {
      const taken = takeOut(root, path, lists)
      if (taken === undefined) return { wrong }
      const inReply = rows.inReply(root, taken)
      removed.set(textOf(inReply), inReply)
    }
    for (const list of lists) rows.removeHoles(list)
  }
  return { wrong: wrong ?? [] }
}
