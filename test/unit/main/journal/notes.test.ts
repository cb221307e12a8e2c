import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ipcContract } from '@shared/ipc/contract'
import { realDisk } from '@main/services/journal/journal-disk'
import { hashOf } from '@main/services/journal/journal-tail'
import { verifyJournal } from '@main/services/journal/read-journal'
import { failureOf } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'
import { journalOn, write } from './sample'

const all = { offset: 0, limit: 10 }
const folderOf = (): string => join(temporaryFolder(), 'journal')

it('the note of a review is in the entry, whether the change succeeds or is refused; without one there is none', async () => {
  const { view, send } = journalOn(folderOf())
  await send(' INC-4711 ')
  await send('INC-4712', 'Not allowed')
  await send('')
  await send(undefined)
  const { items } = await view.rows({ ...all, sort: { key: 'seq', descending: false } })
  expect(items.map(({ ticket, outcome }) => [ticket, outcome])).toEqual([
    ['INC-4711', 'done'],
    ['INC-4712', 'refused'],
    ['', 'done'],
    ['', 'done'],
  ])
  expect((await view.entry(1)).intent.note).toBe('INC-4711')
  expect((await view.entry(5)).intent).not.toHaveProperty('note')
})

it('later notes are separate entries with time and user, oldest first, also after a restart', async () => {
  const folder = folderOf()
  const first = journalOn(folder)
  await first.send('INC-4711')
  await first.send('')
  first.clock.at = '2026-07-07T08:00:00.000Z'
  await first.view.addNote(1, 'Customer was called')
  first.clock.at = '2026-07-08T08:00:00.000Z'
  const entry = await first.view.addNote(1, 'Closed')
  await first.view.addNote(3, 'INC-9')
  await first.journal.close()
  const expected = [
    { seq: 5, at: '2026-07-07T08:00:00.000Z', user: 'tech', text: 'Customer was called' },
    { seq: 6, at: '2026-07-08T08:00:00.000Z', user: 'tech', text: 'Closed' },
  ]
  expect(entry.notes).toMatchObject(expected)
  const again = journalOn(folder)
  expect((await again.view.entry(1)).notes).toMatchObject(expected)
  expect((await again.view.rows(all)).items.map(({ ticket, notes }) => [ticket, notes])).toEqual([
    ['INC-9', ''],
    ['INC-4711', 'Customer was called; Closed'],
  ])
  expect(await verifyJournal(folder)).toEqual({ verified: 7 })
})

it('notes are included in the search and the CSV', async () => {
  const folder = folderOf()
  const { view, send } = journalOn(folder)
  await send('INC-4711')
  await send('=cmd')
  await view.addNote(3, 'Asked Ms. Weber')
  expect((await view.rows({ ...all, search: 'inc-47' })).items.map(({ seq }) => seq)).toEqual([1])
  expect((await view.rows({ ...all, search: 'weber' })).items.map(({ seq }) => seq)).toEqual([3])
  const file = join(folder, 'saved.csv')
  await view.save({}, file)
  const [head, newest, oldest] = readFileSync(file, 'utf8').split('\r\n')
  expect(head).toMatch(/,ticket,notes,source$/)
  expect(newest).toMatch(/,'=cmd,Asked Ms\. Weber,Form$/)
  expect(oldest).toMatch(/,INC-4711,,Form$/)
})

it('a note that cannot be stored has a reason and is not shown; one for a missing entry is refused', async () => {
  const state = { full: false }
  const { view, send } = journalOn(folderOf(), {
    disk: {
      ...realDisk,
      sync: (file) =>
        state.full ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : realDisk.sync(file),
    },
  })
  await send('')
  state.full = true
  expect(await failureOf(view.addNote(1, 'Lost'))).toMatchObject({
    code: 'disk',
    message: expect.stringMatching(/disk is full/),
  })
  expect((await view.entry(1)).notes).toEqual([])
  state.full = false
  expect(await failureOf(view.addNote(7, 'Nothing'))).toMatchObject({ code: 'not-found' })
})

it('a journal of an earlier version has no notes, and is continued', async () => {
  const folder = folderOf()
  const first = journalOn(folder)
  await first.enter()
  await first.journal.close()
  const file = join(folder, readdirSync(folder)[0] ?? '')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  // An intent from before notes existed.
  const { identity, ...older } = write()
  const line = JSON.stringify({
    v: 1,
    seq: 3,
    at: '2026-07-06T11:00:00.000Z',
    prev: hashOf(Buffer.from(lines[1] ?? '')),
    kind: 'intent',
    server: { id: 'b', name: 'B', address: '', folder: '', tags: [] },
    user: { system: 'tech', pbx: '' },
    write: { identity, ...older },
    source: { kind: 'form' },
  })
  appendFileSync(file, `${line}\n`)
  const again = journalOn(folder)
  expect(await again.view.entry(3)).toMatchObject({ notes: [], outcome: 'pending' })
  expect((await again.view.addNote(3, 'Now')).notes).toMatchObject([{ seq: 4, text: 'Now' }])
  expect(await verifyJournal(folder)).toEqual({ verified: 4 })
})

it('a note has 1 to 500 characters', () => {
  const { args } = ipcContract['journal:addNote']
  expect(args.safeParse({ seq: 1, text: ' Closed ' }).data).toEqual({ seq: 1, text: 'Closed' })
  for (const text of ['', '  ', 'x'.repeat(501), null]) expect(args.safeParse({ seq: 1, text }).success).toBe(false)
  expect(args.safeParse({ seq: 0, text: 'x' }).success).toBe(false)
})
