import { randomUUID } from 'node:crypto'
import type { RecordValues } from '@shared/domain/record'
import { Journal } from '@main/services/journal/journal'
import { realDisk } from '@main/services/journal/journal-disk'
import { writeJournal } from '@main/services/journal/write-journal'
import { RecordsService } from '@main/services/records/records-service'
import { WriteAccess } from '@main/services/writes/approved'
import { Writer } from '@main/services/writes/writer'
import { resourceHooks } from '@main/services/resource-hooks'
import { oneServer } from '@test/fakes/servers'
import type { KillPoint } from './kill-points'
import { die, programClient, programRecord, type ProgramServer } from './program-parts'

export interface WritingArgs extends ProgramServer {
  readonly folder: string
  readonly now: number
  readonly killAt: KillPoint
  readonly write:
    | { readonly kind: 'create'; readonly values: RecordValues }
    | { readonly kind: 'change'; readonly id: string; readonly before: RecordValues; readonly changes: RecordValues }
    | { readonly kind: 'delete'; readonly id: string }
}

/** Makes one change to IP rules and is killed at a defined point. */
const args = JSON.parse(process.argv[2] ?? '') as WritingArgs
const { folder, serverId, now, killAt, write } = args

const dieAt = (point: KillPoint): void => {
  if (point === killAt) die()
}

const client = programClient(args)
const server = programRecord(args)

let syncs = 0
const disk = {
  ...realDisk,
  async sync(file: Parameters<typeof realDisk.sync>[0]) {
    syncs += 1
    dieAt(syncs === 1 ? 'after the intent, before its fsync' : 'after the result, before its fsync')
    await realDisk.sync(file)
    if (syncs === 2) dieAt('after the fsync of the result')
  },
}
const servers = oneServer(client, () => server, { username: 'admin' })
const journal = new Journal({ folder, disk, now: () => now })
const logFor = writeJournal({
  journal,
  servers,
  systemUser: 'tech',
  report: () => undefined,
})
const writer = new Writer({
  servers,
  access: () =>
    new WriteAccess({
      async post(command) {
        dieAt('after the fsync, before sending')
        await client.post(command)
        dieAt('after the response, before reading back')
      },
      async postFor(command) {
        dieAt('after the fsync, before sending')
        const value = await client.postFor(command)
        dieAt('after the response, before reading back')
        return value
      },
    }),
  log: (id, source) => {
    const log = logFor(id, source)
    return {
      intent(intended) {
        dieAt('before the intent')
        return log.intent(intended)
      },
      result(of, result) {
        dieAt('after reading back, before the result')
        return log.result(of, result)
      },
    }
  },
})
const records = new RecordsService({
  hooks: resourceHooks(),
  writer,
  servers,
})
const confirmation = { acknowledged: true, typedName: '', override: '' }
const at = { serverId, resource: 'ip-rules' as const, confirmation }
if (write.kind === 'create') await records.create({ ...at, values: write.values })
else if (write.kind === 'change') await records.update({ ...at, ...write })
else await records.destroyOne({ ...at, id: write.id, before: {} })
// The program is killed at its point. This only keeps it running until then.
setInterval(() => randomUUID(), 1_000_000)
