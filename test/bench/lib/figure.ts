import { readFileSync, writeFileSync } from 'node:fs'

export interface Figure {
  readonly name: string
  readonly unit: string
  /** What the same machine needs for the bare minimum of the same work, measured in the same run. */
  readonly limit: number
  readonly app: number
}

const storedFile = new URL('../ratios.json', import.meta.url)
const readStored = (): Record<string, number> => JSON.parse(readFileSync(storedFile, 'utf8')) as Record<string, number>

/** How far a ratio may lie above the stored one: two runs of the same code differ by less. */
const tolerance = 1.1

const rounded = (value: number): number => Number(value.toPrecision(4))

/**
 * One line of JSON for each figure, with the ratio that is stored for it in `ratios.json`. A worse one is marked and makes the program fail; with
 * PBX_FLEET_BENCH_STORE the file takes the new ratio instead.
 */
export function print({ name, unit, limit, app }: Figure): void {
  const ratio = rounded(app / limit)
  const ratios = readStored()
  if (process.env['PBX_FLEET_BENCH_STORE'])
    writeFileSync(storedFile, `${JSON.stringify({ ...ratios, [name]: ratio }, null, 2)}\n`)
  const stored = ratios[name]
  const isWorse = stored !== undefined && ratio > stored * tolerance
  if (isWorse && !process.env['PBX_FLEET_BENCH_STORE']) process.exitCode = 1
  const line = { name, unit, limit: rounded(limit), app: rounded(app), ratio, stored, ...(isWorse && { worse: true }) }
  console.log(JSON.stringify(line))
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
