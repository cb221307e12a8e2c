import { Random } from './random'

/** Fields that are never changed: identifiers, tokens and the rows of lists. */
const requiredFields = /^(?:id|.*_id|items|token|access_token)$/

/** One in this many fields is changed. */
const oneIn = 6

/** Values of different types. */
const otherValues: readonly unknown[] = ['text', 7, true, [], { unexpected: true }]

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value)

/** A field gets the same value in every response of a seed, so that reading again shows no change. */
function randomFor(seed: number, path: string): Random {
  let hash = seed
  for (const character of path) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return new Random(hash)
}

/** A value of another type, null, or undefined for a missing field. */
function otherThan(value: unknown, random: Random): unknown {
  const fitting = otherValues.filter((other) => typeOf(other) !== typeOf(value))
  return [undefined, null, ...fitting][random.below(fitting.length + 2)]
}

/**
 * A reply in which some fields, depending on `seed`, are missing, null or of another type, unless the API requires
 * them. Identifiers and tokens remain.
 */
export function mutated(body: unknown, seed: number, path: string): unknown {
  if (Array.isArray(body)) return body.map((row, index) => mutated(row, seed, `${path}/${index}`))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      const at = `${path}/${key}`
      const random = randomFor(seed, at)
      const isMutated = !requiredFields.test(key) && random.below(oneIn) === 0
      return [key, isMutated ? otherThan(value, random) : mutated(value, seed, at)]
    }),
  )
}
