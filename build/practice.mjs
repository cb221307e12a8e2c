import { ensureBuilt } from './build.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUpNode } from './setup.mjs'

/** Practice servers in plain Node; the flags are those of src/demo/cli.ts. */
await runMain(async () => {
  await setUpNode()
  await ensureBuilt()
  return runProgram(process.execPath, [inRoot('out', 'main', 'cli.js'), ...process.argv.slice(2)])
})
