/** The sizes of the waves after the canary; the last one has the rest. */
const afterCanary = [4]

/** Above this many servers, a canary is the default. */
export const canaryAbove = 3

/** How many servers each wave has: with a canary one, then four, then the rest. */
export function waveSizes(servers: number, canary: boolean): readonly number[] {
  const sizes: number[] = []
  let rest = servers
  for (const size of canary ? [1, ...afterCanary, Infinity] : [Infinity]) {
    if (rest <= 0) break
    sizes.push(Math.min(size, rest))
    rest -= size
  }
  return sizes
}

/** The wave of a server by its place among those that have a plan; both from 0. */
export function waveAt(sizes: readonly number[], place: number): number {
  let end = 0
  return sizes.findIndex((size) => place < (end += size))
}
