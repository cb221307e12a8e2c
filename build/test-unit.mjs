import { runMain } from './lib/main.mjs'
import { vitestTally } from './lib/report.mjs'
import { runProgram } from './lib/run-program.mjs'
import { filterArgs, unitArgs } from './lib/test-runners.mjs'
import { setUpNode } from './setup.mjs'

const runner = { folders: ['test/unit', 'test/contract', 'test/security'], ending: /\.test\.ts$/, titleFlag: '-t' }

const report = ['--reporter=json', '--outputFile.json=test-results/vitest.json']

/**
 * Runs unit, contract and security tests, or those whose file or title contains one of the arguments. Fails if none
 * matches.
 */
await runMain(async () => {
  await setUpNode()
  const { args, titles } = await filterArgs(process.argv.slice(2), runner)
  if (titles.length === 0) return runProgram(process.execPath, unitArgs(args))
  // Otherwise every skipped test would be one line.
  const code = await runProgram(
    process.execPath,
    unitArgs(['--reporter=dot', '--hideSkippedTests', ...report, ...args]),
  )
  const { passed, failed } = await vitestTally()
  if (passed + failed > 0) return code
  console.error(`No test has "${titles.join('" or "')}" in its file's path or its title.`)
  return 1
})
