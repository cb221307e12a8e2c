import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { exec } from './exec.mjs'
import { inRoot, inRuntime, runtimeFolder } from './paths.mjs'

/** @typedef {{ dist: string, version: string, source: 'official' | 'registry' }} Electron */

const folder = inRoot('node_modules', 'electron')
/** The version that package.json asks for, also before it is installed. */
const version = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).devDependencies.electron

/** File that marks this version as unavailable, so that later starts are fast and work offline. */
const refusal = () => inRuntime(`electron-${version()}-cannot-be-had`)

/** The official build inside the `electron` package, if it is complete. @returns {Electron | undefined} */
export function officialElectron() {
  try {
    const installedVersion = readFileSync(`${folder}/dist/version`, 'utf8').trim().replace(/^v/, '')
    const isComplete = installedVersion === version() && existsSync(`${folder}/path.txt`)
    return isComplete ? { dist: `${folder}/dist`, version: installedVersion, source: 'official' } : undefined
  } catch {
    return undefined
  }
}

/**
 * A closed network may drop packets instead of refusing them, so the download starts only if the page responds quickly.
 */
async function isReachable() {
  if (process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror) return true
  const url = `https://github.com/electron/electron/releases/download/v${version()}/SHASUMS256.txt`
  return fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(4000) }).then(
    (answer) => answer.status < 400,
    () => false,
  )
}

/**
 * Tries to download it, once per version.
 *
 * @param {Promise<void>} npmPackages they bring the program that downloads it
 * @returns {Promise<Electron | undefined>}
 */
export async function fetchOfficialElectron(npmPackages) {
  if (existsSync(refusal())) return undefined
  if (await isReachable()) {
    await npmPackages
    console.log(`Fetching Electron ${version()} …`)
    await exec(process.execPath, [`${folder}/install.js`], { show: true, timeout: 600_000 })
  }
  const official = officialElectron()
  if (official) return official
  await mkdir(runtimeFolder, { recursive: true })
  await writeFile(refusal(), 'The official Electron could not be fetched. Delete this file to try again.\n')
  return undefined
}
