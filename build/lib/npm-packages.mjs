import { readFile } from 'node:fs/promises'
import { exec } from './exec.mjs'
import { npm } from './npm.mjs'
import { inRoot } from './paths.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean }} LockEntry
 *
 * @param {...string} parts
 * @returns {Promise<Record<string, LockEntry> | undefined>}
 */
async function packagesIn(...parts) {
  try {
    return JSON.parse(await readFile(inRoot(...parts), 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Compares the installed packages with the lock file by content, because times are wrong after a checkout. */
async function areInstalled() {
  const wanted = await packagesIn('package-lock.json')
  const installed = await packagesIn('node_modules', '.package-lock.json')
  if (!wanted || !installed) return false
  const isThere = ([name, entry]) =>
    installed[name] ? installed[name].version === entry.version : entry.optional === true
  return (
    Object.entries(wanted).every((entry) => entry[0] === '' || isThere(entry)) &&
    Object.keys(installed).every((name) => name in wanted)
  )
}

export async function ensureNpmPackages() {
  if (await areInstalled()) return
  console.log('Installing the npm packages …')
  const { code } = await exec(...npm('ci', '--no-audit', '--no-fund', '--loglevel=error'), { show: true })
  if (code !== 0) throw new Error('npm ci failed; is the package registry reachable?')
}
