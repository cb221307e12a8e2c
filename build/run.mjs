import { withDesktop } from './lib/desktop.mjs'
import { presentElectron } from './lib/electron.mjs'
import { isMain, runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

const usage = `Usage: node build/run.mjs [--keyring] -- COMMAND [ARGUMENT...]
Runs a command with this machine's Electron, a display, and (--keyring) a throw-away keyring.`

async function main() {
  const [flags, command] = divide(process.argv.slice(2))
  if (command.length === 0) throw new Error(usage)
  const electron = presentElectron() ?? (await setUp())
  const [program, ...args] = command
  return withDesktop({ electron, keyring: flags.includes('--keyring') }, (env) => runProgram(program, args, { env }))
}

/** @param {readonly string[]} args @returns {[readonly string[], readonly string[]]} */
function divide(args) {
  const at = args.indexOf('--')
  return at < 0 ? [[], args] : [args.slice(0, at), args.slice(at + 1)]
}

if (isMain(import.meta.url)) await runMain(main)
