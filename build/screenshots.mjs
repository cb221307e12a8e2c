import { ensureBuilt } from './build.mjs'
import { electronEnv } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { playwrightArgs } from './lib/test-runners.mjs'
import { setUp } from './setup.mjs'

/** Runs the real app and takes the pictures for the README; further arguments go to Playwright. */
await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  const args = playwrightArgs('playwright.screenshots.config.ts', process.argv.slice(2))
  return runProgram(process.execPath, args, { env: { ...process.env, ...electronEnv(electron) } })
})
