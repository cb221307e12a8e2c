import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './paths.mjs'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']
const ownGroup = process.platform !== 'win32'

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (ownGroup) process.kill(-Number(child.pid), signal)
    else child.kill(signal)
  } catch {
    // The group has no processes left.
  }
}

/**
 * Runs a program in the foreground: it gets our signals, and processes left in its group end with it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, onOutput?: (chunk: Buffer) => void }} [options] `onOutput` gets both
 * streams instead of this terminal
 * @returns {Promise<number>} its exit code, as in a shell
 */
export function runProgram(command, args, { env = process.env, cwd = root, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, args, { env, cwd, stdio, detached: ownGroup })
    const relay = (signal) => signalGroup(child, signal)
    const release = () => passedOn.forEach((signal) => process.off(signal, relay))
    passedOn.forEach((signal) => process.on(signal, relay))
    if (onOutput) {
      child.stdout?.on('data', onOutput)
      child.stderr?.on('data', onOutput)
    }
    child.once('error', (error) => {
      release()
      reject(new Error(`${command} could not be started: ${error.message}`))
    })
    child.once('exit', () => signalGroup(child, 'SIGTERM'))
    child.once('close', (code, signal) => {
      release()
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal])
    })
  })
}
