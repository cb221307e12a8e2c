import { basename } from 'node:path'
import type { Dialogs } from '../services/dialogs'
import type { JournalView } from '../services/journal/journal-view'
import type { RevertService } from '../services/journal/revert'
import { handle } from './handle'

export interface JournalIpcDeps {
  readonly journal: JournalView
  readonly reverts: RevertService
  /** Settles changes by reading. */
  readonly check: (entries: readonly number[]) => Promise<void>
  readonly dialogs: Pick<Dialogs, 'saveFile'>
}

/** Handles `journal:*`. */
export function registerJournalIpc({ journal, reverts, check, dialogs }: JournalIpcDeps): void {
  handle('journal:list', ({ query }) => journal.rows(query))
  handle('journal:find', ({ text, limit }) => journal.find(text, limit))
  handle('journal:choices', () => journal.choices())
  handle('journal:get', ({ seq }) => journal.entry(seq))
  handle('journal:check', async ({ seq }) => {
    await check([seq])
    return journal.entry(seq)
  })
  handle('journal:status', () => journal.status())
  handle('journal:continue', () => journal.continueFromHere())
  handle('journal:checkRevert', (request) => reverts.check(request))
  handle('journal:revert', (request) => reverts.revert(request))
  handle('journal:addNote', ({ seq, text }) => journal.addNote(seq, text))
  handle('journal:saveReport', async ({ query }) => {
    const filters = [
      { name: 'HTML', extensions: ['html'] },
      { name: 'Markdown', extensions: ['md'] },
    ]
    const defaultPath = `Changes ${new Date().toISOString().slice(0, 10)}.html`
    const path = await dialogs.saveFile({ title: 'Export the report', defaultPath, filters })
    if (path === undefined) return { saved: false, name: '', entries: 0 }
    return { saved: true, name: basename(path), entries: await journal.saveReport(query, path) }
  })
  handle('journal:save', async ({ query }) => {
    const filters = [{ name: 'CSV', extensions: ['csv'] }]
    const defaultPath = `Journal ${new Date().toISOString().slice(0, 10)}.csv`
    const path = await dialogs.saveFile({ title: 'Save the journal', defaultPath, filters })
    if (path === undefined) return { saved: false, name: '', entries: 0 }
    return { saved: true, name: basename(path), entries: await journal.save(query, path) }
  })
}
