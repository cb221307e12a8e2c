import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { filterArgs, vitestArgs } from './lib/test-runners.mjs'
import { setUpNode } from './setup.mjs'

const runner = { folders: ['test/unit', 'test/contract', 'test/security'], ending: /\.test\.ts$/, titleFlag: '-t' }

/** Unit, contract and security tests, or those whose file or title contains one of the arguments. */
await runMain(async () => {
  await setUpNode()
  return runProgram(
    process.execPath,
    vitestArgs(['--hideSkippedTests', ...(await filterArgs(process.argv.slice(2), runner))]),
  )
})
