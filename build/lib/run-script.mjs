import { setUpNode } from '../setup.mjs'
import { runMain } from './main.mjs'
import { inRoot } from './paths.mjs'
import { runProgram } from './run-program.mjs'

/**
 * Runs a TypeScript file of the project in plain Node, with all its setup, and ends with its exit code.
 *
 * @param {string} file from the project's folder
 * @param {readonly string[]} [args]
 */
export const runScript = (file, args = []) =>
  runMain(async () => {
    await setUpNode()
    const env = { ...process.env, TSX_TSCONFIG_PATH: inRoot('tsconfig.node.json') }
    return runProgram(process.execPath, ['--import', 'tsx', inRoot(file), ...args], { env })
  })
