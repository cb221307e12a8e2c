import { readdir } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { inRoot } from './paths.mjs'

/** @param {readonly string[]} args what vitest gets besides `run` @returns {string[]} arguments for Node */
export const vitestArgs = (args) => [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args]

/** Arguments for Node that run the unit, contract and security tests. @param {readonly string[]} [args] */
export const unitArgs = (args = []) => vitestArgs(['--project=node', '--project=components', ...args])

/** Arguments for Node that run the mutated replies and files. @param {readonly string[]} [args] */
export const fuzzArgs = (args = []) => vitestArgs(['--project=fuzz', ...args])

/** @param {string} config @param {readonly string[]} [args] @returns {string[]} arguments for Node */
export const playwrightArgs = (config, args = []) => [
  inRoot('node_modules', 'playwright', 'cli.js'),
  'test',
  '-c',
  config,
  ...args,
]

/** Flags of the two runners with a value, which is not a filter. */
const withValue = new Set([
  ...['-c', '--config', '-g', '--grep', '--grep-invert', '-j', '--workers', '--output', '--project', '--repeat-each'],
  ...['--reporter', '--retries', '--shard', '--timeout', '--trace', '-t', '--testNamePattern', '--bail'],
])

/** @param {readonly string[]} words @returns {{ flags: string[], filters: string[] }} */
function separate(words) {
  const flags = []
  const filters = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-')) filters.push(word)
    else flags.push(word, ...(withValue.has(word) ? words.slice(++at, at + 1) : []))
  }
  return { flags, filters }
}

/**
 * The test files that a word matches, each with the line that follows it. Shells and editors complete paths from the
 * root.
 *
 * @param {string} word
 * @param {readonly string[]} tests relative to the root
 * @returns {string[]}
 */
function filesOf(word, tests) {
  const [, name = '', line = ''] = /^(.*?)(:\d+)?$/.exec(word) ?? []
  const path = isAbsolute(name) || name.startsWith('.') ? relative(inRoot(), resolve(name)) : name
  const part = path.replaceAll('\\', '/').toLowerCase()
  return tests.filter((file) => file.toLowerCase().includes(part)).map((file) => `${file}${line}`)
}

/**
 * Converts the words after `--` to arguments of a runner: a word that is part of a test file's path selects files, any
 * other one titles; flags are passed on.
 *
 * @param {readonly string[]} words
 * @param {{ folders: readonly string[], ending: RegExp, titleFlag: string }} runner
 * @returns {Promise<{ args: string[], titles: string[] }>}
 */
export async function filterArgs(words, { folders, ending, titleFlag }) {
  const listed = await Promise.all(folders.map((folder) => readdir(inRoot(folder), { recursive: true })))
  const files = folders.flatMap((folder, index) =>
    (listed[index] ?? []).map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
  const tests = files.filter((file) => ending.test(file))
  const { flags, filters } = separate(words)
  const selectedFiles = [...new Set(filters.flatMap((word) => filesOf(word, tests)))]
  const titles = filters.filter((word) => filesOf(word, tests).length === 0)
  const pattern = titles.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return { args: [...flags, ...selectedFiles, ...(titles.length > 0 ? [titleFlag, pattern] : [])], titles }
}
