import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** True if Node was started with the module with this URL. @param {string} url */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url)

/**
 * Runs a script: an error is printed as one line, with its stack only if DEBUG is set, and the exit code is not zero.
 *
 * @param {() => Promise<unknown>} work if it returns a number, that is the exit code
 */
export async function runMain(work) {
  try {
    const code = await work()
    process.exitCode = typeof code === 'number' ? code : 0
  } catch (error) {
    console.error(process.env.DEBUG ? error : error.message)
    process.exitCode = 1
  }
}
