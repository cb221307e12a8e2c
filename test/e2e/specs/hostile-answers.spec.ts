import type { Page } from 'playwright'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { expect, test, type Launch } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'

// What is spoilt on purpose is not held to the reference.
const unheld: PracticeOptions = { rules: 20, recordLimit: 0 }
const row = '"id":"a","cidr":"192.0.2.1/32","target":"DENY"'

/** The list of rules of a server that is signed in, then shown what `body` says. */
async function showing(
  launch: Launch,
  pbx: PracticePbx,
  body: string,
): Promise<{ readonly fleet: FleetApp; readonly page: Page; readonly rules: IpRulesPage }> {
  const fleet = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await pbx.setFaults({ body, onlyPath: 'GET /ip_filters' })
  await rules.search('spoilt')
  return { fleet, page: fleet.page, rules }
}

test('a key that comes twice, and one of a prototype, change nothing but their row', async ({ launch, startPbx }) => {
  const polluting = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
  const body = `{"count":1,"items":[{${row},${polluting},"cidr":"192.0.2.2/32"}],"__proto__":{"polluted":1}}`
  const { fleet, page, rules } = await showing(launch, await startPbx(unheld), body)
  await expect(rules.row('192.0.2.2/32')).toBeVisible()
  await expect(rules.rows).toHaveCount(1)
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
  expect(await fleet.app.evaluate(() => 'polluted' in {})).toBe(false)
})

test('a number that is none is one error that names the operation, and the page goes on', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx(unheld)
  const { rules } = await showing(launch, pbx, '{"count":1e400,"items":[]}')
  await expect(rules.root.getByRole('alert')).toContainText(/count.*GET \/ip_filters/s)
  await pbx.clearFaults()
  await rules.root.getByRole('button', { name: 'Retry' }).click()
  await rules.search('')
  await expect(rules.rows).not.toHaveCount(0)
})

test('a megabyte in one text is a row like any other', async ({ launch, startPbx }) => {
  const pbx = await startPbx(unheld)
  const body = `{"count":1,"items":[{${row},"description":"${'long '.repeat(210_000)}"}]}`
  const { page, rules } = await showing(launch, pbx, body)
  await expect(rules.row('192.0.2.1/32')).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search servers/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await pbx.clearFaults()
  await rules.search('')
  await expect(rules.rows).not.toHaveCount(1)
})

test('an export of which the PBX lacks a row is incomplete in the notice, in the library and where it is read', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ ...unheld, rules: 420 })
  const fleet = await launchSignedIn(launch, pbx)
  await new IpRulesPage(fleet.page).open()
  await pbx.setFaults({ hiddenRow: 150, onlyPath: 'GET /ip_filters' })
  const exports = new ExportsPage(fleet.page)
  await exports.export('CSV', /All rules/)
  await expect(new Shell(fleet).notice('Export of Acme is incomplete')).toContainText('returned 419 of 420 rows')
  await exports.open()
  const entry = exports.entries.first()
  await expect(entry).toContainText('419 of 420')
  await expect(entry).toContainText('Incomplete')
  await exports.choose('Acme', /Verify/)
  await expect(new Shell(fleet).notice('1 export was modified, or is missing or incomplete')).toBeVisible()
  await expect(exports.root).not.toContainText(/intact|verified/i)
  await exports.read('Acme')
  await expect(exports.view.getByRole('alert')).toContainText(
    'This export is incomplete. GET /ip_filters returned 419 of 420',
  )
  await expect(exports.view).not.toContainText('Verified')
})

test('a response of 31 million values is refused with a message, and the other pages work', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx(unheld)
  const { page } = await launchSignedIn(launch, pbx)
  const overview = new SessionPage(page).overview
  await pbx.setFaults({
    body: `{"version":"22.2.1","calls_in_24_hours":[${'0,'.repeat(31_000_000)}0]}`,
    wire: { coding: 'gzip', framing: 'length' },
    onlyPath: 'GET /admin/status',
  })
  await overview.getByRole('button', { name: 'Refresh' }).click()
  await expect(overview.getByText('Not refreshed: The response to GET /admin/status was refused')).toBeVisible()
  const rules = new IpRulesPage(page)
  await rules.open()
  await expect(rules.rows.first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Search servers/ })).toBeFocused()
})

test('pages that never end are read once, and the export ends', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ ...unheld, rules: 250 })
  const fleet = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await pbx.setFaults({ ignoresSkip: true, lyingCount: true, onlyPath: 'GET /ip_filters' })
  await rules.search('0')
  await expect(rules.rows.first()).toBeVisible()
  const exports = new ExportsPage(fleet.page)
  await exports.export('CSV', /All rules/)
  await expect(new Shell(fleet).notice('Export of Acme is incomplete')).toBeVisible()
  await exports.open()
  // The one page that there is, each of its rows once.
  await expect(exports.entries.locator('.numeric').first()).toHaveText('100 of 507')
})

test('after a redirect, or a body that is too large, the window names the operation', async ({ launch, startPbx }) => {
  const pbx = await startPbx(unheld)
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  for (const fault of ['redirect', 'gzipBomb'] as const) {
    await pbx.setFaults({ [fault]: true, onlyPath: 'GET /ip_filters' })
    await rules.search(fault)
    await expect(rules.root.getByRole('alert')).toContainText(/GET \/ip_filters .*(redirected|body-too-large)/)
    await pbx.clearFaults()
    await rules.search('')
    await expect(rules.rows.first()).toBeVisible()
  }
})
