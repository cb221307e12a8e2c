import { electronVite } from './build.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { isRoot } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

/** The app with hot reload; further arguments go to electron-vite. */
await runMain(async () => {
  const electron = await setUp()
  const args = [electronVite, 'dev', ...(isRoot() ? ['--noSandbox'] : []), ...process.argv.slice(2)]
  return withDesktop({ electron }, (env) => runProgram(process.execPath, args, { env }))
})
