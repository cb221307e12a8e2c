import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fleet'
import { resize, restoreSize, windowSizes } from '../layout'
import { Board } from '../pages/board'
import { MergedPage } from '../pages/merged'

test('tenants, rules and settings of 40 servers are one table each: filtered, sorted, copied, exported and opened on their server', async ({
  launchFleet,
}) => {
  const { fleet, servers, first } = await launchFleet()
  const { page } = fleet
  const board = new Board(fleet)
  const rules = new MergedPage(fleet, 'IP rules')
  const tenants = new MergedPage(fleet, 'Tenants')

  // Before anyone has signed in, an empty table is no all-clear.
  await rules.open()
  await expect(rules.serversRead).toHaveText('0 of 40 servers read')
  await expect(rules.root.getByTestId('nothing')).toHaveText('40 servers not read')
  await expect(rules.missing).toHaveText('40 servers missing')

  await rules.root.getByRole('button', { name: 'Sign in to 40' }).click()
  const readable = servers.filter(({ pbx, kind }) => pbx !== undefined && !missing.includes(kind))
  const count = readable.reduce((sum, { pbx }) => sum + (pbx?.rules().length ?? 0), 0)
  await expect(rules.count).toHaveText(`${count.toLocaleString('en')} rules`)
  await expect(rules.serversRead).toHaveText(/^31 of 40 servers read/)
  // The age of a row is in sight, and in a small window no piece of a header is beside the button for columns.
  await expect(rules.rows.first()).toContainText('just now')
  await resize(page, windowSizes[1])
  const edge = await rules.root.getByRole('grid').evaluate((grid) => {
    const { left, top } = grid.getBoundingClientRect()
    const at = document.elementFromPoint(left + grid.clientWidth - 1, top + 17)
    return { isScrolled: grid.scrollWidth > grid.clientWidth, isHeader: at?.closest('[role=columnheader]') !== null }
  })
  expect(edge).toEqual({ isScrolled: true, isHeader: false })
  await restoreSize(page)
  await rules.missing.click()
  const gone = first('refuses-connections').name
  await expect(rules.root.getByRole('list', { name: 'Missing servers' })).toContainText(gone)

  // One server by name, one address within a range, the soonest end first.
  const known = first('allow-rules-expire')
  await rules.filter.fill(`server:"${known.name}"`)
  await expect(rules.count).toHaveText(`${known.pbx?.rules().length} rules match`)
  await expect(rules.serversRead).toHaveText(/^1 of 1 server read/)
  await rules.filter.fill(`server:"${known.name}" expires<30d`)
  await rules.root
    .getByRole('columnheader', { name: /Expires/ })
    .getByRole('button')
    .first()
    .click()
  await expect(rules.rows.first()).toContainText('Expires soon')
  await rules.filter.fill('198.51.100.5')
  await expect(rules.rows.first()).toContainText('198.51.100.0/28')
  await expect(rules.count).toHaveText('31 rules match')

  // A filter that cannot be read shows nothing, as all rows would look like its result.
  await rules.filter.fill('foo:bar 198.51.100.5')
  await expect(rules.root.getByRole('alert')).toContainText('There is no filter “foo:”')
  await expect(rules.root.getByRole('button', { name: 'Export…' }).first()).toBeDisabled()
  await expect(rules.count).toHaveText('')
  await rules.filter.fill('server:nobody')
  await expect(rules.root.getByTestId('nothing')).toHaveText('No servers match the filter')
  await rules.filter.fill('198.51.100.5')
  await expect(rules.count).toHaveText('31 rules match')

  // What is copied and saved is what is shown, and the file says which servers are missing.
  await rules.rows.first().getByRole('checkbox').check()
  await rules.rows.nth(1).getByRole('checkbox').check()
  await page.keyboard.press('Control+c')
  await expect(page.getByText('2 rows copied')).toBeVisible()
  const copied = await fleet.app.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied.split('\n')).toHaveLength(3)
  expect(copied.split('\n')[0]).toBe('Server\tRead at\tIP address or range\tAction\tExpires\tDescription')
  expect(copied.split('\n')[1]).toContain('198.51.100.0/28')
  await rules.root.getByRole('button', { name: 'Clear selection' }).click()
  const file = join(fleet.profile, 'rules.csv')
  await fleet.answerDialogs([file])
  await rules.root.getByRole('button', { name: 'Export…' }).first().click()
  await expect(page.getByText('31 rows exported')).toBeVisible()
  await expect(page.getByText(`Saved as rules.csv in ${fleet.profile}. The Exports page lists`)).toBeVisible()
  const saved = await readFile(file, 'utf8')
  expect(saved.trim().split('\r\n')).toHaveLength(33)
  expect(saved).toContain('31 of 40 servers; missing: ')
  expect(saved).toContain(gone)

  // A row opens on its server.
  await tenants.open()
  const tenant = known.pbx?.tenants()[1]
  await tenants.filter.fill(`server:"${known.name}" ${tenant?.domain}`)
  await expect(tenants.count).toHaveText('1 tenant matches')
  await tenants
    .row(tenant?.domain ?? '')
    .first()
    .dblclick()
  await expect(page).toHaveURL(/\/tenants/)
  await expect(page.getByRole('dialog')).toContainText(tenant?.name ?? '')
  await page.keyboard.press('Escape')

  // Settings are one row per server.
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Fleet', exact: true }).click()
  await expect(board.rows.first()).toBeVisible()
  const settings = new MergedPage(fleet, 'System settings')
  await page.getByRole('navigation', { name: 'Fleet' }).getByRole('link', { name: 'Settings', exact: true }).click()
  await expect(settings.count).toHaveText('31 servers')
  await settings.root.getByRole('combobox').selectOption({ label: 'Network' })
  await expect(new MergedPage(fleet, 'Network').count).toHaveText('31 servers')
})

/** Servers of these kinds cannot be signed in to. */
const missing: readonly string[] = [
  'refuses-connections',
  'black-hole',
  'bad-gateway',
  'blocked',
  'certificate-changed',
  'untrusted',
  'otp',
  'wrong-password',
  'no-password',
]

test('servers that are selected in the sidebar are one table; a change by this app and a server that fails are seen in it', async ({
  launchFleet,
}) => {
  const { fleet, servers } = await launchFleet(6)
  const { page } = fleet
  const [one, two] = [servers[0], servers[1]]
  if (one?.pbx === undefined || two?.pbx === undefined) throw new Error('The fleet has two servers')
  const board = new Board(fleet)
  const rules = new MergedPage(fleet, 'IP rules')
  await board.signInToAll()
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  const item = (name: string) => page.getByRole('treeitem').filter({ hasText: name }).first()
  await item(one.name).click({ modifiers: ['ControlOrMeta'] })
  await item(two.name).click({ modifiers: ['ControlOrMeta'] })
  await expect(item(one.name)).toHaveAttribute('aria-selected', 'true')
  await item(two.name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show their tenants, rules and settings' }).click()
  await rules.open()
  const total = () => (one.pbx?.rules().length ?? 0) + (two.pbx?.rules().length ?? 0)
  await expect(rules.count).toHaveText(`${total()} rules`)
  await expect(rules.root.getByRole('button', { name: '2 selected servers' })).toBeVisible()

  // Another user adds a rule: it is there after a refresh. One server fails then, and its earlier rows stay.
  const before = one.pbx.rules().length
  two.pbx.addRule({ cidr: '203.0.113.7/32', target: 'DENY', description: 'by another user' })
  await one.pbx.setFaults({ refuseConnections: true })
  await rules.root.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(rules.missing).toHaveText('1 server missing')
  await expect(rules.serversRead).toHaveText(/^1 of 2 servers read/)
  await page.mouse.move(0, 0)
  await rules.filter.fill('203.0.113.7')
  await expect(rules.row('by another user')).toBeVisible()
  await rules.filter.fill(`server:"${one.name}"`)
  await expect(rules.count).toHaveText(`${before} rules match`)
  await one.pbx.setFaults({ refuseConnections: false })
  await rules.filter.fill('')
  await rules.root.getByRole('button', { name: 'Retry 1' }).click()
  await expect(rules.serversRead).toHaveText(/^2 of 2 servers read/)
  await rules.root.getByRole('button', { name: '2 selected servers' }).click()
  await expect(rules.serversRead).toHaveText(/ of 6 servers read/)
})

test('rows stay selected while the board is computed again, until other servers are shown', async ({ launchFleet }) => {
  const { fleet } = await launchFleet(3, { alone: true })
  const { page } = fleet
  const rules = new MergedPage(fleet, 'IP rules')
  const selected = rules.root.getByText(/rules? selected$/)
  await page.clock.install()
  // Its timers are those of the clock.
  await fleet.reload()
  await new Board(fleet).signInToAll()
  await rules.open()
  await rules.filter.fill('INVITE')
  await rules.root.getByRole('checkbox', { name: 'Select all rows that match' }).check()
  await expect(selected).toHaveText(/^[1-9]\d* rules? selected$/)
  await page.clock.runFor(60_000)
  await expect(selected).toHaveText(/^[1-9]\d* rules? selected$/)
  await rules.filter.fill('INVITE folder:Germany')
  await expect(rules.root.getByRole('checkbox', { name: 'Select all rows that match' })).not.toBeChecked()
})
