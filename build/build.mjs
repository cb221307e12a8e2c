import { rm } from 'node:fs/promises'
import { isBuiltFrom, markBuilt, sourceStamp } from './lib/build-stamp.mjs'
import { exec } from './lib/exec.mjs'
import { locked } from './lib/lock.mjs'
import { isMain, runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { setUpNode } from './setup.mjs'

/** The path of electron-vite's program, which runs with this Node regardless of PATH. */
export const electronVite = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js')

async function buildNow() {
  const stamp = await sourceStamp()
  await rm(inRoot('out'), { recursive: true, force: true })
  const { code, output } = await exec(process.execPath, [electronVite, 'build', '--logLevel', 'warn'], {
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (code !== 0) throw new Error(`The build failed.\n${output}`)
  await markBuilt(stamp)
}

/** Builds main, preload and renderer into out/. */
export async function build() {
  const started = performance.now()
  await locked(buildNow)
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** Builds only if a source changed since the last build. */
export async function ensureBuilt() {
  if (await isBuiltFrom(await sourceStamp())) return
  console.log('Building …')
  await build()
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    await setUpNode()
    await (process.argv.includes('--if-changed') ? ensureBuilt() : build())
  })
}
