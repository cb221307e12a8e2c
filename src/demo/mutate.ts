import { Random } from './random'

/** What a reply cannot do without: identifiers, tokens and the rows of lists. */
const kept = /^(?:id|.*_id|items|token|access_token)$/

/** One field in so many is mutated. */
const oneIn = 6

/** Of another type each. */
const others: readonly unknown[] = ['text', 7, true, [], { unexpected: true }]

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value)

/** The same for a field at every request of a seed, so that reading again shows no change. */
function randomFor(seed: number, path: string): Random {
  let hash = seed
  for (const character of path) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return new Random(hash)
}

/** A value of another type, null, or undefined for a field that is missing. */
function otherThan(value: unknown, random: Random): unknown {
  const fitting = others.filter((other) => typeOf(other) !== typeOf(value))
  return [undefined, null, ...fitting][random.below(fitting.length + 2)]
}

/** A reply in which some fields, by `seed`, are missing, null or of another type, wherever the API's facts require nothing. Identifiers and tokens stay. */
export function mutated(body: unknown, seed: number, path: string): unknown {
  if (Array.isArray(body)) return body.map((row, index) => mutated(row, seed, `${path}/${index}`))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      const at = `${path}/${key}`
      const random = randomFor(seed, at)
      const isMutated = !kept.test(key) && random.below(oneIn) === 0
      return [key, isMutated ? otherThan(value, random) : mutated(value, seed, at)]
    }),
  )
}
