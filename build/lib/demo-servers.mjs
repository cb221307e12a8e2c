import { pathToFileURL } from 'node:url'
import { inRoot } from './paths.mjs'

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

/**
 * The three practice servers of `npm run demo`, in this process.
 *
 * @returns {Promise<{ entries: readonly object[], stop: () => Promise<void> }>} `entries` is the content of demo.json
 */
export async function startDemoServers() {
  const { startPracticePbx } = await import(pathToFileURL(inRoot('out', 'main', 'practice-pbx.js')).href)
  const running = await Promise.all(servers.map(({ options }) => startPracticePbx(options)))
  const flaky = running.at(-1)
  const timer = setInterval(() => void flaky.setFaults(spells.faults), spells.every)
  const entries = running.map(({ url, username, password, fingerprint256 }, index) => ({
    name: servers[index]?.name,
    url,
    username,
    password,
    fingerprint256,
  }))
  const stop = async () => {
    clearInterval(timer)
    await Promise.all(running.map((pbx) => pbx.close()))
  }
  return { entries, stop }
}
