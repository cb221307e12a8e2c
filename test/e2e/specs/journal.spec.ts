import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alone, expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { IpRulesPage } from '../pages/ip-rules'
import { JournalPage } from '../pages/journal'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'

const journalFile = ({ profile }: FleetApp): string => {
  const folder = join(profile, 'journal')
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '')
}

async function createRule(rules: IpRulesPage, range: string, description: string): Promise<void> {
  await rules.edit()
  await rules.fill({ range, description })
  await rules.review()
  await rules.send()
}

test('a change, a refused one and a deletion are in the journal with before, after and result, and still there after a restart', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3 })
  const fleet = await launchSignedIn(alone(launch), pbx)
  const shell = new Shell(fleet)
  await shell.goTo('Journal')
  const journal = new JournalPage(fleet.page)
  await expect(journal.root).toContainText('No changes yet')
  await expect(journal.status).toContainText('Nothing to verify yet')

  await shell.server('Acme').click()
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await createRule(rules, '41.202.7.9/32', 'Scanner')
  await rules.closeOutcome()
  await rules.edit('41.202.7.9/32')
  await rules.fill({ description: 'Botnet' })
  await rules.review()
  await rules.send()
  await rules.closeOutcome()
  await pbx.setFaults({ status: 403, onlyPath: 'POST /ip_filters', times: 1 })
  await createRule(rules, '41.202.8.0/24', 'Refused')
  await expect(rules.editor.getByRole('alert')).toBeVisible()
  await fleet.page.keyboard.press('Escape')
  await fleet.page.getByRole('button', { name: 'Discard changes', exact: true }).click()

  await shell.goTo('Journal')
  await expect(journal.rows).toHaveCount(3)
  await expect(journal.rows.nth(0)).toContainText('Refused')
  await expect(journal.rows.nth(1)).toContainText('rule 41.202.7.9/32')
  await expect(journal.rows.nth(1)).toContainText('Description: Scanner')
  await expect(journal.rows.nth(1)).toContainText('Description: Botnet')
  await expect(journal.rows.nth(1)).toContainText('Done')
  await expect(journal.status).toContainText('Entries 1 to 6 verified')

  await journal.narrow('Result', 'Refused')
  await expect(journal.count).toHaveText('1 change found')
  await journal.root.getByRole('button', { name: 'Clear filters' }).click()
  await journal.search('botnet')
  await expect(journal.count).toHaveText('1 change found')
  await journal.rows.first().dblclick()
  await expect(journal.entry).toContainText('Change: Done.')
  // The second click is on the panel, whose text it does not select.
  expect(await fleet.page.evaluate(() => getSelection()?.toString())).toBe('')
  await expect(journal.entry.locator('[data-field=description]')).toContainText('Scanner')
  await expect(journal.entry.locator('[data-field=description]')).toContainText('Botnet')
  await expect(journal.entry.locator('[data-field]')).toHaveCount(1)
  await expect(journal.entry).toContainText('POST /ip_filters/{id}')
  await fleet.page.keyboard.press('Escape')
  await expect(journal.entry).toBeHidden()

  const saved = join(fleet.profile, 'saved.csv')
  await fleet.answerDialogs([saved])
  await journal.root.getByRole('button', { name: 'Save as CSV…' }).click()
  await expect(shell.notice('Saved saved.csv')).toContainText('1 change')
  expect(readFileSync(saved, 'utf8')).toContain('Description: Scanner')

  await fleet.restart()
  const again = new JournalPage(fleet.page)
  await new Shell(fleet).goTo('Journal')
  await expect(again.rows).toHaveCount(3)
  await expect(again.status).toContainText('Entries 1 to 6 verified')
})

test('a ticket typed at the review and a later note are in the journal and in the reports for a customer', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(alone(launch), await startPbx({ rules: 3 }))
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '41.202.7.9/32', description: '<b>|Scanner' })
  await rules.review()
  const note = rules.editor.getByLabel('Ticket or note (optional)')
  await expect(note).not.toBeFocused()
  await note.fill('INC-4711')
  await rules.send()
  await rules.closeOutcome()
  await createRule(rules, '41.202.8.9/32', 'Other')
  await rules.closeOutcome()

  const shell = new Shell(fleet)
  await shell.goTo('Journal')
  const journal = new JournalPage(fleet.page)
  await journal.search('inc-4711')
  await expect(journal.count).toHaveText('1 change found')
  await expect(journal.rows.first()).toContainText('INC-4711')
  await journal.rows.first().click()
  await expect(journal.notes).toHaveText([/^\s*INC-4711.*, \S+\s*$/])
  await journal.addNote('Customer was called')
  await expect(journal.notes).toHaveText([/INC-4711/, /^\s*Customer was called.*, \S+\s*$/])
  await fleet.page.keyboard.press('Escape')

  await journal.narrow('Resource', 'IP rules')
  await journal.narrow('Time', 'Today')
  const [html, markdown] = [join(fleet.profile, 'report.html'), join(fleet.profile, 'report.md')]
  await fleet.answerDialogs([html, markdown])
  const exportReport = journal.root.getByRole('button', { name: 'Export report…' })
  await exportReport.click()
  await expect(shell.notice('Saved report.html')).toContainText('1 change')
  await exportReport.click()
  await expect(shell.notice('Saved report.md')).toContainText('1 change')
  const page = readFileSync(html, 'utf8')
  const text = readFileSync(markdown, 'utf8')
  for (const report of [page, text]) {
    expect(report).toContain('Acme')
    expect(report).toContain('INC-4711')
    expect(report).toContain('Customer was called')
    expect(report).toContain('Search: inc-4711; Resource: IP rules; From: ')
    expect(report).not.toContain('41.202.8.9/32')
  }
  expect(page).toContain('&lt;b&gt;|Scanner')
  expect(text).toContain('| Description | – | \\<b\\>\\|Scanner |')

  await journal.root.getByRole('button', { name: 'Clear filters' }).click()
  await expect(journal.count).toHaveText('2 changes')
})

test('the journal is opened by its page, not at the start: modified and truncated entries are reported there, and the others are shown', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(alone(launch), await startPbx({ rules: 3 }))
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await createRule(rules, '41.202.7.9/32', 'Scanner')
  await rules.closeOutcome()
  await createRule(rules, '41.202.8.9/32', 'Other')
  await rules.closeOutcome()
  await fleet.stop()
  const file = journalFile(fleet)
  // Opening the journal would move the last line to a separate file.
  const damaged = `${readFileSync(file, 'utf8').replace('Scanner', 'Changed')}{"v":1,"seq":5`
  writeFileSync(file, damaged)
  await fleet.start()
  // Answered once everything is built that talks to servers.
  await fleet.call('session:list', {})
  await new Shell(fleet).goTo('Exports')
  expect(readFileSync(file, 'utf8')).toBe(damaged)
  await new Shell(fleet).goTo('Journal')
  const journal = new JournalPage(fleet.page)
  await expect(journal.rows).toHaveCount(2)
  await expect(journal.status).toContainText('No entries verified')
  await expect(journal.status.locator('[data-notice=broken]')).toContainText('Entry 1 in')
  await expect(journal.status.locator('[data-notice=torn]')).toContainText('.torn-')
  expect(readFileSync(file, 'utf8')).not.toBe(damaged)
})

test('a profile that was restored from an older copy sends nothing until a person continues its journal', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3 })
  const fleet = await launchSignedIn(alone(launch), pbx)
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await createRule(rules, '41.202.7.9/32', 'Kept')
  await rules.closeOutcome()
  const older = readFileSync(journalFile(fleet))
  await createRule(rules, '41.202.8.9/32', 'Lost')
  await rules.closeOutcome()
  await fleet.stop()
  writeFileSync(journalFile(fleet), older)

  await fleet.start()
  const shell = new Shell(fleet)
  await shell.server('Acme').click()
  await expect(new SessionPage(fleet.page).overview).toBeVisible()
  const again = new IpRulesPage(fleet.page)
  await again.open()
  await createRule(again, '41.202.9.9/32', 'Next')
  await expect(again.editor.getByRole('alert')).toContainText('Entries are missing at the end of the journal')
  expect(pbx.rules().map(({ cidr }) => cidr)).not.toContain('41.202.9.9/32')
  await fleet.page.keyboard.press('Escape')
  await fleet.page.getByRole('button', { name: 'Discard changes', exact: true }).click()

  await shell.goTo('Journal')
  const journal = new JournalPage(fleet.page)
  await expect(journal.status.locator('[data-notice=missing]')).toContainText('The last entry was 4')
  await journal.rows.first().click()
  await journal.addNote('INC-9')
  // It cannot be stored either: the text stays, with the reason.
  await expect(journal.entry.getByRole('alert')).toContainText('Entries are missing at the end of the journal')
  await expect(journal.noteBox).toHaveValue('INC-9')
  await expect(journal.notes).toHaveCount(0)
  await fleet.page.keyboard.press('Escape')
  await fleet.page.getByRole('button', { name: 'Discard changes', exact: true }).click()
  await expect(journal.noteBox).toBeHidden()
  await fleet.page.keyboard.press('Escape')
  await expect(journal.entry).toBeHidden()
  await journal.status.getByRole('button', { name: 'Continue the journal' }).click()
  await expect(journal.status.locator('[data-notice=missing]')).toBeHidden()
  await shell.server('Acme').click()
  await again.open()
  await createRule(again, '41.202.9.9/32', 'Next')
  await again.closeOutcome()
  await shell.goTo('Journal')
  await expect(journal.rows).toHaveCount(2)
  await journal.status.getByRole('button', { name: 'Verify again' }).click()
  await expect(journal.status).toContainText('Entries 1 to 5 verified')
})

test('the app is killed while a change waits for its response: the journal says what became of it, and nothing is sent again', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3 })
  pbx.addRule({ cidr: '41.202.7.9/32', target: 'DENY', description: 'Old' })
  const fleet = await launchSignedIn(alone(launch), pbx)
  const posts = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters'))
  const changes: readonly (readonly [string, string, (rules: IpRulesPage) => Promise<void>])[] = [
    ['create', 'rule 41.202.8.9/32', (rules) => createRule(rules, '41.202.8.9/32', 'New')],
    [
      'change',
      'rule 41.202.7.9/32',
      async (rules) => {
        await rules.edit('41.202.7.9/32')
        await rules.fill({ description: 'New' })
        await rules.review()
        await rules.send()
      },
    ],
    [
      'delete',
      'rule 41.202.7.9/32',
      async (rules) => {
        await rules.row('41.202.7.9/32').getByRole('checkbox').check()
        await rules.startDelete()
        await expect(rules.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
        await rules.dialog.getByRole('button', { name: 'Delete rule', exact: true }).click()
      },
    ],
  ]
  for (const [index, [kind, entry, send]] of changes.entries())
    await test.step(kind, async () => {
      const rules = new IpRulesPage(fleet.page)
      await rules.open()
      await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
      await send(rules)
      await expect.poll(() => posts().length).toBe(index + 1)
      await fleet.kill()
      await pbx.clearFaults()

      await fleet.start()
      const shell = new Shell(fleet)
      await shell.server('Acme').click()
      await expect(new SessionPage(fleet.page).overview).toBeVisible()
      await shell.goTo('Journal')
      const journal = new JournalPage(fleet.page)
      await expect(journal.rows).toHaveCount(index + 1)
      await expect(journal.rows.first()).toContainText(entry)
      await expect(journal.rows.first()).toContainText('Done')
      expect(posts()).toHaveLength(index + 1)
      await shell.server('Acme').click()
    })
})
