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
 * @property {readonly string[]} [after] names of earlier stages that must have ended, if they run
 * @property {true} [alone] it starts after all earlier ones have ended, and no other starts before it has
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
 * In the order in which they are started: those with most to do on one core first, and the unit tests, whose last
 * processes leave a core idle, before the packing. The runners of vitest share a report, so one runs after the other.
 *
 * @type {readonly Stage[]}
 */
export const stages = [
  check('types-components', 'Type check of the components', 'check:types:web'),
  check('lint', 'Lint', 'check:lint'),
  check('types', 'Type check', 'check:types:node'),
  check('build', 'Build', 'build'),
  runner(
    'fuzz',
    'Mutated replies and files',
    'npm test -- --only=fuzz',
    'vitest.json',
    vitestTally,
    fuzzArgs(vitestReport),
  ),
  check('unused', 'Unused code', 'check:unused'),
  check('format', 'Format', 'check:format'),
  {
    ...runner(
      'unit',
      'Unit, contract and security tests',
      'npm run test:unit -- FILE-OR-TITLE',
      'vitest.json',
      vitestTally,
      unitArgs(vitestReport),
    ),
    after: ['fuzz'],
  },
  { ...check('package', 'Package', 'package'), after: ['build'] },
  { ...check('package-smoke', 'Package for the smoke test', 'package:smoke'), after: ['build'] },
  {
    ...runner(
      'e2e',
      'The app itself',
      'npm run test:e2e -- --last-failed',
      'e2e.json',
      () => playwrightTally('e2e.json'),
      playwrightArgs('playwright.config.ts'),
    ),
    alone: true,
  },
  { ...check('coverage', 'Operations of the API that the window performs', 'check:coverage'), after: ['e2e'] },
  {
    ...runner(
      'smoke',
      'The packaged program',
      'npm test -- --only=package,smoke',
      'packaged.json',
      () => playwrightTally('packaged.json'),
      playwrightArgs('playwright.packaged.config.ts'),
    ),
    after: ['package', 'package-smoke'],
  },
]
