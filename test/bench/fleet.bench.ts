import { mkdtempSync, rmSync } from 'node:fs'
import { request, Agent } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pMap from 'p-map'
import type { ServerRecord } from '@shared/domain/server'
import { FleetFacts, factsStore } from '@main/services/fleet/facts'
import { noteState } from '@main/services/fleet/note-state'
import { readAfterSignIn } from '@main/services/fleet/read-facts'
import { FleetRounds } from '@main/services/fleet/rounds'
import { onSignIn } from '@main/services/session/on-sign-in'
import { inTurn, print, timed } from './lib/figure'
import { fleetOf, recordOf, startServers, trustedRecords } from './lib/practice-fleet'

/** The board of 200 servers, ten of which accept connections and never answer. */
const live = 190
const dead = 10
const perProcess = 95
const latency = 30
/** As many servers at a time as the app. */
const width = 8

const sockets = new Set<Socket>()
const blackHole = createServer((socket) => void sockets.add(socket.on('error', () => undefined)))
await new Promise<void>((done) => blackHole.listen(0, '127.0.0.1', done))
const blackHoleUrl = `https://127.0.0.1:${(blackHole.address() as AddressInfo).port}`

const flags = { rules: 20, tenants: 2, latency }
const started = await Promise.all(
  [perProcess, live - perProcess].map((count) => startServers({ ...flags, servers: count })),
)
const servers = started.flatMap(({ announced }) => announced)
const liveRecords = await trustedRecords(servers)
const deadRecords = Array.from({ length: dead }, (_, at) => recordOf(`Dead ${at}`, blackHoleUrl))
const password = servers[0]?.password ?? ''

interface Reply {
  readonly access_token?: string
}

/** One request of a plain client. */
const ask = (agent: Agent, url: string, method: 'GET' | 'POST', token: string, body?: object): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const text = body && JSON.stringify(body)
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const sent = request(url, { method, agent, headers }, (reply) => {
      let received = ''
      reply.on('data', (chunk: Buffer) => (received += chunk.toString()))
      reply.on('end', () => resolve(JSON.parse(received) as Reply))
    })
    sent.on('error', reject)
    sent.end(text)
  })

/** The requests of the live servers alone: sign in, role, status and the rules that expire soon. */
async function plain(): Promise<void> {
  const from = new Date().toISOString()
  const filter = encodeURIComponent(`target eq 'ACCEPT' and expire_at gt '${from}'`)
  await pMap(
    servers,
    async ({ url, username }) => {
      const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
      const { access_token: token = '' } = await ask(agent, `${url}/api/auth/sign_in`, 'POST', '', {
        username,
        password,
      })
      await ask(agent, `${url}/api/auth/user`, 'GET', token)
      await ask(agent, `${url}/api/admin/status`, 'GET', token)
      await ask(agent, `${url}/api/ip_filters?top=100&filter=${filter}`, 'GET', token)
      agent.destroy()
    },
    { concurrency: width },
  )
}

/** The time until all live servers have all their facts. */
async function board(records: readonly ServerRecord[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
  const { servers: facade, sessions, close } = await fleetOf(records, password)
  const store = factsStore(join(folder, 'facts.json'))
  const facts = new FleetFacts({ store, onChange: () => undefined, report: () => undefined })
  const reading = { servers: facade, sessions, facts, now: Date.now }
  sessions.onChange((state) => noteState(facts, state))
  let complete = 0
  let finish = (): void => undefined
  const finished = new Promise<void>((done) => (finish = done))
  onSignIn(sessions, (id) =>
    facade.lanes.run(async () => {
      await readAfterSignIn(id, reading)
      complete += 1
      if (complete === live) finish()
    }),
  )
  const rounds = new FleetRounds({
    servers: facade,
    sessions,
    read: () => Promise.resolve(),
    onChange: () => undefined,
  })
  const ms = await timed(async () => {
    void rounds.signIn(records.map(({ id }) => id))
    await finished
  })
  rounds.cancel()
  await facts.settled()
  await close()
  rmSync(folder, { recursive: true })
  return ms
}

/** The dead ones are spread over the fleet, so that they meet the live ones at any time. */
const mixed = liveRecords.flatMap((server, at) => (at % 19 === 0 ? [deadRecords[at / 19], server] : [server]))
const all = mixed.filter((server) => server !== undefined)

await board(all)
const whole = await inTurn(
  5,
  () => timed(plain),
  () => board(all),
)
print({
  name: 'board of 200 servers with 10 dead at 30 ms / the requests of the live ones, 8 at a time',
  unit: 'ms',
  ...whole,
})
const spared = await inTurn(
  5,
  () => board(liveRecords),
  () => board(all),
)
print({ name: '190 live servers with 10 dead ones beside them / without', unit: 'ms', ...spared })
for (const { stop } of started) stop()
for (const socket of sockets) socket.destroy()
blackHole.close()
