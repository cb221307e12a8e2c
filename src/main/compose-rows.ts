import { Worker } from 'node:worker_threads'
import { app, clipboard } from 'electron'
import type { ServerId } from '@shared/domain/server'
import type { Changes } from './compose-changes'
import type { Shell } from './compose-shell'
import { registerMergedIpc } from './ipc/merged.ipc'
import { registerSearchIpc } from './ipc/search.ipc'
import { realTiming } from './portsip/token-bucket'
import type { Servers } from './servers/servers'
import { ChangedLists } from './services/rows/changed-lists'
import { MergedTables } from './services/rows/merged-tables'
import { RowReader } from './services/rows/row-reader'
import { RowsInThread } from './services/rows/rows-in-thread'
import type { RowsStart } from './services/rows/rows-program'
import { StoredRows } from './services/rows/stored-rows'
import { headStartMs, pushMs } from './services/rows/table-timing'
import { SearchService } from './services/rows/search-service'
import { onSignIn } from './services/session/on-sign-in'
import type { SessionService } from './services/session/session-service'
import { identity } from './services/workspace/workspace-service'
import type { SecretStore } from './storage/secret-store'

/** How long a search waits for the rows of earlier runs. */
const restoreMs = 2000
/** Old space of the thread, in MB: about two million rows. */
const threadMegabytes = 1500

interface RowsDeps {
  readonly servers: Servers
  readonly sessions: SessionService
  readonly secrets: SecretStore
  readonly appended: Changes['appended']
  /** The built program of the thread. */
  readonly program: string
}

/** Composes what keeps the rows of all servers: merged tables and the search over them. */
export function composeRows(
  { push, workspace, dialogs, onPageGone, profile }: Shell,
  { servers, sessions, secrets, appended, program }: RowsDeps,
): { readonly stop: () => Promise<void> } {
  const workerData: RowsStart = { locale: app.getSystemLocale() }
  const start = (): Worker =>
    new Worker(program, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: threadMegabytes, maxYoungGenerationSizeMb: 6 },
    })
  const names = (): ReadonlyMap<string, string> => new Map(workspace.list().map(({ id, name }) => [id, name]))
  const thread = new RowsInThread(start, names, () => {
    reader.clear()
    tables.threadEnded()
    stored.threadEnded()
  })
  const { rows } = thread
  const reader = new RowReader({
    servers,
    rows,
    account: (id) => identity(workspace.get(id)),
    now: Date.now,
    onChange: (serverId, resource) => {
      tables.listChanged(serverId, resource)
      search.changed()
    },
  })
  const ids = (): readonly ServerId[] => workspace.list().map(({ id }) => id)
  const stored = new StoredRows({
    folder: profile('rows'),
    secrets,
    rows,
    reader,
    accounts: () => new Map(workspace.list().map((server) => [server.id, identity(server)])),
    after: realTiming.after,
  })
  const restore = (): Promise<void> => stored.restore()
  // A keychain that does not answer does not keep the search waiting; what is restored later is found then.
  const restoreSoon = (): Promise<void> =>
    Promise.race([restore(), new Promise<void>((resolve) => void realTiming.after(restoreMs, resolve))])
  const later = (run: () => void): void => void realTiming.after(pushMs, run)
  const tables = new MergedTables({
    servers,
    rows,
    reader,
    restore: () => void restore(),
    onChange: (state) => push('merged:changed', state),
    later,
    startOthers: (start) => void realTiming.after(headStartMs, start),
  })
  const search = new SearchService({
    servers,
    ids,
    rows,
    reader,
    restore: restoreSoon,
    now: Date.now,
    onChange: () => push('search:changed', null),
    later,
  })
  const changed = new ChangedLists({
    // A list that nobody has read is not read because of a change.
    onChanged: (serverId, resource) => void reader.readChanged(serverId, resource),
    after: realTiming.after,
  })

  appended.add((lines) => changed.onAppended(lines))
  sessions.onChange(({ serverId }) => {
    tables.serverChanged(serverId)
    search.changed()
  })
  onSignIn(sessions, (serverId) => tables.signedIn(serverId))
  workspace.onChange(({ servers: changedServers }) => {
    thread.namesChanged()
    for (const { id } of changedServers) tables.serverChanged(id)
  })
  workspace.onRecordChanged((before, after) => {
    if (identity(before) !== identity(after)) return stored.forget([after.id])
  })
  workspace.onRemoved((removed) => stored.forget(removed))
  onPageGone(() => {
    tables.closeAll()
    search.pageGone()
  })
  registerMergedIpc({ tables, dialogs, copy: (text) => void clipboard.writeText(text) })
  registerSearchIpc(search)
  return {
    stop: async () => {
      changed.stop()
      await thread.stop()
    },
  }
}
