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

/** A copy with another value at a path; without one there if it is undefined. */
function withValue(root: unknown, path: Mutation['path'], value: unknown): unknown {
  const copy = structuredClone(root)
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as typeof at
  const last = path.at(-1) ?? ''
  if (value !== undefined) at[last] = value
  else if (Array.isArray(at)) at.splice(Number(last), 1)
  else delete at[last]
  return copy
}

/** Every way in which one field of a reply can be other than the facts say. */
export function* mutationsOf(reply: unknown): Iterable<Mutation> {
  for (const [path, value] of pathsOf(reply)) {
    // A list without one of its rows is a shorter list.
    if (typeof path.at(-1) === 'string') yield { path, what: 'missing', reply: withValue(reply, path, undefined) }
    yield { path, what: 'null', reply: withValue(reply, path, null) }
    for (const other of others)
      if (kindOf(other) !== kindOf(value))
        yield { path, what: 'other type', reply: withValue(reply, path, structuredClone(other)) }
  }
}
