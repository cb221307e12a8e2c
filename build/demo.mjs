import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { startDemoFleet, startDemoServers } from './lib/demo-servers.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { hasDisplay } from './lib/display.mjs'
import { executableOf, isRoot } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

const fleetMax = 500

/** The number of `--fleet N`; undefined without the flag. Throws for anything else. */
function readFleet() {
  const { fleet } = parseArgs({ options: { fleet: { type: 'string' } } }).values
  if (fleet === undefined) return undefined
  const count = /^\d+$/.test(fleet) ? Number(fleet) : 0
  if (count >= 1 && count <= fleetMax) return count
  throw new Error(`--fleet requires the number of practice servers, from 1 to ${fleetMax}, not "${fleet}".`)
}

/** A desktop session has its own keychain; otherwise the demo starts a temporary one. */
const needsKeyring = () => process.platform === 'linux' && !(hasDisplay() && process.env.DBUS_SESSION_BUS_ADDRESS)

/** @param {string} servers */
function sayWhere(servers) {
  if (hasDisplay()) return console.log(`PBX Fleet opens with ${servers}. Close its window to end the demo.`)
  console.log(
    'There is no display here: PBX Fleet runs under Xvfb, unseen, until Ctrl-C. A picture of its window follows.',
  )
  console.log('`npm run screenshots` writes a picture of every page.')
}

/** Path of the screenshot if there is no display. */
const pictureFile = inRoot('test-results', 'demo.png')

/** @param {import('./lib/electron.mjs').Electron} electron @param {string} profile @param {number | undefined} fleet */
function openApp(electron, profile, fleet) {
  const args = [...(isRoot() ? ['--no-sandbox'] : []), ...(hasDisplay() ? [] : ['--disable-gpu']), root]
  return withDesktop({ electron, keyring: needsKeyring() }, (env) => {
    sayWhere(fleet === 1 ? 'one practice server' : `${fleet ?? 'three'} practice servers`)
    const picture = hasDisplay() ? {} : { PBX_FLEET_PICTURE: pictureFile }
    return runProgram(executableOf(electron), args, { env: { ...env, ...picture, PBX_FLEET_PROFILE: profile } })
  })
}

await runMain(async () => {
  const fleet = readFleet()
  const electron = await setUp()
  await ensureBuilt()
  const profile = await mkdtemp(join(tmpdir(), 'pbx-fleet-demo-'))
  await mkdir(inRoot('test-results'), { recursive: true })
  const servers = await (fleet === undefined ? startDemoServers() : startDemoFleet(fleet))
  try {
    await writeFile(join(profile, 'demo.json'), JSON.stringify(servers.entries), { mode: 0o600 })
    return await openApp(electron, profile, fleet)
  } finally {
    await servers.stop()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})
