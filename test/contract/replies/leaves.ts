import type { Mutation } from './mutations'

type Leaf = readonly [key: string, value: unknown]

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === ''

/** Single values with the name of their field, wherever they are. */
function leavesOf(value: unknown, key = ''): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((inner) => leavesOf(inner, key))
  if (typeof value !== 'object' || value === null) return isBlank(value) ? [] : [[key, value]]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, name))
}

const counted = (leaves: readonly Leaf[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const leaf of leaves) {
    const text = JSON.stringify(leaf)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

const textsOf = (value: unknown): ReadonlySet<string> =>
  new Set(leavesOf(value).map(([, inner]) => JSON.stringify(inner)))

const known = new WeakMap<object, ReadonlySet<string>>()

/** The same of a reply, which is compared with the result of each of its mutations. */
function textsOfReply(reply: unknown): ReadonlySet<string> {
  if (typeof reply !== 'object' || reply === null) return textsOf(reply)
  const texts = known.get(reply) ?? textsOf(reply)
  known.set(reply, texts)
  return texts
}

/** What a result lacks beside what was at `path` of the reply, and what it has that is nowhere in the reply. An ID may stand in for a name. */
export function lostValues(
  baseline: unknown,
  result: unknown,
  reply: unknown,
  path: Mutation['path'],
): readonly string[] {
  const mutated = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], reply)
  const expendable = textsOf(mutated)
  const inReply = textsOfReply(reply)
  const counts = counted(leavesOf(baseline))
  for (const [leaf, count] of counted(leavesOf(result))) counts.set(leaf, (counts.get(leaf) ?? 0) - count)
  return [...counts].flatMap(([leaf, count]) => {
    const [, value] = JSON.parse(leaf) as Leaf
    const text = JSON.stringify(value)
    if (count < 0) return inReply.has(text) ? [] : [`${leaf}, which is new`]
    return count === 0 || expendable.has(text) ? [] : [leaf]
  })
}
