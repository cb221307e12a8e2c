import { expect, test } from '../fixtures'
import { MergedPage } from '../pages/merged'
import { RecordPage } from '../pages/records'
import { Palette, SearchPage } from '../pages/search'
import { SessionPage } from '../pages/session'
import { launchAs, launchSignedIn } from '../servers'

test('a role that changes while a form is filled in leads to Overview with the reason, and nothing that was typed is lost', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6' })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const network = new RecordPage(page, 'network', 'Network')
  const tabs = page.getByRole('navigation', { name: 'Pages of this server' })
  await network.open()
  await network.input('web_domain').fill('new.example.com')
  await pbx.setFaults({ actsAs: 'Dealer' })
  await network.review()
  const note = page.getByText('Network is not available to the role Dealer. Your changes there are kept as a draft.')
  await expect(note).toBeVisible()
  await expect(new SessionPage(page).overview).toBeVisible()
  await expect(tabs.getByRole('link')).toHaveText(['Overview', 'Tenants', 'Dealers', 'Account'])

  await pbx.clearFaults()
  await pbx.setFaults({ expireTokens: true })
  await page.getByRole('button', { name: 'Refresh' }).first().click()
  await expect(tabs.getByText('Transports')).toHaveCount(1)
  await network.open()
  await expect(note).toHaveCount(0)
  await expect(network.root.getByText('Your unsaved draft was restored.')).toBeVisible()
  await expect(network.input('web_domain')).toHaveValue('new.example.com')
})

test('a role that may only view a page gets it read-only, without the file that only full access may have', async ({
  launch,
  startPbx,
}) => {
  const capabilities = ['SystemSettings.ViewOnly', 'Trunk.FullAccess']
  const pbx = await startPbx({ version: '22.6', faults: { capabilities } })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const viewOnly = page.getByText('Your role on this server does not allow changes here.')
  const transports = new RecordPage(page, 'transports', 'Transports')
  await transports.open()
  await expect(viewOnly).toBeVisible()
  await expect(transports.root.getByRole('button', { name: 'New transport' })).toHaveCount(0)

  const rules = new RecordPage(page, 'ip-rules', 'IP rules')
  await rules.open()
  await expect(viewOnly).toBeVisible()
  await rules.root.getByRole('button', { name: 'Export…' }).click()
  await expect(page.getByRole('dialog').getByRole('radio', { name: 'CSV' })).toBeVisible()
  await expect(page.getByRole('dialog').getByText('PBX export file (original)')).toHaveCount(0)
  await page.keyboard.press('Escape')
})

test('a page about which nothing is known says so; a session that may be another one’s is read, but changes wait for a sign-in', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ faults: { status: 500, onlyPath: 'GET /auth/user' } })
  const fleet = await launchAs(launch, pbx, 'Dealer')
  const { page } = fleet
  const tabs = page.getByRole('navigation', { name: 'Pages of this server' })
  await page.getByRole('link', { name: 'Dealers' }).click()
  await expect(page.locator('[data-note=permission]')).toHaveText(
    'Whether this account may use this page is not known. The PBX may refuse requests.',
  )
  const unverified = page.locator('[data-note=unverified]')
  await expect(unverified).toHaveCount(0)

  await pbx.setFaults({ expireTokens: true })
  await page.getByRole('button', { name: 'Refresh' }).first().click()
  await expect(unverified).toContainText('does not report whose session this is')
  await expect(tabs).toBeVisible()
  await unverified.getByRole('button', { name: 'Sign in again…' }).click()
  await expect(unverified).toHaveCount(0)
  await expect(new SessionPage(page).gate('signed-out')).toBeVisible()
})

test('a dealer reads what was not searched and why, in search, palette, answers about an address and tables of the fleet', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ faults: { actsAs: 'Dealer' } })
  const fleet = await launchSignedIn(launch, pbx)
  const search = new SearchPage(fleet)
  const palette = new Palette(fleet)
  const lists = 'IP rules, Transports, Trunk assignments'
  await search.open()
  await search.box.fill('192.0.2.1')
  await expect(search.root.getByTestId('servers-read')).toContainText('0 of 1 server read, 1 in part')
  await expect(search.root.getByTestId('not-searched')).toHaveText([
    new RegExp(`^Not searched on .+: ${lists}$`),
    'Only what your dealer account sees was searched on Acme',
  ])
  await expect(search.answers.getByTestId('effects')).toHaveText('No IP rules were searched: no permission on 1 server')
  await expect(search.root.getByTestId('nothing')).toHaveText('No records found in the readable lists of 1 server')
  await search.root.getByTestId('missing').click()
  await expect(search.root.getByRole('list', { name: 'Missing servers' })).toContainText(`No permission: ${lists}`)

  await palette.find('192.0.2.1')
  await expect(palette.searched).toHaveText('0 of 1 server searched, 1 in part')
  await expect(fleet.page.getByRole('dialog').getByTestId('not-searched')).toContainText([
    lists,
    'Only what your dealer account sees',
  ])
  await fleet.page.keyboard.press('Escape')

  await fleet.page
    .getByRole('navigation', { name: 'Workspace' })
    .getByRole('link', { name: 'Fleet', exact: true })
    .click()
  const dealers = new MergedPage(fleet, 'Dealers')
  await dealers.open()
  await dealers.filter.fill('no such dealer')
  await expect(dealers.root.getByTestId('nothing')).toHaveText(
    'No dealers that your accounts see match the filter on the server that was read',
  )
  await expect(dealers.root.getByTestId('scope')).toHaveText('Only what your dealer account sees was read on Acme')
  const rules = new MergedPage(fleet, 'IP rules')
  await rules.open()
  await expect(rules.root.getByText('1 server not read: no permission')).toBeVisible()
})
