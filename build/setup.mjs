import { ensureDebianPackages, packages } from './lib/debian-packages.mjs'
import { describeElectron, ensureElectron } from './lib/electron.mjs'
import { locked } from './lib/lock.mjs'
import { isMain, runMain } from './lib/main.mjs'
import { checkNode } from './lib/node-version.mjs'
import { ensureNpmPackages } from './lib/npm-packages.mjs'

/** Installs only the npm packages, which is enough for programs in plain Node. */
export async function setUpNode() {
  checkNode()
  await locked(ensureNpmPackages)
}

/**
 * Installs what this machine lacks; does nothing and uses no network if everything is installed.
 *
 * @returns {Promise<import('./lib/electron.mjs').Electron>}
 */
export async function setUp() {
  checkNode()
  const electron = await locked(async () => {
    const npmPackages = ensureNpmPackages()
    const [electron] = await Promise.all([ensureElectron(npmPackages), npmPackages])
    await ensureDebianPackages([...packages.electron, ...packages.display, ...packages.keyring])
    return electron
  })
  console.log(describeElectron(electron))
  return electron
}

if (isMain(import.meta.url)) await runMain(setUp)
