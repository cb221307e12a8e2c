import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureOf } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'
import { journalOn, server } from './sample'

const folderOf = (): string => join(temporaryFolder(), 'journal')
const beta = { ...server, id: 'b', name: 'Beta', folder: 'South', tags: [] }

test('a change is found by its record, values, server, person, ticket and result, with what its page shows', async () => {
  const { view, enter, clock } = journalOn(folderOf())
  await enter({ kind: 'change', before: { description: 'Scanner' }, changes: { description: 'Botnet' } })
  clock.at = '2026-07-08T10:00:00.000Z'
  await enter(
    {
      kind: 'delete',
      resource: 'tenants',
      identity: 'tenant Büro',
      id: 'id-77',
      before: { name: 'Büro' },
      changes: {},
    },
    { outcome: 'refused', error: { code: 'rejected', message: 'Has extensions' } },
    beta,
    'INC-9',
  )
  const numbers = async (text: string) => (await view.find(text, 10)).hits.map(({ seq }) => seq)
  for (const text of ['botnet', 'kunde scanner', '41.202.7.9', 'gold', 'ip rules done', 'change north'])
    expect(await numbers(text), text).toEqual([1])
  for (const text of ['BURO', 'beta tenant', 'inc-9', 'id-77', 'refused extensions', 'delete 2026-07-08'])
    expect(await numbers(text), text).toEqual([3])
  expect(await numbers('tech as admin')).toEqual([3, 1])
  expect(await numbers('kunde buro')).toEqual([])
  expect((await view.find('botnet', 10)).hits).toMatchObject([
    {
      ...{ server: 'Kunde A', object: 'rule 41.202.7.9/32', action: 'change', outcome: 'done', user: 'tech as admin' },
      ...{ at: '2026-07-06T10:00:00.000Z', detail: 'Description: Scanner → Botnet' },
    },
  ])
})

test('changes that are entered, get a result or a note after the first search are found by the next one', async () => {
  const { view, enter, journal } = journalOn(folderOf())
  await enter()
  const count = async (text: string) => (await view.find(text, 10)).count
  expect(await count('refused')).toBe(0)
  await view.addNote(1, 'Customer was called')
  expect(await count('customer')).toBe(1)
  const seq = await enter({}, { outcome: 'refused' })
  expect(await count('refused')).toBe(1)
  await journal.append({ kind: 'result', of: seq, outcome: 'done', settledLater: true })
  expect(await count('refused')).toBe(0)
})

test('what has the name of a journal file and is none counts as unreadable until the next start without it', async () => {
  const folder = folderOf()
  const first = journalOn(folder)
  await first.enter()
  await first.journal.close()
  const { view } = journalOn(folder)
  // A folder in the place of an older month.
  mkdirSync(join(folder, '2026-01.jsonl'))
  expect(await view.find('scanner', 10)).toMatchObject({ count: 1, unreadable: 1 })
  rmdirSync(join(folder, '2026-01.jsonl'))
  expect(await journalOn(folder).view.find('scanner', 10)).toMatchObject({ count: 1, unreadable: 0 })
})

test('a journal that cannot be read is an error, never a search without results', async () => {
  const folder = folderOf()
  rmSync(folder, { recursive: true, force: true })
  writeFileSync(folder, '')
  expect(await failureOf(journalOn(folder).view.find('scanner', 10))).toMatchObject({ code: 'disk' })
})

test('damaged lines are counted: nothing can be found in them', async () => {
  const folder = folderOf()
  const first = journalOn(folder)
  await first.enter()
  await first.journal.close()
  writeFileSync(join(folder, '2026-01.jsonl'), '{"v":1,"seq":1,"kind":"int\n[]\n')
  expect(await journalOn(folder).view.find('scanner', 10)).toMatchObject({ count: 1, unreadable: 2 })
})
