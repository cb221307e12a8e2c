import { hasDisplay, startDisplay } from './display.mjs'
import { electronEnv } from './electron.mjs'
import { startKeyring } from './keyring.mjs'

/**
 * Lets work run with Electron chosen, a display where there is none, and, where asked, a throw-away keyring.
 *
 * @template T
 * @param {{ electron: import('./electron.mjs').Electron, keyring?: boolean }} options
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDesktop({ electron, keyring = false }, work) {
  const services = []
  try {
    if (!hasDisplay()) services.push(await startDisplay())
    if (keyring && process.platform === 'linux') services.push(await startKeyring())
    return await work(Object.assign({}, process.env, electronEnv(electron), ...services.map(({ env }) => env)))
  } finally {
    for (const service of services.reverse()) await service.stop()
  }
}
