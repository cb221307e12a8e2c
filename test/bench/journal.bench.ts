import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Intent } from '@shared/domain/journal'
import { Journal } from '@main/services/journal/journal'
import { verifyJournal } from '@main/services/journal/read-journal'
import { writeJournal } from '@main/services/journal/write-journal'
import { RecordsService } from '@main/services/records/records-service'
import { Writer } from '@main/services/writes/writer'
import { resourceHooks } from '@main/services/resource-hooks'
import { oneServer } from '@test/fakes/servers'
import { inTurn, print, timed } from './lib/figure'
import { plainClient } from './lib/plain-client'
import { startBenchServer } from './lib/practice-server'

const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))

/** A change of one description, over and over, at 30 ms for each request. */
async function journaledChange(): Promise<void> {
  const changes = 20
  const server = await startBenchServer({ rules: 10, latency: 30 })
  const { record, client } = server
  const servers = oneServer(client, () => record, { username: 'admin' })
  const journal = new Journal({ folder: join(folder, 'changes') })
  const log = writeJournal({
    journal,
    servers,
    systemUser: 'bench',
    report: (what, error) => {
      throw new Error(what, { cause: error })
    },
  })
  const writer = new Writer({ servers, access: () => server.access, log })
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const at = { serverId: record.id, resource: 'ip-rules' } as const
  const id = String((await records.list({ ...at, query: { offset: 0, limit: 1 } })).items[0]?.['id'])
  let before = (await records.get({ ...at, id })).values
  let turn = 0

  const confirmation = { acknowledged: true, typedName: record.name, override: '', note: 'INC-4711' }
  const app = async (): Promise<void> => {
    for (let count = 0; count < changes; count++) {
      const { after } = await records.update({
        ...at,
        id,
        before: before as Intent['write']['before'],
        changes: { description: `app ${++turn}` },
        confirmation,
      })
      before = after
    }
  }

  const plain = plainClient(server)
  // As docs/requests-per-change.md has it.
  const requests = ['GET', 'GET', 'POST', 'GET'] as const
  const limit = async (): Promise<void> => {
    for (let count = 0; count < changes; count++)
      for (const method of requests)
        await plain.send(method, `/ip_filters/${id}`, method === 'POST' ? { description: `bare ${++turn}` } : undefined)
  }
  await app()
  const figure = await inTurn(
    7,
    () => timed(limit),
    async () => {
      before = (await records.get({ ...at, id })).values
      return timed(app)
    },
  )
  print({
    name: 'a journaled change at 30 ms / its requests',
    unit: 'ms',
    limit: figure.limit / changes,
    app: figure.app / changes,
  })
  plain.close()
  await journal.close()
  server.stop()
}

const intent: Intent = {
  kind: 'intent',
  server: {
    id: '11111111-1111-4111-8111-111111111111',
    name: 'Kunde A',
    address: 'https://pbx.example.com:8887',
    folder: 'North',
    tags: ['gold', 'managed'],
  },
  user: { system: 'tech', pbx: 'admin' },
  write: {
    kind: 'change',
    operation: 'POST /ip_filters/{id}',
    resource: 'ip-rules',
    identity: 'rule 41.202.7.9/32',
    id: 'NzAwNTUxOTA5NzczMTY4NjQw',
    before: { cidr: '41.202.7.9/32', target: 'DENY', expire_at: '2036-11-24T15:30:00Z', description: 'Scanner' },
    changes: { description: 'Botnet', target: 'ACCEPT' },
  },
  source: { kind: 'form' },
  note: 'INC-4711',
}

/** The chain of a large journal, against reading its lines without looking at what is in them. */
async function verification(): Promise<void> {
  const entries = 100_000
  const path = join(folder, 'verified')
  const journal = new Journal({ folder: path })
  for (let seq = 1; seq < entries; seq += 2000)
    await Promise.all(
      Array.from({ length: 1000 }, (_, index) => [
        journal.append(intent),
        journal.append({ kind: 'result', of: seq + 2 * index, outcome: 'done' }),
      ]).flat(),
    )
  await journal.close()
  const limit = async (): Promise<void> => {
    for (const name of readdirSync(path)) {
      const bytes = await readFile(join(path, name))
      for (let start = 0, end = bytes.indexOf(10); end >= 0; start = end + 1, end = bytes.indexOf(10, start)) {
        const line = bytes.subarray(start, end)
        JSON.parse(line.toString('utf8'))
        createHash('sha256').update(line).digest('hex')
      }
    }
  }
  const app = async (): Promise<void> => {
    const { verified, broken } = await verifyJournal(path)
    if (verified !== entries || broken !== undefined) throw new Error(`${verified} entries are verified`)
  }
  await app()
  const figure = await inTurn(
    7,
    () => timed(limit),
    () => timed(app),
  )
  print({ name: `${entries} entries verified / JSON.parse and SHA-256`, unit: 'ms', ...figure })
}

await journaledChange()
await verification()
rmSync(folder, { recursive: true })
