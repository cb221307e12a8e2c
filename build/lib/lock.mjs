import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { inRuntime, runtimeFolder } from './paths.mjs'

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** @param {string} file */
async function tryLock(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const owner = Number(await readFile(file, 'utf8').catch(() => ''))
  // An empty file is a lock whose owner is about to write its process ID.
  if (owner > 0 && !isAlive(owner)) await rm(file, { force: true })
  return false
}

/**
 * Lets one setup at a time work in this checkout. The lock of a killed setup is taken over.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(work) {
  await mkdir(runtimeFolder, { recursive: true })
  const file = inRuntime('setup.lock')
  for (let isAnnounced = false; !(await tryLock(file)); isAnnounced = true) {
    if (!isAnnounced) console.log('Another setup is running in this folder. Waiting for it to finish.')
    await pause(200)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}
