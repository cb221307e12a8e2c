import type { PracticePbx } from '../../../src/demo/practice-pbx'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn, launchWith, open } from '../servers'

/** Looks at what is shown in both themes. */
async function check(fleet: FleetApp, what: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await fleet.useTheme(scheme)
    expect.soft(await seriousFindings(fleet.page), `${what}, ${scheme}`).toEqual([])
  }
}

test('first run, its dialogs, exports and settings', async ({ fleet }) => {
  const shell = new Shell(fleet)
  await check(fleet, 'first run')
  await shell.add(/Add a server/)
  await shell.dialog.getByRole('button', { name: 'Add and connect' }).click()
  await check(fleet, 'server form with errors')
  await shell.dialog.getByRole('button', { name: 'Cancel' }).click()
  await shell.add(/Add a practice server/)
  await check(fleet, 'practice server')
  await shell.dialog.getByRole('button', { name: 'Cancel' }).click()
  await shell.page.keyboard.press('Control+k')
  await check(fleet, 'palette')
  await shell.page.keyboard.press('Escape')
  await shell.nativeMenu('about')
  await check(fleet, 'about')
  await shell.dialog.getByRole('button', { name: 'Close' }).click()
  await shell.goTo('Settings')
  await check(fleet, 'settings')
  await shell.goTo('Exports')
  await check(fleet, 'exports, empty')
})

test('trust, sign-in, lock-out', async ({ launch, startPbx }) => {
  const pbx: PracticePbx = await startPbx({ lockOutAfter: 1 })
  const fleet = await launchWith(launch, pbx, { secondAddress: 'https://127.0.0.1:9', tags: ['gold'], folder: 'North' })
  const session = new SessionPage(fleet.page)
  await open(fleet)
  await expect(session.gate('untrusted')).toBeVisible()
  await check(fleet, 'trust')
  await session.trust()
  await expect(session.gate('needs-password')).toBeVisible()
  await check(fleet, 'sign-in')
  await session.signIn('wrong')
  await expect(session.gate('needs-password').getByText('1 sign-in was refused.')).toBeVisible()
  await check(fleet, 'refused')
  await session.signIn('wrong')
  await expect(session.gate('denied').or(session.gate('needs-password').getByText('2 sign-ins'))).toBeVisible()
  await check(fleet, 'denied')
})

test('overview, IP rules and their dialogs, an export', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 60 })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page } = fleet
  await check(fleet, 'overview')
  const rules = new IpRulesPage(page)
  await rules.open()
  await check(fleet, 'IP rules')
  await rules.edit()
  await rules.fill({ range: '127.0.0.0/8' })
  await expect(rules.editor.locator('[data-guard]').first()).toBeVisible()
  await check(fleet, 'rule form')
  await rules.review()
  await check(fleet, 'rule review')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await rules.rows.first().getByRole('checkbox').check()
  await rules.startDelete()
  await check(fleet, 'delete')
  await rules.dialog.getByRole('button', { name: 'Cancel' }).click()
  const exports = new ExportsPage(page)
  await page.getByRole('button', { name: 'Export…' }).first().click()
  await check(fleet, 'export dialog')
  await exports.exportDialog.getByRole('button', { name: 'Cancel' }).click()
  await exports.export('CSV')
  await exports.open()
  await expect(exports.entries).toHaveCount(1)
  await check(fleet, 'exports')
  await exports.entries.first().dblclick()
  await expect(exports.rows.first()).toBeVisible()
  await check(fleet, 'export view')
})
