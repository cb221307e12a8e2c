import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/**
 * @typedef {object} Finished
 * @property {number} code the exit code, 127 where the program could not be started
 * @property {string} output what it printed on both streams, empty where they were inherited
 *
 * @typedef {object} ExecOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [show] lets it write to this terminal instead of collecting what it prints
 * @property {number} [timeout] milliseconds until it is ended
 */

/**
 * Runs a program until it ends; never throws.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ExecOptions} [options]
 * @returns {Promise<Finished>}
 */
export function exec(command, args, { cwd = root, env = process.env, show = false, timeout } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? 'inherit' : 'pipe'
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', stdio, stdio], ...(timeout && { timeout }) })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * Runs a program that must succeed; otherwise throws an error with its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ExecOptions} [options]
 * @returns {Promise<string>}
 */
export async function must(command, args, options) {
  const { code, output } = await exec(command, args, options)
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${output}`.trim())
  return output
}
