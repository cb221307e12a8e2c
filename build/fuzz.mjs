import { randomInt } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { ensureBuilt } from './build.mjs'
import { electronEnv } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { fuzzArgs, playwrightArgs, unitArgs } from './lib/test-runners.mjs'
import { setUp } from './setup.mjs'

/** End-to-end tests of which `npm test` runs a share (test/e2e/shares.ts). */
const shared = ['replies.spec', 'languages.spec']

/** The unit tests that state a property of any input. */
async function propertyTests() {
  const files = await readdir(inRoot('test/unit'), { recursive: true })
  const tests = files.filter((file) => file.endsWith('.test.ts')).map((file) => inRoot('test/unit', file))
  const texts = await Promise.all(tests.map((file) => readFile(file, 'utf8')))
  return tests.filter((_, index) => texts[index]?.includes("from 'fast-check'"))
}

/**
 * Sends mutated replies and files to the app's readers, and other inputs to the property tests, by default ten times as
 * many as `npm test`, with a random seed that is printed, and runs whole the end-to-end tests of which `npm test` runs a
 * share. `FUZZ_SEED` repeats a run.
 */
await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  const seed = process.env['FUZZ_SEED'] ?? String(randomInt(2 ** 31))
  const times = process.argv[2] ?? '10'
  console.log(`FUZZ_SEED=${seed}, ${times} times as many as in npm test`)
  const env = { ...process.env, ...electronEnv(electron), FUZZ_SEED: seed, FUZZ_TIMES: times }
  const mutated = await runProgram(process.execPath, fuzzArgs(), { env })
  const properties = await runProgram(process.execPath, unitArgs(await propertyTests()), { env })
  const app = await runProgram(process.execPath, playwrightArgs('playwright.config.ts', shared), { env })
  return mutated || properties || app
})
