import { cp, rm } from 'node:fs/promises'
import { relative } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { configuration } from './electron-builder.mjs'
import { canMakeDeb, makeDeb } from './lib/debian-installer.mjs'
import { locked } from './lib/lock.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

/**
 * A program that declares in its own package that the smoke test may control it; a release refuses that
 * (docs/adr/0012).
 */
const smoke = {
  ...configuration,
  extraMetadata: { smokeTest: true },
}

/** @param {import('./lib/electron.mjs').Electron} electron @param {string} folder @param {import('electron-builder').Configuration} config */
async function unpacked(electron, folder, config) {
  const { build, Platform } = await import('electron-builder')
  await rm(inRoot(folder), { recursive: true, force: true })
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    config: {
      ...config,
      directories: { ...config.directories, output: folder },
      electronDist: electron.dist,
      electronVersion: electron.version,
    },
    publish: 'never',
  })
}

/** They are kept next to the release and are not part of it; `node build/stack-trace.mjs` reads them. */
const saveSourceMaps = () =>
  cp(inRoot('out'), inRoot('dist', 'source-maps'), {
    recursive: true,
    filter: (source) => !/\.[^/\\.]+$/.test(relative(inRoot('out'), source)) || source.endsWith('.map'),
  })

/** @param {import('./lib/electron.mjs').Electron} electron */
async function release(electron) {
  await unpacked(electron, 'dist', configuration)
  await saveSourceMaps()
  if (!canMakeDeb()) return
  const files = await makeDeb(inRoot('dist', 'linux-unpacked'), electron.version)
  for (const file of files) console.log(`Made ${relative(root, file)}`)
}

await runMain(async () => {
  const forSmokeTest = process.argv.includes('--smoke')
  const electron = await setUp()
  await ensureBuilt()
  await locked(() => (forSmokeTest ? unpacked(electron, 'test-results/smoke', smoke) : release(electron)))
})
