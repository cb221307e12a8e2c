import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUpNode } from './setup.mjs'

/** Writes docs/roles.md from the rules in src/shared/access. */
await runMain(async () => {
  await setUpNode()
  const env = { ...process.env, TSX_TSCONFIG_PATH: inRoot('tsconfig.node.json') }
  return runProgram(process.execPath, ['--import', 'tsx', inRoot('test', 'roles', 'write.ts')], { env })
})
