import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { operationOf } from './operation-of'
import { isRunKept, operationsFolder as folder } from './run'

const recordSchema = z.object({ test: z.string(), operations: z.array(z.string()) })

interface SentRequest {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** Keeps which of the operations a test performed through the window, for the table of what is covered. */
export async function keepPerformed(test: string, requests: readonly SentRequest[]): Promise<void> {
  const performed = requests.filter(({ status }) => status < 300).map(({ method, path }) => operationOf(method, path))
  const operations = [...new Set(performed)].filter((each) => each !== undefined).toSorted()
  if (!isRunKept() || operations.length === 0) return
  await mkdir(folder, { recursive: true })
  const name = createHash('sha256').update(test).digest('hex').slice(0, 16)
  await writeFile(join(folder, `${name}.json`), JSON.stringify({ test, operations }))
}

/** For each operation the tests that performed it, in the order of their names. */
export async function readPerformed(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = await readdir(folder).catch(() => [])
  const records = await Promise.all(
    files.map(async (file) => recordSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  )
  const tests = new Map<string, string[]>()
  for (const { test, operations } of records)
    for (const operation of operations) tests.set(operation, [...(tests.get(operation) ?? []), test].toSorted())
  return tests
}
