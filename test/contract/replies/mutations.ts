/** One field of a reply that is missing, null or of another type. */
export interface Mutation {
  /** The path with the numbers of rows. */
  readonly path: readonly (string | number)[]
  readonly what: 'missing' | 'null' | 'other type'
  readonly reply: unknown
}

const others: readonly unknown[] = ['7', 7, true, [], { id: 1 }]

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value)

/** Every path of a reply, and the value there. */
function* pathsOf(value: unknown, path: Mutation['path'] = []): Iterable<readonly [Mutation['path'], unknown]> {
  if (typeof value !== 'object' || value === null) return
  const isList = Array.isArray(value)
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, isList ? Number(key) : key]
    yield [at, inner]
    yield* pathsOf(inner, at)
  }
}

/** A copy with another value at a path, which shares everything else; without one there if it is undefined. */
function withValue(root: unknown, [key = '', ...rest]: Mutation['path'], value: unknown): unknown {
  const inner = (root as Readonly<Record<PropertyKey, unknown>>)[key]
  const changed = rest.length === 0 ? value : withValue(inner, rest, value)
  if (Array.isArray(root))
    return changed === undefined ? root.toSpliced(Number(key), 1) : root.with(Number(key), changed)
  if (changed !== undefined) return { ...(root as object), [key]: changed }
  return Object.fromEntries(Object.entries(root as object).filter(([name]) => name !== key))
}

/** Every way in which one field of a reply can be other than the facts say. */
export function* mutationsOf(reply: unknown): Iterable<Mutation> {
  for (const [path, value] of pathsOf(reply)) {
    // A list without one of its rows is a shorter list.
    if (typeof path.at(-1) === 'string') yield { path, what: 'missing', reply: withValue(reply, path, undefined) }
    yield { path, what: 'null', reply: withValue(reply, path, null) }
    for (const other of others)
      if (kindOf(other) !== kindOf(value)) yield { path, what: 'other type', reply: withValue(reply, path, other) }
  }
}
