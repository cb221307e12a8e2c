import { randomUUID } from 'node:crypto'
import { emptyServerDraft } from '@shared/domain/server'
import type { FactsFile, StoredFacts } from '@shared/fleet/facts'
import { emptyApp, memoryOf, projectFolder, startApp, usedProfile } from './lib/electron-process'
import { inTurn, median, print } from './lib/figure'

const rounds = 9
const serverCount = 30
/** A fleet whose board is shown from stored facts, before any server responds. */
const boardCount = 500

const serversOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...emptyServerDraft,
    id: randomUUID(),
    name: `Customer ${index + 1}`,
    address: `https://pbx${index + 1}.example.com:8887`,
    folder: `Region ${index % 5}`,
    activeAddress: 'first' as const,
  }))

const day = 86_400_000
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString()

function factsOf(serverId: string, index: number): StoredFacts {
  const readAt = inDays(-1)
  return {
    serverId,
    role: 'SystemAdmin',
    version: '22.2.3',
    lastResponse: readAt,
    limits: {
      owner: 'server',
      readAt,
      users: { used: 10 * (index % 90), limit: 1000 },
      calls: { used: index % 50, limit: 100 },
      tenants: { used: index % 20, limit: 50 },
      maintenanceExpiresAt: inDays(index),
    },
    certificate: { readAt, validTo: inDays(5 + index), fingerprint256: Array(32).fill('AB').join(':') },
    expiringRules: {
      readAt,
      count: index % 4,
      soonest: Array.from({ length: index % 4 }, (_, rule) => ({
        cidr: `198.51.100.${rule}/32`,
        expiresAt: inDays(rule + 1),
      })),
    },
  }
}

const board = serversOf(boardCount)
const facts: FactsFile = { version: 1, servers: board.map(({ id }, index) => factsOf(id, index)) }

const empty = await usedProfile(emptyApp)
const fleet = await usedProfile(projectFolder, { 'workspace.json': { version: 1, servers: serversOf(serverCount) } })
const large = await usedProfile(projectFolder, {
  'workspace.json': { version: 1, servers: board },
  'fleet-facts.json': facts,
})
const memory = { empty: [] as number[], fleet: [] as number[], large: [] as number[] }

const measure = (folder: string, profile: string, sizes: number[]) => async (): Promise<number> => {
  const started = await startApp(folder, profile)
  sizes.push(await memoryOf(started.child.pid ?? 0))
  await started.stop()
  return started.readyAfter
}

const start = await inTurn(
  rounds,
  measure(emptyApp, empty.path, memory.empty),
  measure(projectFolder, fleet.path, memory.fleet),
)
print({ name: 'cold start to a usable server list / empty window', unit: 'ms', ...start })

print({
  name: 'memory of all processes (PSS) / empty window',
  unit: 'MB',
  limit: median(memory.empty),
  app: median(memory.fleet),
})

const largeStart = await inTurn(
  rounds,
  measure(emptyApp, empty.path, memory.empty),
  measure(projectFolder, large.path, memory.large),
)
print({ name: `cold start to a stored board of ${boardCount} servers / empty window`, unit: 'ms', ...largeStart })
print({
  name: `memory of all processes (PSS) with a board of ${boardCount} servers / empty window`,
  unit: 'MB',
  limit: median(memory.empty),
  app: median(memory.large),
})

await empty.remove()
await large.remove()
await fleet.remove()
