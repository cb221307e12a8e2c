import { rm } from 'node:fs/promises'
import { relative } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { configuration } from './electron-builder.mjs'
import { canMakeDeb, makeDeb } from './lib/debian-installer.mjs'
import { locked } from './lib/lock.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

/** @param {import('./lib/electron.mjs').Electron} electron */
async function unpacked(electron) {
  const { build, Platform } = await import('electron-builder')
  await rm(inRoot('dist'), { recursive: true, force: true })
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    config: { ...configuration, electronDist: electron.dist, electronVersion: electron.version },
    publish: 'never',
  })
  return inRoot('dist', 'linux-unpacked')
}

await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  await locked(async () => {
    const folder = await unpacked(electron)
    if (!canMakeDeb()) return
    const files = await makeDeb(folder, electron.version)
    for (const file of files) console.log(`Made ${relative(root, file)}`)
  })
})
