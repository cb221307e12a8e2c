import { ensureBuilt } from './build.mjs'
import { electronEnv } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { filterArgs, playwrightArgs } from './lib/test-runners.mjs'
import { setUp } from './setup.mjs'

const runner = { folders: ['test/e2e/specs'], ending: /\.spec\.ts$/, titleFlag: '-g' }

/**
 * Runs the end-to-end tests, or those whose file or title contains one of the arguments; builds first if a source
 * changed.
 */
await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  const { args } = await filterArgs(process.argv.slice(2), runner)
  return runProgram(process.execPath, playwrightArgs('playwright.config.ts', args), {
    env: { ...process.env, ...electronEnv(electron) },
  })
})
