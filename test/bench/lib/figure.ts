export interface Figure {
  readonly name: string
  readonly unit: string
  /** What the same machine needs for the bare minimum of the same work, measured in the same run. */
  readonly limit: number
  readonly app: number
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** One line of JSON for each figure, so that runs can be compared by a program. */
export function print({ name, unit, limit, app }: Figure): void {
  console.log(JSON.stringify({ name, unit, limit: rounded(limit), app: rounded(app), ratio: rounded(app / limit) }))
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Measures two ways of doing a thing in turn, so that whatever else the machine does falls on both; answers the medians. */
export async function inTurn(
  rounds: number,
  limit: () => Promise<number>,
  app: () => Promise<number>,
): Promise<{ limit: number; app: number }> {
  const limits: number[] = []
  const apps: number[] = []
  for (let round = 0; round < rounds; round++) {
    limits.push(await limit())
    apps.push(await app())
  }
  return { limit: median(limits), app: median(apps) }
}

export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
