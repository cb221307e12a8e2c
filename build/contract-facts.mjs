import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUpNode } from './setup.mjs'

/** Derives the facts for the contract tests from the vendor's OpenAPI file, if it is next to the project. */
await runMain(async () => {
  await setUpNode()
  const env = { ...process.env, TSX_TSCONFIG_PATH: inRoot('tsconfig.node.json') }
  return runProgram(process.execPath, ['--import', 'tsx', inRoot('test', 'contract', 'facts', 'write.ts')], { env })
})
