import { electronVite } from './build.mjs'
import { markUnbuilt } from './lib/build-stamp.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { hasDisplay } from './lib/display.mjs'
import { isRoot } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

/** Where an editor attaches to main (.vscode/launch.json). */
const inspectorPort = 5858

/** The app with hot reload, restarted when main changes, with an inspector; further arguments go to electron-vite. */
await runMain(async () => {
  const electron = await setUp()
  await markUnbuilt()
  const switches = ['--watch', `--inspect=${inspectorPort}`, ...(isRoot() ? ['--noSandbox'] : [])]
  const args = [electronVite, 'dev', ...switches, ...process.argv.slice(2)]
  console.log(`Main's inspector: 127.0.0.1:${inspectorPort}`)
  if (!hasDisplay()) console.log('There is no display here: PBX Fleet runs under Xvfb, unseen, until Ctrl-C.')
  // Stack traces name the sources.
  const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim()
  return withDesktop({ electron }, (env) => runProgram(process.execPath, args, { env: { ...env, NODE_OPTIONS } }))
})
