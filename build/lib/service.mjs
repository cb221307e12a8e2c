import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'

/**
 * @typedef {object} Service a background program that lives as long as the work that needs it
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a program in the background in its own process group, so that Ctrl-C reaches it only through us, in our order.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdio: import('node:child_process').StdioOptions }} options
 * @returns {Promise<Service>}
 */
export async function startService(command, args, { env = process.env, stdio }) {
  const child = spawn(command, args, { env, stdio, detached: true })
  await once(child, 'spawn').catch((error) => {
    throw new Error(`${command} could not be started: ${error.message}`)
  })
  const ended = once(child, 'close')
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  }
  return { child, stop }
}

/**
 * The first line that a program writes to a stream; throws if the stream ends before.
 *
 * @param {string} name
 * @param {unknown} stream of the child
 * @returns {Promise<string>}
 */
export async function firstLine(name, stream) {
  if (!(stream instanceof Readable)) throw new Error(`${name} has no such stream`)
  let text = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += chunk
    const end = text.indexOf('\n')
    if (end >= 0) {
      stream.resume()
      return text.slice(0, end).trim()
    }
  }
  throw new Error(`${name} ended before it was ready`)
}
