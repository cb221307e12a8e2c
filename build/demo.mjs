import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { startDemoServers } from './lib/demo-servers.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { hasDisplay } from './lib/display.mjs'
import { executableOf, isRoot } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

/** A desktop session has its own keychain; otherwise the demo starts a temporary one. */
const needsKeyring = () => process.platform === 'linux' && !(hasDisplay() && process.env.DBUS_SESSION_BUS_ADDRESS)

function sayWhere() {
  if (hasDisplay()) return console.log('PBX Fleet opens with three practice servers. Close its window to end the demo.')
  console.log(
    'There is no display here: PBX Fleet runs under Xvfb, unseen, until Ctrl-C. A picture of its window follows.',
  )
  console.log('`npm run screenshots` writes a picture of every page.')
}

/** Path of the screenshot if there is no display. */
const pictureFile = inRoot('test-results', 'demo.png')

/** @param {import('./lib/electron.mjs').Electron} electron @param {string} profile */
function openApp(electron, profile) {
  const args = [...(isRoot() ? ['--no-sandbox'] : []), ...(hasDisplay() ? [] : ['--disable-gpu']), root]
  return withDesktop({ electron, keyring: needsKeyring() }, (env) => {
    sayWhere()
    const picture = hasDisplay() ? {} : { PBX_FLEET_PICTURE: pictureFile }
    return runProgram(executableOf(electron), args, { env: { ...env, ...picture, PBX_FLEET_PROFILE: profile } })
  })
}

await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  const profile = await mkdtemp(join(tmpdir(), 'pbx-fleet-demo-'))
  await mkdir(inRoot('test-results'), { recursive: true })
  const servers = await startDemoServers()
  try {
    await writeFile(join(profile, 'demo.json'), JSON.stringify(servers.entries), { mode: 0o600 })
    return await openApp(electron, profile)
  } finally {
    await servers.stop()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})
