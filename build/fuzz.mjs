import { randomInt } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { fuzzArgs, unitArgs } from './lib/test-runners.mjs'
import { setUpNode } from './setup.mjs'

/** The unit tests that state a property of any input. */
async function propertyTests() {
  const files = await readdir(inRoot('test/unit'), { recursive: true })
  const tests = files.filter((file) => file.endsWith('.test.ts')).map((file) => inRoot('test/unit', file))
  const texts = await Promise.all(tests.map((file) => readFile(file, 'utf8')))
  return tests.filter((_, index) => texts[index]?.includes("from 'fast-check'"))
}

/**
 * Sends mutated replies and files to the app's readers, and other inputs to the property tests, by default ten times as
 * many as `npm test`, with a random seed that is printed. `FUZZ_SEED` repeats a run.
 */
await runMain(async () => {
  await setUpNode()
  const seed = process.env['FUZZ_SEED'] ?? String(randomInt(2 ** 31))
  const times = process.argv[2] ?? '10'
  console.log(`FUZZ_SEED=${seed}, ${times} times as many as in npm test`)
  const env = { ...process.env, FUZZ_SEED: seed, FUZZ_TIMES: times }
  const mutated = await runProgram(process.execPath, fuzzArgs(), { env })
  const properties = await runProgram(process.execPath, unitArgs(await propertyTests()), { env })
  return mutated || properties
})
