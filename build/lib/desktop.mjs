import { hasDisplay, startDisplay } from './display.mjs'
import { electronEnv } from './electron.mjs'
import { startKeyring } from './keyring.mjs'

/** @typedef {{ env: Record<string, string>, stop: () => Promise<void> }} Desktop */

/**
 * Starts what a desktop program needs and this machine lacks; elsewhere than on Linux the system has it all.
 *
 * @param {{ keyring?: boolean, ownDisplay?: boolean }} [options] `keyring`: a throw-away one with folders of its own; `ownDisplay`: a screen and clipboard
 *   that nobody else uses, even where there is a display
 * @returns {Promise<Desktop>}
 */
export async function startDesktop({ keyring = false, ownDisplay = false } = {}) {
  const services = []
  const stop = async () => {
    for (const service of services.splice(0).reverse()) await service.stop()
  }
  try {
    if (process.platform === 'linux' && (ownDisplay || !hasDisplay())) services.push(await startDisplay())
    if (process.platform === 'linux' && keyring) services.push(await startKeyring())
  } catch (error) {
    await stop()
    throw error
  }
  return { env: Object.assign({}, ...services.map(({ env }) => env)), stop }
}

/**
 * Runs work with Electron chosen, a display where there is none, and, if requested, a throw-away keyring.
 *
 * @template T
 * @param {{ electron: import('./electron.mjs').Electron, keyring?: boolean }} options
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDesktop({ electron, keyring = false }, work) {
  const desktop = await startDesktop({ keyring })
  try {
    return await work({ ...process.env, ...electronEnv(electron), ...desktop.env })
  } finally {
    await desktop.stop()
  }
}
