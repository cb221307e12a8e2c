import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { whyNot, type Run } from '@test/coverage/run'
import { chosenBy } from '@test/coverage/run-begins'
import { temporaryFolder } from '../main/storage/temporary'

const program = resolve('test/coverage/api-coverage.ts')
const table = 'the table of an earlier run'

/** A project with a source, a table, and what a run of the end-to-end tests left. */
function project(run?: Run): string {
  const folder = temporaryFolder()
  for (const name of ['src', 'test/e2e', 'docs', 'test-results/operations'])
    mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  writeFileSync(join(folder, 'docs/api-coverage.md'), table)
  if (run !== undefined) writeFileSync(join(folder, 'test-results/operations-run.json'), JSON.stringify(run))
  return folder
}

function coverage(cwd: string, ...args: readonly string[]) {
  const env = { ...process.env, TSX_TSCONFIG_PATH: resolve('tsconfig.node.json') }
  const tsx = import.meta.resolve('tsx')
  const { status, stderr } = spawnSync(process.execPath, ['--import', tsx, program, ...args], { cwd, env })
  return { status, printed: String(stderr), table: readFileSync(join(cwd, 'docs/api-coverage.md'), 'utf8') }
}

const whole: Run = { stamp: 'now', chosenBy: [], ended: { tests: 3, failed: 0 } }

test.each<readonly [string, Run | undefined, RegExp]>([
  ['none', undefined, /have not run/],
  ['a partial one', { ...whole, chosenBy: ['-g', 'trunks'] }, /was partial: -g trunks/],
  ['one that was broken off', { stamp: 'now', chosenBy: [] }, /did not end/],
  ['one without tests', { ...whole, ended: { tests: 0, failed: 0 } }, /had no test/],
  ['one with failures', { ...whole, ended: { tests: 3, failed: 1 } }, /1 of 3 end-to-end tests failed/],
  ['one of other sources', { ...whole, stamp: 'then' }, /have changed since/],
])('a run that does not count: %s', (_, run, reason) => {
  expect(whyNot(run, 'now')).toMatch(reason)
})

test('a whole run of these sources counts', () => {
  expect(whyNot(whole, 'now')).toBeUndefined()
})

test('without a run that counts the table is neither written nor confirmed', { timeout: 120_000 }, () => {
  expect(coverage(project())).toMatchObject({
    status: 1,
    table,
    printed: expect.stringContaining('have not run') as string,
  })
  const partial = { ...whole, chosenBy: ['trunks'] }
  expect(coverage(project(partial), '--check')).toMatchObject({ status: 1, table })
})

test('files, titles and unknown flags choose tests; how many run at a time does not', () => {
  expect(chosenBy(['-c', 'playwright.config.ts', '--workers=1', '-j', '2'])).toEqual([])
  expect(chosenBy(['-c', 'playwright.config.ts', 'trunks'])).toEqual(['trunks'])
  expect(chosenBy(['--config=playwright.config.ts', '--last-failed'])).toEqual(['--last-failed'])
  expect(chosenBy(['-g', 'a title', '--shard=1/2'])).toEqual(['-g', 'a title', '--shard=1/2'])
})
