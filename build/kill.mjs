import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { vitestArgs } from './lib/test-runners.mjs'
import { setUpNode } from './setup.mjs'

/**
 * Runs the tests that kill a program while it writes, with as many kills as the argument says; `npm test` tries only a
 * few.
 */
await runMain(async () => {
  await setUpNode()
  const kills = process.argv[2] ?? '300'
  return runProgram(process.execPath, vitestArgs(['kill']), { env: { ...process.env, KILLS: kills } })
})
