import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUpNode } from './setup.mjs'

/** Reads what the end-to-end tests covered and writes docs/api-coverage.md; with --check it only compares. */
await runMain(async () => {
  await setUpNode()
  const env = { ...process.env, TSX_TSCONFIG_PATH: inRoot('tsconfig.node.json') }
  const args = ['--import', 'tsx', inRoot('test', 'coverage', 'api-coverage.ts'), ...process.argv.slice(2)]
  return runProgram(process.execPath, args, { env })
})
