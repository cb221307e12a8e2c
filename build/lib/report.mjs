import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { inRoot, root } from './paths.mjs'

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 * @property {readonly string[]} [skips] what was skipped for a reason that the test states, as file, title and reason
 * @property {readonly string[]} [failures] what failed, as file and title
 */

/** Lines of the page of a failed test: enough for the headings, the messages and the form. */
const maxPageLines = 60

/** @param {string} file */
const readReport = async (file) => JSON.parse(await readFile(inRoot('test-results', file), 'utf8'))

/** A test's title and the first line of its error. @param {string} title @param {string | undefined} message */
const withReason = (title, message) => `${title}: ${stripVTControlCharacters(message ?? '').split('\n', 1)[0]}`

/** @returns {Promise<Tally>} */
export async function vitestTally() {
  const { testResults, ...report } = await readReport('vitest.json')
  const uncaught = await readReport('vitest-errors.json').catch(() => [])
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + uncaught.length,
    skipped: report.numPendingTests,
    failures: testResults
      .filter(({ status }) => status === 'failed')
      .flatMap(({ name, message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed')
        const file = relative(root, name)
        return failed.length === 0
          ? [withReason(file, message)]
          : failed.map(({ fullName, failureMessages }) => withReason(`${file} › ${fullName}`, failureMessages[0]))
      })
      .concat(uncaught.map((text) => `not caught by a test: ${text}`)),
  }
}

/** The tests of a suite and of those within it. */
const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)]

/** Values of these are left out of a report. */
const secretField = /^(\s*- textbox ".*(?:password|token|code|key).*?").*$/gim

/**
 * What the window showed when a test failed, as Playwright saved it beside the test: roles and names of the page.
 *
 * @param {readonly { name: string, path?: string }[]} attachments
 */
async function pageOf(attachments) {
  const path = attachments.find(({ name }) => name === 'error-context')?.path
  const text = path === undefined ? '' : await readFile(path, 'utf8').catch(() => '')
  const page = /```yaml\n(.*?)```/s.exec(text)?.[1] ?? ''
  return page.replace(secretField, '$1').trimEnd().split('\n').slice(0, maxPageLines)
}

/** @param {any} spec a test of Playwright's report */
async function failureOf({ file, title, tests }) {
  const result = tests.flatMap(({ results }) => results).find(({ error }) => error)
  const page = await pageOf(result?.attachments ?? [])
  return [withReason(`${file} › ${title}`, result?.error.message), ...page.map((line) => `    ${line}`)].join('\n    ')
}

/** @param {string} file @returns {Promise<Tally>} */
export async function playwrightTally(file) {
  const { stats, suites } = await readReport(file)
  const specs = suites.flatMap(specsOf)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    skips: specs.flatMap(({ file: path, title, tests }) =>
      tests
        .flatMap(({ status, annotations }) => (status === 'skipped' ? annotations : []))
        .flatMap(({ type, description }) =>
          type === 'skip' && description ? [`${path} › ${title}: ${description}`] : [],
        ),
    ),
    failures: await Promise.all(specs.filter(({ ok }) => !ok).map(failureOf)),
  }
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
  if (code === 0 || tally.failed > 0) return tally
  return {
    ...tally,
    failed: 1,
    ...(read && { failures: ['No test failed, but something beside them: see its output above'] }),
  }
}
