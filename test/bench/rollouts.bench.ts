import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pMap from 'p-map'
import type { RecordValues } from '@shared/domain/record'
import type { RuleRequest } from '@shared/domain/rollout'
import type { ServerRecord } from '@shared/domain/server'
import type { FieldSpec } from '@shared/resources/field'
import type { FormValues } from '@shared/resources/nested'
import { systemSettings } from '@shared/resources/system-settings'
import { notElsewhere } from '@shared/rollout/elsewhere'
import type { RecordedRequest } from '@demo/recorder'
import { showRecord } from '@main/portsip/records'
import { RolloutServices } from '../unit/main/rollouts/services'
import { Harness } from '../unit/main/session/harness'
import { inTurn, print, timed } from './lib/figure'
import { plainClient } from './lib/plain-client'
import { fleetOf, startServers, trustedRecords, type Announced } from './lib/practice-fleet'

/** Servers that are changed at the same time, as in the app. */
const width = 8
const latency = 30
const perProcess = 100

type Sent = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>

const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'))
const inOneWave = { canary: false, stopAfter: 2 }
let made = 0

const queryText = (query: Sent['query']): string => {
  const text = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ).toString()
  return text === '' ? '' : `?${text}`
}

/** Ranges that no server has. */
const requestFor = (count: number): RuleRequest => ({
  action: 'DENY',
  ranges: Array.from({ length: count }, () => `41.${(made >> 8) & 255}.${made++ & 255}.0/24`),
  expiresAt: null,
  description: 'INC-4711',
})

/** From Apply to the end of the rollout; `before` is called after the preview. */
async function apply(services: RolloutServices, ids: readonly string[], count: number, before = (): void => undefined) {
  const preview = await services.service.previews.preview({ kind: 'rules', ...requestFor(count), serverIds: ids })
  before()
  const confirmation = { acknowledged: true, typedName: String(preview.confirm.servers), override: '' }
  return timed(async () => {
    await services.service.apply(preview.id, confirmation, inOneWave)
    const { state, counts } = await services.rolloutEnded(preview.id)
    if (state !== 'finished' || counts.done !== ids.length) throw new Error(`${state}: ${counts.done} servers are done`)
  })
}

/** The requests by which a server gets the rules of a rollout. */
async function requestsOf(count: number): Promise<readonly Sent[]> {
  const harness = new Harness()
  const { id, pbx } = await harness.add({ rules: 0 })
  await harness.signIn(id, pbx)
  harness.patch(id, { protection: 'open' })
  const services = new RolloutServices({
    ...{ folder: join(folder, `requests-${count}`), servers: harness.servers, now: Date.now, serverIds: () => [id] },
    access: (serverId) => harness.sessions.access(serverId),
  })
  let previewed = 0
  await apply(services, [id], count, () => (previewed = pbx.requests.length))
  const sent = pbx.requests.slice(previewed)
  await services.close()
  await harness.close()
  return sent
}

/** The same requests without the app: the readings of a server before its changes together, then one after the other. */
async function replay(servers: readonly Announced[], tokens: ReadonlyMap<string, string>, sent: readonly Sent[]) {
  const clients = servers.map(({ url }) => plainClient({ url, token: tokens.get(url) ?? '' }))
  const firstPost = sent.findIndex(({ method }) => method === 'POST')
  const firstChange = firstPost < 0 ? sent.length : firstPost
  const ranges = requestFor(sent.filter(({ method }) => method === 'POST').length).ranges
  const duration = await timed(() =>
    pMap(
      clients,
      async (client) => {
        const send = ({ method, path, query }: Sent, body?: object): Promise<unknown> =>
          client.send(method as 'GET' | 'POST', path + queryText(query), body)
        await Promise.all(sent.slice(0, firstChange).map((each) => send(each)))
        let change = 0
        for (const each of sent.slice(firstChange))
          await send(each, each.method === 'POST' ? { ...(each.body as object), cidr: ranges[change++] } : undefined)
      },
      { concurrency: width },
    ),
  )
  for (const client of clients) client.close()
  return duration
}

interface SignedIn {
  readonly servers: readonly Announced[]
  readonly tokens: ReadonlyMap<string, string>
}

/** Practice servers without rules, for one measurement. */
async function onNewServers(count: number, measure: (given: SignedIn) => Promise<number>): Promise<number> {
  const started = []
  for (let left = count; left > 0; left -= perProcess)
    started.push(await startServers({ rules: 0, latency, servers: Math.min(left, perProcess) }))
  const servers = started.flatMap(({ announced }) => announced)
  const tokens = new Map<string, string>()
  for (const { url, username, password } of servers) {
    const client = plainClient({ url, token: '' })
    const reply = (await client.send('POST', '/auth/sign_in', { username, password })) as {
      readonly access_token: string
    }
    tokens.set(url, reply.access_token)
    client.close()
  }
  const duration = await measure({ servers, tokens })
  for (const { stop } of started) stop()
  return duration
}

/** The services of the app with sessions on these servers. */
async function signedIn(servers: readonly Announced[]) {
  const records = (await trustedRecords(servers)).map((each): ServerRecord => ({ ...each, protection: 'open' }))
  const ids = records.map(({ id }) => id)
  const { servers: facade, sessions, close } = await fleetOf(records, servers[0]?.password ?? '')
  await pMap(ids, (id) => sessions.connect(id), { concurrency: width })
  const services = new RolloutServices({
    ...{ folder: await mkdtemp(join(folder, 'profile-')), servers: facade, now: Date.now, serverIds: () => ids },
    access: (id) => sessions.access(id),
  })
  const stop = async (): Promise<void> => {
    await services.close()
    await close()
  }
  return { ids, services, facade, stop }
}

async function inTheApp(servers: readonly Announced[], ranges: number): Promise<number> {
  const { ids, services, stop } = await signedIn(servers)
  const duration = await apply(services, ids, ranges)
  await stop()
  return duration
}

async function compare(name: string, serverCount: number, ranges: number, rounds: number): Promise<void> {
  const sent = await requestsOf(ranges)
  const figure = await inTurn(
    rounds,
    () => onNewServers(serverCount, ({ servers, tokens }) => replay(servers, tokens, sent)),
    () => onNewServers(serverCount, ({ servers }) => inTheApp(servers, ranges)),
  )
  print({ name, unit: 'ms', ...figure })
}

/** All settings that a server has and others may get: amounts that differ by one, the others as they are. */
function settingsFrom(current: FormValues): RecordValues {
  const valueOf = (field: FieldSpec): unknown => {
    const now = current[field.key]
    if (field.kind !== 'number' || typeof now !== 'number') return now ?? null
    return now === field.max ? now - 1 : now + 1
  }
  const fields = systemSettings.fields.filter(
    (field) => notElsewhere(field) === undefined && field.kind !== 'pem' && Object.hasOwn(current, field.key),
  )
  return Object.fromEntries(fields.map((field) => [field.key, valueOf(field)])) as RecordValues
}

/** Previews all settings on servers; the servers stay the same, because nothing is changed. */
async function comparePreview(serverCount: number, rounds: number): Promise<void> {
  await onNewServers(serverCount, async ({ servers, tokens }) => {
    const { ids, services, facade, stop } = await signedIn(servers)
    const values = settingsFrom(await showRecord(facade.reader(ids[0] ?? ''), systemSettings))
    const preview = async (): Promise<void> => {
      const request = { kind: 'settings', resource: 'system-settings', values, serverIds: ids } as const
      const { id, servers: planned } = await services.service.previews.preview(request)
      if (planned !== serverCount) throw new Error(`${planned} servers have a difference`)
      services.service.previews.discard(id)
    }
    const figure = await inTurn(
      rounds,
      () => replay(servers, tokens, [{ method: 'GET', path: '/admin/settings', query: {}, body: undefined }]),
      () => timed(preview),
    )
    const count = Object.keys(values).length
    const name = `${count} settings previewed on ${serverCount} servers at 30 ms / their readings, ${width} at a time`
    print({ name, unit: 'ms', ...figure })
    await stop()
    return 0
  })
}

await comparePreview(200, 5)
await compare('one rule on 200 servers at 30 ms / its requests, 8 servers at a time', 200, 1, 3)
await compare('400 addresses on 40 servers at 30 ms / their requests, 8 servers at a time', 40, 400, 1)
await rm(folder, { recursive: true })
