import { hasDisplay, startDisplay } from './display.mjs'
import { electronEnv } from './electron.mjs'
import { startKeyring } from './keyring.mjs'

/** @typedef {{ env: Record<string, string>, stop: () => Promise<void> }} Desktop */

/**
 * Starts the desktop services that this machine lacks; only on Linux.
 *
 * @param {{ keyring?: boolean, ownDisplay?: boolean }} [options] `keyring`: a temporary one with its own folders;
 * `ownDisplay`: a separate screen and clipboard, even if there is a display
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
 * Runs work with this Electron, a display if there is none, and, if requested, a temporary keyring.
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
