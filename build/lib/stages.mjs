import { rm } from 'node:fs/promises'
import { npm } from './npm.mjs'
import { inRoot } from './paths.mjs'
import { playwrightTally, tallyOf, vitestTally } from './report.mjs'
import { runProgram } from './run-program.mjs'
import { fuzzArgs, playwrightArgs, unitArgs } from './test-runners.mjs'

/**
 * @typedef {object} Stage
 * @property {string} name for --only
 * @property {string} title
 * @property {string} repeat the command that runs it again on its own
 * @property {string} [step] stages with the same one run in parallel; without one, a stage runs alone
 * @property {(env: NodeJS.ProcessEnv) => Promise<import('./report.mjs').Tally>} run
 */

/**
 * A script of package.json, which counts as one; its output is shown only if it fails.
 *
 * @param {string} name
 * @param {string} title
 * @param {string} script
 * @returns {Stage}
 */
const check = (name, title, script) => ({
  name,
  title,
  repeat: `npm run ${script}`,
  run: async (env) => {
    const chunks = []
    const code = await runProgram(...npm('run', '--silent', script), { env, onOutput: (chunk) => chunks.push(chunk) })
    if (code !== 0) process.stdout.write(Buffer.concat(chunks))
    return tallyOf(code)
  },
})

/** A test runner with visible progress. @returns {Stage} */
const runner = (name, title, repeat, report, read, args) => ({
  name,
  title,
  repeat,
  run: async (env) => {
    for (const file of [report, 'vitest-errors.json']) await rm(inRoot('test-results', file), { force: true })
    return tallyOf(await runProgram(process.execPath, args, { env }), read)
  },
})

const vitestReport = [
  '--reporter=default',
  '--reporter=json',
  '--outputFile.json=test-results/vitest.json',
  '--reporter=./build/lib/vitest-errors.mjs',
]

/**
 * In order, from the static checks to the packaged program. Those that leave a core idle, like the end of the type check
 * and of the unit tests, run beside others. The runners of vitest are in different steps, as they share a report.
 *
 * @type {readonly Stage[]}
 */
export const stages = [
  ...[
    check('types', 'Type check', 'check:types'),
    check('lint', 'Lint', 'check:lint'),
    check('format', 'Format', 'check:format'),
    check('unused', 'Unused code', 'check:unused'),
    check('build', 'Build', 'build'),
    runner(
      'fuzz',
      'Mutated replies and files',
      'npm test -- --only=fuzz',
      'vitest.json',
      vitestTally,
      fuzzArgs(vitestReport),
    ),
  ].map((stage) => ({ ...stage, step: 'static' })),
  ...[
    runner(
      'unit',
      'Unit, contract and security tests',
      'npm run test:unit -- FILE-OR-TITLE',
      'vitest.json',
      vitestTally,
      unitArgs(vitestReport),
    ),
    check('package', 'Package', 'package'),
    check('package-smoke', 'Package for the smoke test', 'package:smoke'),
  ].map((stage) => ({ ...stage, step: 'unit' })),
  runner(
    'e2e',
    'The app itself',
    'npm run test:e2e -- --last-failed',
    'e2e.json',
    () => playwrightTally('e2e.json'),
    playwrightArgs('playwright.config.ts'),
  ),
  check('coverage', 'Operations of the API that the window performs', 'check:coverage'),
  runner(
    'smoke',
    'The packaged program',
    'npm test -- --only=package,smoke',
    'packaged.json',
    () => playwrightTally('packaged.json'),
    playwrightArgs('playwright.packaged.config.ts'),
  ),
]
