import type { Page } from 'playwright'
import type { Locator } from 'playwright'
import { expect, test } from '../fixtures'
import { expectNothingMoved, noteBoxes, resize, settled, windowSizes } from '../layout'
import { AccountPage } from '../pages/account'
import { ExportsPage } from '../pages/exports'
import { pasteRows } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { MergedPage } from '../pages/merged'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn, launchWith, numbered, open, signInToAll } from '../servers'

const lists = [
  ['ip-rules', 'IP rules'],
  ['tenants', 'Tenants'],
  ['dealers', 'Dealers'],
  ['transports', 'Transports'],
] as const

/** Ticks two rows as fast as a hand that aimed before the first click. */
async function tickTwo(page: Page, rows: Locator): Promise<void> {
  const boxes = await Promise.all([1, 2].map((at) => rows.nth(at).getByRole('checkbox').boundingBox()))
  for (const box of boxes) await page.mouse.click((box?.x ?? 0) + 6, (box?.y ?? 0) + 6)
  const selected = rows.and(page.locator('[aria-selected=true]'))
  await expect(selected).toHaveCount(2)
  for (const at of [1, 2]) await expect(rows.nth(at)).toHaveAttribute('aria-selected', 'true')
}

for (const size of windowSizes)
  test(`selecting rows moves nothing, at ${size.width}x${size.height}`, async ({ launch, startPbx }) => {
    const fleet = await launchSignedIn(launch, await startPbx({ rules: 40 }))
    const { page } = fleet
    await resize(page, size)
    for (const [resource, tab] of lists) {
      const list = new RecordPage(page, resource, tab)
      await list.open()
      await expect(list.rows.nth(2)).toBeVisible()
      await settled(page)
      await noteBoxes(page)
      await tickTwo(page, list.rows)
      await expectNothingMoved(page)
      await list.root.getByRole('checkbox', { name: 'Select all rows that match' }).check()
      await expectNothingMoved(page)
      await list.root.getByRole('button', { name: 'Clear selection' }).click()
      await expectNothingMoved(page)
    }
  })

test('the mark of a draft moves no tab and covers no label', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx())
  const network = new RecordPage(page, 'network', 'Network')
  await network.open()
  await network.input('primary_dns_server').fill('9.9.9.10')
  const tab = page.getByRole('navigation', { name: 'Pages of this server' }).getByRole('link', { name: /^Network/ })
  const mark = await tab.getByRole('img', { name: 'Unsaved draft' }).locator('svg').boundingBox()
  const label = await tab.evaluate((element) => {
    const range = document.createRange()
    range.selectNodeContents(element.firstChild ?? element)
    return range.getBoundingClientRect().right
  })
  expect(mark?.x).toBeGreaterThanOrEqual(label)
})

test('selecting exports moves nothing', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 5 }))
  const { page } = fleet
  const exports = new ExportsPage(page)
  for (const made of [1, 2, 3]) {
    await open(fleet)
    await new IpRulesPage(page).open()
    await exports.export('CSV')
    await exports.open()
    await expect(exports.entries).toHaveCount(made)
  }
  await noteBoxes(page)
  await tickTwo(page, exports.entries)
  await expectNothingMoved(page)
})

test('sorting, searching and a number that is looked up move nothing', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 40 }))
  const { page } = fleet
  const rules = new IpRulesPage(page)
  await rules.open()
  await noteBoxes(page)
  await rules.grid.getByRole('columnheader').nth(1).getByRole('button').click()
  await expect(rules.grid.locator('[aria-sort=ascending]')).toBeVisible()
  await expectNothingMoved(page)
  const trunks = new RecordPage(page, 'trunk-assignments', 'Trunk assignments')
  await trunks.open()
  await expect(trunks.rows.first()).toBeVisible()
  await noteBoxes(page)
  await trunks.root.getByRole('searchbox', { name: 'Find the owner of a DID' }).fill('4930901000')
  await expect(page.getByTestId('who-has')).toContainText('4930901000')
  await expectNothingMoved(page)
})

test('the message under a field does not move other fields', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const { page } = fleet
  const settings = new RecordPage(page, 'system-settings', 'Settings')
  await settings.open()
  const input = settings.input('dead_session_timeout')
  await input.scrollIntoViewIfNeeded()
  await noteBoxes(page)
  await input.fill('1.5')
  await input.blur()
  await expect(settings.problem('dead_session_timeout')).toBeVisible()
  await expectNothingMoved(page)
})

test('what is found out about a rule while it is typed moves no field', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 0 })
  pbx.addRule({ cidr: '45.10.20.0/24', target: 'DENY', description: 'Scanner' })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit()
  await noteBoxes(page)
  await rules.editor.getByLabel('IP address or range').fill('45.10.20.7')
  await expect(rules.editor.getByText('Overlaps 1 rule')).toBeVisible()
  await expectNothingMoved(page)
})

test('a pause that the PBX requests moves nothing, neither rows nor the buttons of a form', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 60 })
  const { page } = await launchSignedIn(launch, pbx)
  const pause = page.locator('[data-view=pause]').getByText('Rate limit reached. Requests resume in')
  const pauseOn = (onlyPath: string) => pbx.setFaults({ status: 429, retryAfter: '5', onlyPath, times: 1 })
  const rules = new RecordPage(page, 'ip-rules', 'IP rules')
  await rules.open()
  await expect(rules.rows.first()).toBeVisible()
  await noteBoxes(page)
  await pauseOn('GET /ip_filters')
  await rules.root.getByRole('button', { name: 'Refresh' }).click()
  await expect(pause).toBeVisible()
  await expectNothingMoved(page)
  await expect(pause).toBeHidden()

  const network = new RecordPage(page, 'network', 'Network')
  await network.open()
  await network.input('web_domain').fill('new.example.com')
  await noteBoxes(page)
  await pauseOn('GET /network')
  await network.review()
  await expect(pause).toBeVisible()
  await expectNothingMoved(page)
})

for (const size of windowSizes)
  test(`messages move no field of sign-in, account and server form, at ${size.width}x${size.height}`, async ({
    launch,
    startPbx,
  }) => {
    const fleet = await launchWith(launch, await startPbx(), { username: '' })
    const { page } = fleet
    await resize(page, size)
    const session = new SessionPage(page)
    await open(fleet)
    await session.trust()
    const gate = session.gate('needs-password')
    await expect(gate.getByLabel('Username')).toBeFocused()
    await noteBoxes(page)
    await gate.getByRole('button', { name: 'Sign in' }).click()
    await expect(gate.getByText('Enter the password')).toBeVisible()
    await expectNothingMoved(page)
    await session.signIn()
    await expect(session.overview).toBeVisible()

    const account = new AccountPage(page)
    await account.open()
    await account.password.getByLabel('Confirm new password').scrollIntoViewIfNeeded()
    await noteBoxes(page)
    await account.password.getByLabel('Confirm new password').fill('x')
    await expect(account.password.getByText('Passwords do not match')).toBeVisible()
    await expectNothingMoved(page)
    await account.password.getByLabel('Confirm new password').fill('')

    const shell = new Shell(fleet)
    await shell.choose('Acme', 'Edit…')
    const name = shell.dialog.getByLabel('Name', { exact: true })
    const address = shell.dialog.getByLabel('Address', { exact: true })
    await noteBoxes(page)
    await name.fill('')
    await address.fill('no address')
    await expectNothingMoved(page)
    await shell.dialog.getByRole('button', { name: 'Save' }).click()
    await expect(shell.dialog.getByText('Enter a name')).toBeVisible()
    await name.focus()
    await expectNothingMoved(page)
  })

/** Does this in the Columns step, to a control that is in view, and expects that nothing moves. */
async function expectStill(page: Page, control: Locator, act: (control: Locator) => Promise<unknown>): Promise<void> {
  await control.scrollIntoViewIfNeeded()
  await noteBoxes(page)
  await act(control)
  await expectNothingMoved(page)
}

for (const size of windowSizes) {
  test(`mapping columns and entering values for all rows move nothing, at ${size.width}x${size.height}`, async ({
    launch,
    startPbx,
  }) => {
    const fleet = await launchSignedIn(launch, await startPbx({ rules: 1 }))
    const { page } = fleet
    await resize(page, size)
    await new IpRulesPage(page).open()
    const rules = await pasteRows(fleet, 'cidr\tAktion\tLäuft ab\n45.10.20.0/24\tDENY\t2030\n45.10.21.0/24\tDENY\t')
    const field = (name: string) => rules.panel.getByRole('combobox', { name: `Field for ${name}` })
    const set = (label: string) => (control: Locator) => control.selectOption({ label })
    const missing = rules.panel.getByTestId('missing')
    await expect(missing).toHaveText('Required: Action. Map a column or add a value for all rows')
    await expectStill(page, field('Aktion'), set('Action (required)'))
    await expect(missing).toBeHidden()
    await expectStill(page, field('cidr'), set('Do not import'))
    await expect(missing).toContainText('IP address or range')
    await expectStill(page, field('Aktion'), set('Do not import'))
    const fixed = rules.panel.getByTestId('fixed')
    await expectStill(page, fixed.getByText('Block', { exact: true }), (block) => block.click())
    await expectStill(page, fixed.getByLabel('Field without a column'), set('Description'))
    await expectStill(page, fixed.getByLabel('IP address or range'), (input) => input.fill('1'))
    await expectStill(page, field('cidr'), set('IP address or range (required)'))
    await expect(fixed).toContainText('IP address or range: from column “cidr”')
    await expect(missing).toBeHidden()
    await rules.check()
    await rules.button('Back').click()
    await expect(fixed.getByRole('radio', { name: 'Block' })).toBeChecked()
  })

  test(`mapping columns whose cells are hidden until then moves nothing, at ${size.width}x${size.height}`, async ({
    launch,
    startPbx,
  }) => {
    const fleet = await launchSignedIn(launch, await startPbx())
    const { page } = fleet
    await resize(page, size)
    await new RecordPage(page, 'tenants', 'Tenants').open()
    const names = ['Kunde', 'Ländervorwahl und Land des Kunden, in dem seine Nebenstellen sind', 'Zone']
    const tenants = await pasteRows(fleet, `${names.join('\t')}\nAcme\tDEU\tEurope/Berlin`)
    const fields = ['Name (required)', 'General > Country (required)', 'Time zone (required)']
    for (const [at, label] of fields.entries()) {
      const field = tenants.panel.getByRole('combobox', { name: `Field for ${names[at]}` })
      await expectStill(page, field, (control) => control.selectOption({ label }))
    }
    const fixed = tenants.panel.getByTestId('fixed')
    await expectStill(page, fixed.getByLabel('SIP domain'), (domain) => domain.fill('a'))
    await expect(tenants.panel.getByTestId('missing')).not.toContainText('SIP domain')
  })

  test(`mapping columns and selecting servers of a rollout move nothing, at ${size.width}x${size.height}`, async ({
    launch,
    startPbx,
  }) => {
    const servers = await Promise.all([0, 1].map(() => startPbx({ rules: 1 })))
    const fleet = await launch({ servers: numbered(servers), before: signInToAll })
    const { page } = fleet
    await resize(page, size)
    const table = new MergedPage(fleet, 'IP rules')
    await table.open()
    const rules = await pasteRows(fleet, 'cidr\tAktion\tPBX\n45.10.20.0/24\tDENY\tPBX 1\n45.10.21.0/24\tDENY\tPBX 2')
    const field = (name: string) => rules.panel.getByRole('combobox', { name: `Field for ${name}` })
    await expectStill(page, rules.panel.getByRole('checkbox', { name: /^PBX 1/ }), (server) => server.check())
    for (const [name, label] of [
      ['Aktion', 'Action (required)'],
      ['cidr', 'Do not import'],
      ['PBX', 'Server'],
      ['PBX', 'Do not import'],
    ] as const)
      await expectStill(page, field(name), (control) => control.selectOption({ label }))
  })
}
