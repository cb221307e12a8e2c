import { firstLine, startService } from './service.mjs'

/** True if windows can be shown; only Linux may lack a display. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/**
 * Starts a virtual screen on the first free display.
 *
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>}
 */
export async function startDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp']
  const { child, stop } = await startService('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  try {
    const number = await firstLine('Xvfb', child.stdio[3])
    return { env: { DISPLAY: `:${number}` }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
