import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { Intent, Result, WriteSource } from '@shared/domain/journal'
import { FleetError } from '@shared/ipc/result'
import type { PbxWriter } from '@main/portsip/pbx-client'
import { Journal, type JournalDeps } from '@main/services/journal/journal'
import { JournalView } from '@main/services/journal/journal-view'
import { writeJournal } from '@main/services/journal/write-journal'
import { WriteAccess } from '@main/services/writes/approved'
import { Writer } from '@main/services/writes/writer'
import { noWaiting } from '@test/fakes/timing'

export const server: ServerRecord = {
  ...emptyServerDraft,
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Kunde A',
  address: 'https://pbx.example.com',
  folder: 'North',
  tags: ['gold'],
  protection: 'open',
  activeAddress: 'first',
}

type Change = Partial<Intent['write']>

export const write = (change: Change = {}): Intent['write'] => ({
  kind: 'create',
  operation: 'POST /ip_filters',
  resource: 'ip-rules',
  identity: 'rule 41.202.7.9/32',
  before: {},
  changes: { cidr: '41.202.7.9/32', description: 'Scanner' },
  ...change,
})

/** A journal with the services that write and show it. `at` is the time of all entries. */
export function journalOn(folder: string, deps: Partial<JournalDeps> = {}) {
  const clock = { at: '2026-07-06T10:00:00.000Z' }
  const journal = new Journal({ folder, now: () => Date.parse(clock.at), ...deps })
  const view = new JournalView(journal, folder, 'tech')
  const log = (on: ServerRecord) =>
    writeJournal({
      journal,
      servers: { record: () => on, username: () => 'admin' },
      systemUser: 'tech',
      report: () => undefined,
    })
  /** Sends nothing: the change ends with `result`. */
  const enter = async (
    intent: Change = {},
    result: Omit<Result, 'kind' | 'of'> = { outcome: 'done' },
    on: ServerRecord = server,
    note = '',
    source: WriteSource = { kind: 'form' },
  ): Promise<number> => {
    const entered = log(on)(on.id, source, note)
    const seq = await entered.intent(write(intent))
    await entered.result(seq, result)
    return seq
  }
  /** Sends a change with this note through the writer; `refusal` is the server's refusal. */
  const send = async (note: string | undefined, refusal?: string): Promise<void> => {
    const access = new WriteAccess({} as PbxWriter)
    const writer = new Writer({
      servers: { record: () => server },
      access: () => access,
      log: log(server),
      timing: noWaiting,
    })
    const confirmation = { acknowledged: true, typedName: '', override: '', ...(note !== undefined && { note }) }
    const approved = await writer.approve(server.id, confirmation)
    const answer = (): Promise<void> =>
      refusal === undefined ? Promise.resolve() : Promise.reject(new FleetError({ code: 'rejected', message: refusal }))
    await approved.perform(write(), { send: answer, readBack: () => Promise.resolve() }).catch(() => undefined)
  }
  return { journal, view, clock, enter, send }
}
