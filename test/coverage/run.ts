import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Where a run of the end-to-end tests keeps what it performed; a new run begins with an empty one. */
export const operationsFolder = resolve('test-results/operations')
const file = resolve('test-results/operations-run.json')

const runSchema = z.object({
  /** Of the sources of app and tests when the run began. */
  stamp: z.string(),
  /** What the command line chose some of the tests by; empty for a whole run. */
  chosenBy: z.array(z.string()),
  /** Absent as long as the run has not ended. */
  ended: z.object({ tests: z.number(), failed: z.number() }).optional(),
})
export type Run = z.infer<typeof runSchema>

/** Changes with the content of any source of the app or of its end-to-end tests. */
export async function sourcesStamp(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of ['src', 'test/e2e']) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    for (const name of names.toSorted()) hash.update(`${name}\0`).update(await readFile(name))
  }
  return hash.update(await readFile('package-lock.json')).digest('hex')
}

const write = async (run: Run): Promise<void> => {
  await mkdir(resolve('test-results'), { recursive: true })
  await writeFile(file, JSON.stringify(run))
}

/** Undefined where the tests never ran, or what they left cannot be read. */
export async function lastRun(): Promise<Run | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  return runSchema.parse(JSON.parse(text))
}

const keptRun = 'PBX_FLEET_OPERATIONS_KEPT'

/** Whether the tests of this process belong to a run that the table is made from: those of the packaged program and the screenshots do not. */
export const isRunKept = (): boolean => process.env[keptRun] !== undefined

/** Whatever an earlier run performed is gone from here on. */
export async function beginRun(chosenBy: readonly string[]): Promise<void> {
  await rm(operationsFolder, { recursive: true, force: true })
  await write({ stamp: await sourcesStamp(), chosenBy: [...chosenBy] })
  // The workers inherit it.
  process.env[keptRun] = '1'
}

export async function endRun(ended: NonNullable<Run['ended']>): Promise<void> {
  const run = await lastRun()
  if (run !== undefined) await write({ ...run, ended })
}

/** Why a run says nothing about the sources as they are now; undefined where it does. */
export function whyNot(run: Run | undefined, stamp: string): string | undefined {
  if (run === undefined) return 'The end-to-end tests have not run'
  if (run.chosenBy.length > 0) return `The last run of the end-to-end tests was partial: ${run.chosenBy.join(' ')}`
  if (run.ended === undefined) return 'The last run of the end-to-end tests did not end'
  if (run.ended.tests === 0) return 'The last run of the end-to-end tests had no test'
  if (run.ended.failed > 0) return `${run.ended.failed} of ${run.ended.tests} end-to-end tests failed in the last run`
  if (run.stamp !== stamp) return 'The app or its end-to-end tests have changed since the last run'
  return undefined
}
