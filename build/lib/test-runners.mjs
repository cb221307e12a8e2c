import { readdir } from 'node:fs/promises'
import { inRoot } from './paths.mjs'

/** @param {readonly string[]} args what vitest gets besides `run` @returns {string[]} arguments for Node */
export const vitestArgs = (args) => [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args]

/** @param {string} config @param {readonly string[]} [args] @returns {string[]} arguments for Node */
export const playwrightArgs = (config, args = []) => [
  inRoot('node_modules', 'playwright', 'cli.js'),
  'test',
  '-c',
  config,
  ...args,
]

/**
 * Turns what a person types after `--` into a runner's arguments: a word that is part of a test file's path chooses files, any other one titles; flags pass.
 *
 * @param {readonly string[]} words
 * @param {{ folders: readonly string[], ending: RegExp, titleFlag: string }} runner
 * @returns {Promise<string[]>}
 */
export async function filterArgs(words, { folders, ending, titleFlag }) {
  const listed = await Promise.all(folders.map((folder) => readdir(inRoot(folder), { recursive: true })))
  const files = folders.flatMap((folder, index) => (listed[index] ?? []).map((file) => `${folder}/${file}`))
  const tests = files.filter((file) => ending.test(file))
  const isPassedOn = (word) => word.startsWith('-') || tests.some((file) => file.includes(word.replace(/:\d+$/, '')))
  const titles = words.filter((word) => !isPassedOn(word))
  const pattern = titles.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return [...words.filter(isPassedOn), ...(titles.length > 0 ? [titleFlag, pattern] : [])]
}
