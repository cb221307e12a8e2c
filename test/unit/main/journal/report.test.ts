import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { dateRange, fullDate, zonedClock } from '@shared/format/time'
import { temporaryFolder } from '../storage/temporary'
import { journalOn, server } from './sample'

let folder: string
let on: ReturnType<typeof journalOn>
beforeEach(() => {
  folder = temporaryFolder()
  on = journalOn(join(folder, 'journal'))
})

/** Both reports of the matching entries. */
async function reports(query: Parameters<typeof on.view.saveReport>[0] = {}) {
  const saved = async (name: string): Promise<string> => {
    await on.view.saveReport(query, join(folder, name))
    return readFileSync(join(folder, name), 'utf8')
  }
  return { html: await saved('report.html'), markdown: await saved('report.md') }
}

/** Intl uses narrow spaces in a range. */
const oneBlank = (text: string): string => text.replace(/\s+/g, ' ')

/** The visible text of the page, without separators that are only elements. */
const textOf = (html: string): string =>
  oneBlank(
    html
      .replace(/<style>[^]*?<\/style>/, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&#39;/g, "'"),
  )

const update = {
  kind: 'change',
  before: { cidr: '41.202.7.9/32', target: 'DENY', description: 'Scanner' },
  changes: { target: 'ACCEPT', description: '' },
} as const

it('shows by server and day, in chronological order, each changed field with result, ticket and user', async () => {
  await on.enter({}, { outcome: 'done' }, server, 'INC-4711')
  await on.view.addNote(1, 'Customer was\ncalled')
  on.clock.at = '2026-07-08T10:30:00.000Z'
  const other = { ...server, id: 'b', name: 'Alpha', address: 'https://alpha.example.com' }
  await on.enter({ identity: 'rule 10.0.0.0/8' }, { outcome: 'done' }, other)
  await on.enter(update, { outcome: 'done', differences: [{ key: 'description', sent: '', found: 'Old' }] })
  await on.enter({ kind: 'delete', before: { description: 'Gone' }, changes: {} })
  const { html, markdown } = await reports()
  const [day, next] = ['2026-07-06T10:00:00.000Z', '2026-07-08T10:30:00.000Z'].map((at) => fullDate(at))
  const time = zonedClock('2026-07-08T10:30:00.000Z')
  expect(time).toMatch(/UTC|GMT|[A-Z]{3,4}/)
  const inOrder = (text: string, parts: readonly (string | undefined)[]): void => {
    let from = 0
    for (const part of parts) {
      const at = text.indexOf(part ?? '', from)
      expect(at, `${part} after place ${from}`).toBeGreaterThanOrEqual(0)
      from = at + 1
    }
  }
  const order = ['Alpha', next, 'rule 10.0.0.0/8', 'Kunde A', day, 'INC-4711', 'Customer was called', next, 'Delete']
  inOrder(textOf(html).slice(textOf(html).indexOf('verified')), order)
  inOrder(markdown.slice(markdown.indexOf('verified')), order)
  expect(textOf(html)).toContain('Action Block Allow')
  expect(textOf(html)).toContain('Description Scanner Not set')
  expect(textOf(html)).toContain('Description – Scanner')
  expect(textOf(html)).toContain('Description Gone –')
  expect(textOf(html)).toContain('Stored value differs: Description is Old.')
  expect(textOf(html)).toContain('User tech as admin')
  expect(markdown).toContain('| Action | Block | Allow |')
  expect(markdown).toContain('| Description | Scanner | Not set |')
  expect(markdown).toContain(`#### ${time} – Change: rule 41.202.7.9/32`)
  expect(markdown).toContain('- Ticket: INC-4711')
  expect(markdown).toContain('- User: tech as admin')
})

it('begins with period, servers, author, the filters as text and a total for each result', async () => {
  await on.enter()
  on.clock.at = '2026-07-08T10:30:00.000Z'
  await on.enter({}, { outcome: 'refused', error: { code: 'rejected', message: 'No license' } })
  await on.enter({ kind: 'action', identity: 'license' }, { outcome: 'unknown' })
  const { html, markdown } = await reports()
  const period = dateRange('2026-07-06T10:00:00.000Z', '2026-07-08T10:30:00.000Z')
  for (const text of [textOf(html), markdown]) {
    expect(oneBlank(text)).toContain(`Changes, ${oneBlank(period)}`)
    expect(text).toMatch(/Servers:? Kunde A/)
    expect(text).toMatch(/Created by:? tech/)
    expect(text).toMatch(/Filters:? None/)
    expect(text).toMatch(/Journal:? Entries 1 to 6 verified\./)
  }
  expect(markdown).toContain('- Changes: 3\n- Done: 1\n- Refused: **1**\n- Unknown: **1**\n')
  // Failures are marked not only by color.
  expect(markdown).toContain(
    '- Result: **Refused**\n- Details: The server refused the change. Nothing changed.\n- Details: No license',
  )
  expect(html).toContain('<p class="bad"><strong>Refused</strong></p>')
  expect(html).toContain('<p class="bad"><strong>Unknown</strong></p>')
  expect(html.match(/<article class="bad">/g)).toHaveLength(2)
})

it('has only entries that match the search and the filters, which it names', async () => {
  await on.enter({ identity: 'rule A' })
  await on.enter({ identity: 'rule B' }, { outcome: 'done' }, { ...server, id: 'b', name: 'Beta', tags: ['golden'] })
  const filter = [
    { key: 'tags', operator: 'contains', value: '"gold"' },
    { key: 'resource', operator: 'eq', value: 'ip-rules' },
    { key: 'outcome', operator: 'eq', value: 'done' },
    { key: 'at', operator: 'ge', value: '2026-07-01T00:00:00.000Z' },
  ] as const
  const { html, markdown } = await reports({ search: 'scanner', filter })
  for (const text of [textOf(html), markdown]) {
    expect(text).toContain('rule A')
    expect(text).not.toContain('rule B')
    expect(text).not.toContain('Beta')
    expect(text).toMatch(/Filters:? Search: scanner; Tag: gold; Resource: IP rules; Result: Done; From: /)
    expect(oneBlank(text)).toContain(
      `Changes, ${oneBlank(dateRange('2026-07-01T00:00:00.000Z', '2026-07-06T10:00:00.000Z'))}`,
    )
  }
  expect((await reports({ search: 'nothing like it' })).markdown).toMatch(/^# Changes\n/)
})

it('reports a journal that was modified', async () => {
  await on.enter()
  await on.enter()
  await on.journal.close()
  const file = join(folder, 'journal', readdirSync(join(folder, 'journal'))[0] ?? '')
  writeFileSync(file, `${readFileSync(file, 'utf8').replace('Scanner', 'Other')}{"v":1,"se`)
  on = journalOn(join(folder, 'journal'), {
    anchor: { read: () => Promise.resolve({ seq: 9, hash: 'x' }), write: () => Promise.resolve() },
  })
  const { html, markdown } = await reports()
  const notices = [
    'Entry 1 of the journal was modified, or an entry is missing there. No entries verified.',
    'Entries are missing at the end of the journal. The last entry was 9.',
    'was incomplete when the app ended and is missing.',
  ]
  for (const text of notices) {
    expect(textOf(html)).toContain(text)
    expect(markdown).toContain(text)
  }
  expect(textOf(html)).not.toContain('Entries 1 to')
  expect(markdown).not.toContain('Entries 1 to')
})

it('is one HTML file without external resources or scripts, and leaves nothing behind if it cannot be saved', async () => {
  await on.enter()
  const { html } = await reports()
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n/)
  expect(html).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
  )
  expect(html).toMatch(/<\/html>\n$/)
  expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|\son\w+=/)
  await expect(on.view.saveReport({}, join(folder, 'none', 'report.html'))).rejects.toMatchObject({
    detail: { code: 'disk' },
  })
})
