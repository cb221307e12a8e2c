import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { exec } from './exec.mjs'
import { firstLine, startService } from './service.mjs'

/** A bus without service activation, so that no process remains and no second keyring starts. */
const busConfig = (folder) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

const folders = { XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: 'config', XDG_RUNTIME_DIR: 'run', TMPDIR: 'tmp' }

/** Folders of a new user: no settings, keys or documents of the real user are read or written. */
async function makeHome() {
  const home = await mkdtemp(join(tmpdir(), 'pbx-fleet-'))
  for (const name of [...Object.values(folders), 'Documents']) await mkdir(join(home, name), { mode: 0o700 })
  await writeFile(join(home, 'config', 'user-dirs.dirs'), `XDG_DOCUMENTS_DIR="${home}/Documents"\n`)
  return { home, env: Object.fromEntries(Object.entries(folders).map(([key, name]) => [key, join(home, name)])) }
}

/** @param {NodeJS.ProcessEnv} env */
async function untilSecretsAreServed(env) {
  const bus = '--dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets'
  for (let tries = 0; tries < 200; tries++) {
    const { output } = await exec('dbus-send', ['--session', '--print-reply', ...bus.split(' ')], { env })
    if (output.includes('boolean true')) return
    await pause(50)
  }
  throw new Error('gnome-keyring-daemon did not offer the Secret Service')
}

/** @param {NodeJS.ProcessEnv} env */
async function startDaemon(env) {
  const args = [
    '--foreground',
    '--unlock',
    '--components=secrets',
    `--control-directory=${env.XDG_RUNTIME_DIR}/keyring`,
  ]
  const daemon = await startService('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] })
  // An empty password would leave the keyring locked.
  daemon.child.stdin?.end('practice')
  return daemon
}

/**
 * Starts a separate Secret Service, unlocked and empty, on a private session bus; nothing remains afterwards.
 *
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>}
 */
export async function startKeyring() {
  const { home, env: homeEnv } = await makeHome()
  const config = join(home, 'bus.conf')
  await writeFile(config, busConfig(home))
  /** @type {(() => Promise<void>)[]} */
  const stops = [() => rm(home, { recursive: true, force: true, maxRetries: 5 })]
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const args = [`--config-file=${config}`, '--nofork', '--print-address=1']
    const bus = await startService('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    stops.push(bus.stop)
    const address = await firstLine('dbus-daemon', bus.child.stdout)
    // Chromium also uses the system bus and prints errors if a container has none.
    const env = { ...homeEnv, DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address }
    const daemon = await startDaemon({ ...process.env, ...env })
    stops.push(daemon.stop)
    await untilSecretsAreServed({ ...process.env, ...env })
    return { env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
