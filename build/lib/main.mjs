import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Whether the module with this URL is the one that Node was started with. @param {string} url */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url)

/**
 * Runs a script's work: a failure is one line, with the stack only where DEBUG asks for it, and a non-zero exit code.
 *
 * @param {() => Promise<unknown>} work a number that it gives becomes the exit code
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
