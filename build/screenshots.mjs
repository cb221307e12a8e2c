import { ensureBuilt } from './build.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

/** Drives the real app and writes the pictures that the README shows; further arguments go to Playwright. */
await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  const cli = inRoot('node_modules', 'playwright', 'cli.js')
  const args = [cli, 'test', '-c', 'playwright.screenshots.config.ts', ...process.argv.slice(2)]
  return withDesktop({ electron, keyring: true }, (env) => runProgram(process.execPath, args, { env }))
})
