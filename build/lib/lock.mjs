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
  // An empty file is a lock that its owner is about to sign.
  if (owner > 0 && !isAlive(owner)) await rm(file, { force: true })
  return false
}

/**
 * Lets one set-up at a time work in this checkout; the lock of a set-up that was killed is taken over.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(work) {
  await mkdir(runtimeFolder, { recursive: true })
  const file = inRuntime('setup.lock')
  for (let told = false; !(await tryLock(file)); told = true) {
    if (!told) console.log('Another set-up is at work in this folder; waiting for it.')
    await pause(200)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}
