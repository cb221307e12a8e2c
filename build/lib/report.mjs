import { readFile } from 'node:fs/promises'
import { inRoot } from './paths.mjs'

/** @typedef {{ passed: number, failed: number, skipped?: number }} Tally */

/** @param {string} file */
const readReport = async (file) => JSON.parse(await readFile(inRoot('test-results', file), 'utf8'))

/** @returns {Promise<Tally>} */
export async function vitestTally() {
  const report = await readReport('vitest.json')
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
}

/** @param {string} file @returns {Promise<Tally>} */
export async function playwrightTally(file) {
  const { stats } = await readReport(file)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/**
 * The result of a runner; one that ended with an error counts as at least one failure, also without a report.
 *
 * @param {number} code
 * @param {() => Promise<Tally>} [read] without it, the run counts as one
 * @returns {Promise<Tally>}
 */
export async function tallyOf(code, read) {
  const tally = read ? await read().catch(() => ({ passed: 0, failed: 1 })) : { passed: code === 0 ? 1 : 0, failed: 0 }
  return code === 0 ? tally : { ...tally, failed: Math.max(1, tally.failed) }
}
