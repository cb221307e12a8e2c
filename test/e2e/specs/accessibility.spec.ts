import type { PracticePbx } from '@demo/practice-pbx'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import { faintControls } from '../looks'
import type { FleetApp } from '../fleet-app'
import { AccountPage } from '../pages/account'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchAs, launchSignedIn, launchWith, open } from '../servers'

/** The light theme; the colors of both are compared in a unit test (contrast). */
async function check(fleet: FleetApp, what: string): Promise<void> {
  expect.soft(await seriousFindings(fleet.page), what).toEqual([])
  expect.soft(await faintControls(fleet.page), `controls of ${what}`).toEqual([])
}

/** In both themes, the second time for what the theme decides. */
async function checkBothThemes(fleet: FleetApp, what: string): Promise<void> {
  await check(fleet, what)
  await fleet.useTheme('dark')
  expect.soft(await seriousFindings(fleet.page, 'colours'), `${what}, dark`).toEqual([])
  expect.soft(await faintControls(fleet.page), `controls of ${what}, dark`).toEqual([])
  await fleet.useTheme('light')
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
  await checkBothThemes(fleet, 'settings')
  await shell.goTo('Exports')
  await check(fleet, 'exports, empty')
  await shell.goTo('Journal')
  await check(fleet, 'journal, empty')
})

test('trust, sign-in, lock-out', async ({ launch, startPbx }) => {
  const pbx: PracticePbx = await startPbx({ lockOutAfter: 1 })
  const fleet = await launchWith(launch, pbx, { secondAddress: 'https://127.0.0.1:9', tags: ['gold'], folder: 'North' })
  const session = new SessionPage(fleet.page)
  await open(fleet)
  await expect(session.gate('untrusted')).toBeVisible()
  await checkBothThemes(fleet, 'trust')
  await session.trust()
  await expect(session.gate('needs-password')).toBeVisible()
  await check(fleet, 'sign-in')
  await session.signIn('wrong')
  await expect(session.gate('needs-password').getByText('1 failed sign-in.')).toBeVisible()
  await check(fleet, 'refused')
  await session.signIn('wrong')
  await expect(session.gate('denied').or(session.gate('needs-password').getByText('2 failed sign-ins'))).toBeVisible()
  await check(fleet, 'denied')
})

test('overview, IP rules and their dialogs, an export', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 6 })
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
  await checkBothThemes(fleet, 'rule review')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard changes', exact: true }).click()
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

test('what a system administrator sees of tenants, dealers, transports and trunks', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ version: '22.6', tenants: 4, dealers: 4 }), {
    protection: 'ask',
  })
  const { page } = fleet
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  await expect(tenants.rows.first()).toBeVisible()
  await check(fleet, 'tenants')
  await tenants.row('tenant2.example').dblclick()
  await expect(tenants.input('domain')).toHaveValue('tenant2.example')
  await check(fleet, 'tenant editor')
  await tenants.input('max_extensions').fill('0')
  await tenants.input('domain').fill('')
  await tenants.review()
  await expect(tenants.problem('domain')).toBeVisible()
  await checkBothThemes(fleet, 'tenant editor with errors')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard changes', exact: true }).click()
  await tenants.root.getByRole('button', { name: 'Templates…' }).click()
  await expect(page.locator('[data-template]').first()).toBeVisible()
  await check(fleet, 'tenant templates')
  await leave()
  await tenants.delete('tenant2.example')
  await expect(tenants.panel.locator('[data-guard=tenant-loss]')).toBeVisible()
  await check(fleet, 'delete a tenant')
  await leave()

  const dealers = new RecordPage(page, 'dealers', 'Dealers')
  await dealers.open()
  await check(fleet, 'dealers')
  const transports = new RecordPage(page, 'transports', 'Transports')
  await transports.open()
  await expect(transports.root.locator('[data-status=ACTIVATED]')).toHaveCount(3)
  await check(fleet, 'transports')
  await transports.row('5060').dblclick()
  await expect(transports.input('port')).toHaveValue('5060')
  await check(fleet, 'transport editor')
  await leave()
  const trunks = new RecordPage(page, 'trunk-assignments', 'Trunk assignments')
  await trunks.open()
  await expect(trunks.rows.first()).toBeVisible()
  await checkBothThemes(fleet, 'trunk assignments')
  await trunks.root.getByRole('button', { name: 'New assignment' }).click()
  await expect(page.getByRole('list', { name: 'Tenants' }).getByRole('listitem').first()).toBeVisible()
  await check(fleet, 'new assignment')
})

test('the forms of a server, its certificate, license, brand and account', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ version: '22.6' }))
  for (const [resource, tab] of [
    ['system-settings', 'Settings'],
    ['notification', 'Notifications'],
    ['network', 'Network'],
    ['sbc', 'SBC & IM'],
    ['certificate', 'Certificate'],
    ['license', 'License'],
    ['brand', 'Rebranding'],
  ] as const) {
    await new RecordPage(fleet.page, resource, tab).open()
    await expect(fleet.page.locator('[aria-busy=true]')).toHaveCount(0)
    await check(fleet, tab)
  }
  await new AccountPage(fleet.page).open()
  await checkBothThemes(fleet, 'Account')
})

test('what a dealer sees', async ({ launch, startPbx }) => {
  const fleet = await launchAs(launch, await startPbx(), 'Dealer')
  await expect(new SessionPage(fleet.page).overview.getByTestId('dealer-figures')).toBeVisible()
  await check(fleet, 'overview of a dealer')
  await new RecordPage(fleet.page, 'dealer', 'Account').open()
  await new AccountPage(fleet.page).password.waitFor()
  await check(fleet, 'account of a dealer')
})
