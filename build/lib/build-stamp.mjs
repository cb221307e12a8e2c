import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { inRoot } from './paths.mjs'

const single = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const stampFile = inRoot('out', '.stamp')

async function sources() {
  const entries = await readdir(inRoot('src'), { recursive: true })
  return [...entries.map((entry) => `src/${entry}`), ...single].sort()
}

/** Changes whenever a source changes; sizes and times are sufficient and fast. */
export async function sourceStamp() {
  const hash = createHash('sha256')
  for (const file of await sources()) {
    const { size, mtimeMs } = await stat(inRoot(file))
    hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** @param {string} stamp */
export const isBuiltFrom = async (stamp) => (await readFile(stampFile, 'utf8').catch(() => '')) === stamp

/** @param {string} stamp of the sources as they were when the build began */
export const markBuilt = (stamp) => writeFile(stampFile, stamp)

/** Called when `out` is not built from these sources, because development writes there, too. */
export const markUnbuilt = () => rm(stampFile, { force: true })
