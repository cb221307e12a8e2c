import { randomInt } from 'node:crypto'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { fuzzArgs } from './lib/test-runners.mjs'
import { setUpNode } from './setup.mjs'

/**
 * Sends mutated replies and files to the app's readers, by default ten times as many as `npm test`, with a random seed
 * that is printed. `FUZZ_SEED` repeats a run.
 */
await runMain(async () => {
  await setUpNode()
  const seed = process.env['FUZZ_SEED'] ?? String(randomInt(2 ** 31))
  const times = process.argv[2] ?? '10'
  console.log(`FUZZ_SEED=${seed}, ${times} times as many as in npm test`)
  return runProgram(process.execPath, fuzzArgs(), { env: { ...process.env, FUZZ_SEED: seed, FUZZ_TIMES: times } })
})
