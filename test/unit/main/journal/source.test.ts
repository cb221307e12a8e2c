import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import type { WriteSource } from '@shared/domain/journal'
import { temporaryFolder } from '../storage/temporary'
import { journalOn, server } from './sample'

let folder: string
let on: ReturnType<typeof journalOn>
beforeEach(async () => {
  folder = temporaryFolder()
  on = journalOn(join(folder, 'journal'))
  const plan = { kind: 'plan', plan: 'p', title: 'Revert 9 changes on Acme', step: 2, attempt: 1 } as const
  const sources: readonly WriteSource[] = [
    { kind: 'form' },
    { kind: 'revert', of: 1 },
    { ...plan, reverts: [1] },
    { ...plan, reverts: [1, 2, 3, 4, 5, 6, 7] },
    { ...plan, title: 'Change 2 rules on Acme' },
  ]
  for (const source of sources) await on.enter({}, { outcome: 'done' }, server, '', source)
})

const texts = [
  'Form',
  'Revert of entry 1',
  'Revert of entry 1 · Revert 9 changes on Acme, step 2, attempt 1',
  'Revert of entries 1, 2, 3, 4, 5 and 2 more · Revert 9 changes on Acme, step 2, attempt 1',
  'Change 2 rules on Acme, step 2, attempt 1',
]

it('the list shows the source of each change, and finds reverts', async () => {
  const { items } = await on.view.rows({ sort: { key: 'seq', descending: false }, offset: 0, limit: 9 })
  expect(items.map(({ source }) => source)).toEqual(texts)
  expect((await on.view.rows({ search: 'revert of', offset: 0, limit: 9 })).count).toBe(3)
})

it('the CSV has the source as its last column', async () => {
  const file = join(folder, 'journal.csv')
  await on.view.save({ sort: { key: 'seq', descending: false } }, file)
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\r\n')
  expect(head).toMatch(/,source$/)
  expect(lines[1]).toMatch(/,Revert of entry 1$/)
})

it('the customer report shows the source of reverts, and numbers the changes', async () => {
  const file = join(folder, 'report.md')
  await on.view.saveReport({}, file)
  const text = readFileSync(file, 'utf8')
  expect(text).toContain('- Entry: 1\n')
  expect(text.match(/^- Source: .*$/gm)).toEqual(texts.slice(1, 4).map((each) => `- Source: ${each}`))
})
