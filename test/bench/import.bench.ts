import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pMap from 'p-map'
import { FilesHost } from '@main/services/exports/files-host'
import { ImportsService } from '@main/services/imports/imports-service'
import { oneServer } from '@test/fakes/servers'
import { PlanServices } from '../unit/main/plans/services'
import { inTurn, print, timed } from './lib/figure'
import { plainClient } from './lib/plain-client'
import { startBenchServer, type BenchServer } from './lib/practice-server'

const count = 1000
/** The rows of one page of a list. */
const page = 100
const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'))
const rule = (at: number) => ({ cidr: `41.${at >> 8}.${at & 255}.0/24`, target: 'DENY', description: `Row ${at}` })
const rules = Array.from({ length: count }, (_, at) => rule(at))
const file = join(folder, 'rules.csv')
await writeFile(
  file,
  ['CIDR,Action,Description', ...rules.map(({ cidr, target, description }) => `${cidr},${target},${description}`)].join(
    '\n',
  ),
)

/** A server without rules, whose rate limit nothing was spent of. */
async function onNewServer(measure: (server: BenchServer) => Promise<number>): Promise<number> {
  const server = await startBenchServer({ rules: 0, latency: 30 })
  try {
    return await measure(server)
  } finally {
    server.stop()
  }
}

/** As many POSTs at a time as the app sends, between two readings of the list. */
async function plainly(server: BenchServer): Promise<number> {
  const plain = plainClient(server)
  const read = async (): Promise<void> => {
    const first = (await plain.send('GET', `/ip_filters?top=${page}`)) as { readonly count: number }
    const rest = Array.from({ length: Math.ceil(first.count / page) - 1 }, (_, at) => (at + 1) * page)
    await pMap(rest, (skip) => plain.send('GET', `/ip_filters?top=${page}&skip=${skip}`), { concurrency: 8 })
  }
  const duration = await timed(async () => {
    await read()
    await pMap(rules, (each) => plain.send('POST', '/ip_filters', each), { concurrency: 4 })
    await read()
  })
  plain.close()
  return duration
}

/** From Apply to the end of the plan, with the journal and the stored plan. */
async function inTheApp({ record, client, access }: BenchServer): Promise<number> {
  const servers = oneServer(client, () => record, { username: 'admin' })
  const services = new PlanServices({
    folder: await mkdtemp(join(folder, 'profile-')),
    now: Date.now,
    servers,
    access: () => access,
  })
  const { plans, shelf, targetOf } = services
  const imports = new ImportsService({
    ...{ plans, shelf, targetOf, files: new FilesHost() },
    servers,
  })
  const { importId, mapping } = await imports.read(record.id, 'ip-rules', file)
  await imports.map({ importId, mapping })
  const duration = await timed(async () => {
    const confirmation = { acknowledged: true, typedName: record.name, override: '' }
    const { id } = await imports.apply({ importId, confirmation })
    const { state, counts } = await services.ended(id)
    if (state !== 'finished' || counts.done !== count) throw new Error(`${state}: ${counts.done} rules are imported`)
  })
  await services.close()
  return duration
}

const figure = await inTurn(
  5,
  () => onNewServer(plainly),
  () => onNewServer(inTheApp),
)
print({
  name: `${count} rules imported at 30 ms / plain POSTs, 4 in parallel, and two readings`,
  unit: 'ms',
  ...figure,
})
await rm(folder, { recursive: true })
