import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Intent, Result } from '@shared/domain/journal'
import { emptyServerDraft } from '@shared/domain/server'
import { Journal } from '@main/services/journal/journal'
import { JournalView } from '@main/services/journal/journal-view'
import { settleEntries } from '@main/services/journal/settle-entries'
import { confirmed } from '../ip-rules/practice'
import { temporaryFolder } from '../storage/temporary'
import { startTrunks, type StartedTrunks } from '../trunks/practice'

let on: StartedTrunks
beforeEach(async () => {
  on = await startTrunks({}, { tenants: 2 })
})
afterEach(() => on.close())

const values = { did_numbers: '3000;12000-18000', concurrency: 4 }
const other = { did_numbers: '555', concurrency: 4 }
type Change = Pick<Intent['write'], 'kind' | 'before' | 'changes'>
const created: Change = { kind: 'create', before: {}, changes: values }
const changed: Change = { kind: 'change', before: values, changes: { did_numbers: '555' } }
const unassigned: Change = { kind: 'delete', before: values, changes: {} }

/** Settles a change that an earlier run was about to send minutes ago, like the next sign-in does. */
async function settled(change: Change, ids: 'with IDs' | 'as older versions wrote it'): Promise<Partial<Result>> {
  const { serverId, trunks, tenants } = on
  const folder = join(temporaryFolder(), 'journal')
  const earlier = new Journal({ folder })
  const { seq } = await earlier.append({
    kind: 'intent',
    server: { ...emptyServerDraft, id: serverId, name: 'Kunde A' },
    user: { system: 'tech', pbx: 'admin' },
    write: {
      operation: 'POST /providers/{id}/assignees/{tenant_id}',
      identity: 'assignment',
      ...change,
      ...(ids === 'with IDs' && { resource: 'trunk-assignment', id: tenants[0]?.id, trunkId: trunks.at(-1)?.id }),
    },
    source: { kind: 'form' },
  })
  await earlier.close()
  const journal = new Journal({ folder })
  const view = new JournalView(journal, folder, 'tech')
  const now = () => Date.now() + 600_000
  const remember = () => Promise.resolve()
  await settleEntries({ journal, servers: { reader: () => on.client }, now, remember }, await view.pending(serverId))
  return (await view.entry(seq)).result ?? {}
}

async function assign(assigned: typeof values): Promise<void> {
  const at = { serverId: on.serverId, trunkId: on.trunks.at(-1)?.id ?? '', tenantId: on.tenants[0]?.id ?? '' }
  await on.service.assign({ ...at, values: assigned, confirmation: confirmed })
}

it.each<[string, Change, typeof values | undefined, Result['outcome']]>([
  ['a created one that is there', created, values, 'done'],
  ['a created one that is not there', created, undefined, 'notSent'],
  ['a created one that has other values', created, other, 'unknown'],
  ['a changed one with the new values', changed, other, 'done'],
  ['a changed one with the old values', changed, values, 'notSent'],
  ['a changed one that is gone', changed, undefined, 'unknown'],
  ['an unassigned one that is gone', unassigned, undefined, 'done'],
  ['an unassigned one that is there', unassigned, values, 'notSent'],
])('the app ended while an assignment was sent: %s', async (_, change, server, outcome) => {
  if (server !== undefined) await assign(server)
  expect(await settled(change, 'with IDs')).toMatchObject({ outcome, settledLater: true })
})

it('an entry of an older version, without IDs, remains unknown', async () => {
  await assign(values)
  expect(await settled(created, 'as older versions wrote it')).toMatchObject({ outcome: 'unknown' })
})
