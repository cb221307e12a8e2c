import { electronVite } from './build.mjs'
import { markUnbuilt } from './lib/build-stamp.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { hasDisplay } from './lib/display.mjs'
import { isRoot } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

/** The port for a debugger of main (.vscode/launch.json). */
const inspectorPort = 5858

/**
 * Starts the app with hot reload and an inspector, and restarts it when main changes; further arguments go to
 * electron-vite.
 */
await runMain(async () => {
  const electron = await setUp()
  await markUnbuilt()
  const switches = ['--watch', `--inspect=${inspectorPort}`, ...(isRoot() ? ['--noSandbox'] : [])]
  const args = [electronVite, 'dev', ...switches, ...process.argv.slice(2)]
  console.log(`Main's inspector: 127.0.0.1:${inspectorPort}`)
  if (!hasDisplay()) console.log('There is no display here: PBX Fleet runs under Xvfb, unseen, until Ctrl-C.')
  // Stack traces then refer to the sources.
  const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim()
  return withDesktop({ electron }, (env) => runProgram(process.execPath, args, { env: { ...env, NODE_OPTIONS } }))
})
