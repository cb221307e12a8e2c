import { rm } from 'node:fs/promises'
import { npm } from './npm.mjs'
import { inRoot } from './paths.mjs'
import { playwrightTally, tallyOf, vitestTally } from './report.mjs'
import { runProgram } from './run-program.mjs'

/**
 * @typedef {object} Stage
 * @property {string} name for --only
 * @property {string} title
 * @property {boolean} [independent] whether it stands on no other stage, and bears others beside it
 * @property {(env: NodeJS.ProcessEnv) => Promise<import('./report.mjs').Tally>} run
 */

/**
 * One of package.json's scripts, which counts as one; what it prints is shown only where it fails.
 *
 * @param {string} name
 * @param {string} title
 * @param {string} script
 * @returns {Stage}
 */
const check = (name, title, script) => ({
  name,
  title,
  run: async (env) => {
    const chunks = []
    const code = await runProgram(...npm('run', '--silent', script), { env, onOutput: (chunk) => chunks.push(chunk) })
    if (code !== 0) process.stdout.write(Buffer.concat(chunks))
    return tallyOf(code)
  },
})

/** A runner of tests that shows its progress. @returns {Stage} */
const runner = (name, title, report, read, args) => ({
  name,
  title,
  run: async (env) => {
    await rm(inRoot('test-results', report), { force: true })
    return tallyOf(await runProgram(process.execPath, args, { env }), read)
  },
})

/** @param {...string} parts */
const tool = (...parts) => inRoot('node_modules', ...parts)
const vitest = [tool('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json']

/** In the order of the way from the text to the packaged program. @type {readonly Stage[]} */
export const stages = [
  ...[
    check('types', 'Type check', 'check:types'),
    check('lint', 'Lint', 'check:lint'),
    check('format', 'Format', 'check:format'),
    check('unused', 'Unused code', 'check:unused'),
    check('build', 'Build', 'build'),
  ].map((stage) => ({ ...stage, independent: true })),
  runner('unit', 'Unit, contract and security tests', 'vitest.json', vitestTally, [
    ...vitest,
    '--outputFile.json=test-results/vitest.json',
  ]),
  runner('e2e', 'The app itself', 'e2e.json', () => playwrightTally('e2e.json'), [
    tool('playwright', 'cli.js'),
    'test',
    '-c',
    'playwright.config.ts',
  ]),
  check('coverage', 'Operations of the API that the window performs', 'check:coverage'),
  check('package', 'Package', 'package'),
  runner('smoke', 'The packaged program', 'packaged.json', () => playwrightTally('packaged.json'), [
    tool('playwright', 'cli.js'),
    'test',
    '-c',
    'playwright.packaged.config.ts',
  ]),
]
