import { pathToFileURL } from 'node:url'
import { inRoot } from './paths.mjs'

/**
 * @typedef {object} DemoServers running in this process
 * @property {readonly object[]} entries the content of demo.json
 * @property {() => Promise<void>} stop
 */

/** @param {string} name of a program in `out` */
const importBuilt = (name) => import(pathToFileURL(inRoot('out', 'main', name)).href)

const servers = [
  { name: 'Head office (large)', options: { seed: 1, rules: 100_000, tenants: 400, version: '22.6' } },
  { name: 'Branch (small, 22.0)', options: { seed: 2, rules: 25, tenants: 4, version: '22.0' } },
  { name: 'Far away (slow, flaky)', options: { seed: 3, rules: 2_000, tenants: 60, version: '22.2', latencyMs: 800 } },
]

/**
 * The flaky server regularly replies like an overloaded PBX, once at a time, because a sign-in is not retried
 * automatically.
 */
const spells = { every: 10_000, faults: { status: 503, retryAfter: '2', times: 1 } }

/** The three practice servers of `npm run demo`. @returns {Promise<DemoServers>} */
export async function startDemoServers() {
  const { startPracticePbx } = await importBuilt('practice-pbx.js')
  const running = await Promise.all(servers.map(({ options }) => startPracticePbx(options)))
  const flaky = running.at(-1)
  const timer = setInterval(() => void flaky.setFaults(spells.faults), spells.every)
  const entries = running.map(({ url, username, password, identity }, index) => ({
    name: servers[index]?.name,
    url,
    username,
    password,
    certificate: identity.cert,
  }))
  const stop = async () => {
    clearInterval(timer)
    await Promise.all(running.map((pbx) => pbx.close()))
  }
  return { entries, stop }
}

/** The servers of `npm run demo -- --fleet N`. @param {number} count @returns {Promise<DemoServers>} */
export async function startDemoFleet(count) {
  const { startPracticeFleet } = await importBuilt('practice-fleet.js')
  const { servers: fleet, stop } = await startPracticeFleet({ count })
  const entries = fleet.map(({ name, folder, tags, url, username, password, certificate }) => ({
    name,
    folder,
    tags,
    url,
    username,
    password,
    certificate,
  }))
  return { entries, stop }
}
