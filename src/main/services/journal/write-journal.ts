import type { Intent, WriteSource } from '@shared/domain/journal'
import type { ServerId } from '@shared/domain/server'
import type { WriteLog } from '../writes/write'
import type { Journal } from './journal'
import type { Servers } from '../../servers/servers'

export interface WriteJournalDeps {
  readonly journal: Pick<Journal, 'append'>
  readonly servers: Pick<Servers, 'record' | 'username'>
  /** The account of this computer. */
  readonly systemUser: string
  readonly report: (what: string, error: unknown) => void
}

/** Enters changes in the journal with the current server, folder and users. */
export const writeJournal =
  ({ journal, servers, systemUser, report }: WriteJournalDeps) =>
  (serverId: ServerId, source: WriteSource, note = ''): WriteLog => ({
    async intent(write) {
      const { id, name, folder, tags, activeAddress, ...addresses } = servers.record(serverId)
      const address = activeAddress === 'second' ? addresses.secondAddress : addresses.address
      const intent: Intent = {
        kind: 'intent',
        server: { id, name, address, folder, tags },
        user: { system: systemUser, pbx: servers.username(serverId) },
        write,
        source,
        ...(note.trim() !== '' && { note: note.trim() }),
      }
      return (await journal.append(intent)).seq
    },
    async result(of, result) {
      await journal.append({ kind: 'result', of, ...result }).catch((error: unknown) => {
        report(`the result of journal entry ${of} was not stored`, error)
      })
    },
  })
