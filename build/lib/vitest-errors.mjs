import { mkdir, writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { inRoot, root } from './paths.mjs'

/** Saves the errors that no test caught, which the JSON report leaves out. */
export default class ErrorsReporter {
  /** @param {unknown} _modules @param {readonly import('vitest').TestError[]} errors */
  async onTestRunEnd(_modules, errors) {
    await mkdir(inRoot('test-results'), { recursive: true })
    await writeFile(inRoot('test-results', 'vitest-errors.json'), JSON.stringify(errors.map(textOf)))
  }
}

/** @param {Record<string, any>} error */
function textOf({ name, message, stacks, stack, VITEST_TEST_PATH: file, VITEST_TEST_NAME: test }) {
  const during = file === undefined ? '' : ` during ${[relative(root, file), test].filter(Boolean).join(' › ')}`
  const at = stacks?.[0] ? `${relative(root, stacks[0].file)}:${stacks[0].line}` : stack?.split('\n')[1]?.trim()
  return `${name ?? 'Error'}${during}: ${message}${at ? ` (${at})` : ''}`
}
