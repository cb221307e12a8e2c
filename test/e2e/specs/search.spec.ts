import type { Locator, Page } from 'playwright'
import { cidrOf, overlaps, type Cidr } from '@shared/domain/cidr'
import { parseDids } from '@shared/domain/did'
import { seriousFindings } from '../axe'
import { alone } from '../fixtures'
import { expect, test, type LaunchedFleet } from '../fleet'
import { resize, restoreSize, windowSizes } from '../layout'
import { Board } from '../pages/board'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { JournalPage } from '../pages/journal'
import { Palette, SearchPage } from '../pages/search'
import { ServerForm } from '../pages/server-form'
import { Shell } from '../pages/shell'
import { checkReach } from '../reach'
import { launchSignedIn } from '../servers'

interface Wanted {
  readonly server: string
  readonly number: string
  readonly assignment: string
  readonly tenant: string
  readonly domain: string
  readonly address: string
  readonly range: string
}

/** Things that are on one server, from its practice PBX. */
function wantedOf({ servers, first }: LaunchedFleet): Wanted {
  const { name: server, pbx } = first('fine')
  const others = servers.filter(({ name }) => name !== server).flatMap((other) => other.pbx?.rules() ?? [])
  const isElsewhere = (range: Cidr): boolean =>
    others.some(({ cidr }) => {
      const other = cidrOf(cidr)
      return other !== undefined && overlaps(other, range)
    })
  // An IPv4 range that meets no rule of another server.
  const rule = pbx?.rules().find(({ cidr, target, expire_at: end }) => {
    const range = cidrOf(cidr)
    return target === 'DENY' && !end && range?.family === 'ipv4' && !isElsewhere(range)
  })
  const assignment = pbx?.assignments().find(({ numbers }) => numbers.length > 10)
  const tenant = pbx?.tenants().find(({ domain }) => domain === 'tenant2.example')
  const range = parseDids(assignment?.numbers)[0]
  if (rule === undefined || assignment === undefined || tenant === undefined || range === undefined)
    throw new Error('The practice server has no such data')
  return {
    server,
    number: (BigInt(range.from) + 3n).toString(),
    assignment: assignment.tenant,
    tenant: tenant.name,
    domain: tenant.domain,
    address: rule.cidr.split('/')[0] ?? '',
    range: rule.cidr,
  }
}

const withTexts = (rows: Locator, ...texts: readonly (string | RegExp)[]): Locator =>
  texts.reduce((left, text) => left.filter({ hasText: text }), rows)

test('a number, a tenant, a domain and an address are each found from the home page with one query, also with the servers gone and after a restart', async ({
  launchFleet,
}) => {
  // Changes in the journal would be found, too.
  const launched = await launchFleet(40, { alone: true })
  const { fleet, servers } = launched
  let { page } = fleet
  const board = new Board(fleet)
  let [palette, search] = [new Palette(fleet), new SearchPage(fleet)]
  await board.signInToAll()
  await expect(board.attention).toContainText('(5)')
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  const { server, number, assignment, tenant, domain, address, range } = wantedOf(launched)

  // Nothing was read for the search yet: the results arrive while it reads.
  await palette.find(`+${number.slice(0, 2)} ${number.slice(2, 4)} ${number.slice(4)}`)
  await expect(withTexts(palette.options, 'Trunk assignment', server, assignment).first()).toBeVisible()
  await expect(palette.searched).toHaveText('31 of 40 servers searched')
  await page.keyboard.press('Escape')
  // More than are listed: the palette says so, and its last entry opens the page with all of them.
  await palette.find('203.0.113.41')
  await expect(palette.results).toHaveText('20 of 31 results')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText('All 31 results for “203.0.113.41”')
  await page.keyboard.press('Enter')
  await expect(search.box).toHaveValue('203.0.113.41')
  await expect(search.root.getByTestId('count')).toHaveText('31 results')
  await expect(search.rows.first()).toContainText('just now')
  for (const size of windowSizes) {
    await resize(page, size)
    await search.expectNoColumnHidden('Results')
  }
  await restoreSize(page)
  await palette.find(`${tenant} `)
  await expect(withTexts(palette.options, 'Tenant', tenant).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await palette.find(address)
  await expect(withTexts(palette.options, 'IP rule', range, server)).toBeVisible()
  await page.getByRole('option', { name: /Search all servers for/ }).click()
  await expect(search.answers.getByRole('row', { name: server })).toContainText(`Blocked`)
  await expect(search.answers.getByRole('row', { name: server })).toContainText(`Block ${range}`)
  await expect(search.answers.getByTestId('effects')).toHaveText(
    'Blocked on 1 of 31 servers, allowed on 0, no rule on 30; 9 not read',
  )
  await expect(search.answers.getByTestId('no-rule')).toContainText('No rule on 30 servers')
  await search.box.fill(domain.toUpperCase())
  await expect(withTexts(search.rows, 'Tenant', server, domain)).toBeVisible()

  // The servers are gone: what was read is found with its age, and the page says what is missing.
  for (const { pbx } of servers) await pbx?.setFaults({ refuseConnections: true })
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Fleet', exact: true }).click()
  await board.root.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(board.state('problem')).toHaveText(/3[0-9]/)
  await palette.find(address)
  await expect(withTexts(palette.options, 'IP rule', range, server)).toContainText(/just now|min ago/)
  await page.getByRole('option', { name: /Search all servers for/ }).click()
  await expect(search.answers.getByRole('row', { name: server })).toContainText('Blocked')
  await search.box.fill(number)
  await expect(withTexts(search.rows, 'Trunk assignment', server, assignment).first()).toBeVisible()
  await search.box.fill('no such thing anywhere')
  await expect(search.root.getByTestId('nothing')).toHaveText(
    /No records found on \d+ servers?\. \d+ servers? not searched/,
  )

  // The app starts while no server can be reached: what was read by then is found, and no answer is an all-clear.
  await fleet.restart()
  page = fleet.page
  ;[palette, search] = [new Palette(fleet), new SearchPage(fleet)]
  await palette.find(address)
  await expect(withTexts(palette.options, 'IP rule', range, server)).toContainText(/just now|min ago/)
  await page.getByRole('option', { name: /Search all servers for/ }).click()
  await expect(search.answers.getByRole('row', { name: server })).toContainText(`Block ${range}`)
  await expect(search.serversRead).toHaveText(/^0 of 40 servers read/)
  await search.box.fill(`+${number}`)
  await expect(withTexts(search.rows, 'Trunk assignment', server, assignment).first()).toBeVisible()
})

/** Moves with a key to what has the focus or selection then. */
async function pressUntil(page: Page, key: string, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60 && (await wanted.count()) === 0; presses += 1) await page.keyboard.press(key)
}

test('a change and an export are found from the home page with one query, and opened with keys alone', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3 })
  pbx.addRule({ cidr: '41.77.0.1/32', target: 'DENY', description: 'Scanner' })
  const fleet = await launchSignedIn(alone(launch), pbx)
  const { page } = fleet
  const [rules, exports, journal] = [new IpRulesPage(page), new ExportsPage(page), new JournalPage(page)]
  const [shell, palette, search] = [new Shell(fleet), new Palette(fleet), new SearchPage(fleet)]
  await rules.open()
  await rules.edit('41.77.0.1/32')
  await rules.fill({ description: 'Botnet' })
  await rules.review()
  await rules.send()
  await rules.closeOutcome()
  await exports.export('CSV')
  const finished = shell.notice('Export of Acme finished')
  await finished.locator('.n-base-close').click()
  await expect(finished).toBeHidden()
  await shell.goTo('Fleet')

  const query = 'acme ip rules'
  const change = palette.options.filter({ hasText: 'rule 41.77.0.1/32' })
  const file = palette.options.filter({ hasText: /Acme ip-rules .*csv/ })
  await palette.find(query)
  await expect(change).toContainText(/Change: Done · Acme · (just now|1 min ago) · .*Description: Scanner → Botnet/)
  await expect(file).toHaveCount(1)
  await pressUntil(page, 'ArrowUp', change.and(page.locator('[aria-selected=true]')))
  await page.keyboard.press('Enter')
  await expect(journal.entry).toContainText('Change: Done.')
  await expect(journal.entry.locator('[data-field=description]')).toContainText('Botnet')
  await page.keyboard.press('Escape')
  await expect(journal.entry).toBeHidden()

  await palette.find(query)
  await expect(change).toBeVisible()
  await pressUntil(page, 'ArrowDown', file.and(page.locator('[aria-selected=true]')))
  await page.keyboard.press('Enter')
  await expect(exports.rows.filter({ hasText: '41.77.0.1/32' })).toContainText('Botnet')

  await search.open()
  await page.keyboard.type(query)
  await expect(search.found('Exports').filter({ hasText: 'IP rules' })).toContainText('Acme')
  await expect(search.found('Journal')).toHaveCount(1)
  // The table above is empty: it is about records, and says what was found.
  await expect(search.root.getByTestId('nothing')).toHaveText(/^No records found on 1 server$/)
  await expect(search.root.getByTestId('found-below')).toHaveText('Found below: 1 change in the journal, 1 export')
  expect.soft(await seriousFindings(page)).toEqual([])
  await checkReach(page, 'Search with a change and an export')
  await resize(page, windowSizes[0])
  for (const table of ['Results', 'Journal', 'Exports'] as const) await search.expectNoColumnHidden(table)
  await restoreSize(page)
  await search.box.focus()
  await page.keyboard.press('ArrowDown')
  await expect(search.root.getByRole('grid', { name: 'Journal' })).toBeFocused()
  await pressUntil(page, 'Tab', search.root.getByRole('grid', { name: 'Exports' }).and(page.locator(':focus')))
  await page.keyboard.press('Enter')
  await expect(exports.rows.filter({ hasText: '41.77.0.1/32' })).toBeVisible()
  // The page opens with what was searched for last, selected.
  await search.open()
  await expect(search.box).toHaveValue(query)
  await page.keyboard.press('Delete')
  await expect(search.found('Journal')).toHaveCount(0)
  await page.keyboard.type(query)
  // What was found for the letters before is shown until then.
  for (const id of ['found-journal', 'found-exports'])
    await expect(search.root.getByTestId(id)).toHaveAttribute('aria-busy', 'false')
  await expect(search.found('Journal')).toHaveCount(1)
  await expect(search.root.getByTestId('found-below')).toHaveText('Found below: 1 change in the journal, 1 export')
  await pressUntil(page, 'ArrowDown', search.root.getByRole('grid', { name: 'Journal' }).and(page.locator(':focus')))
  await page.keyboard.press('Enter')
  await expect(journal.entry).toContainText('Change: Done.')
})

test('nothing that was read as a user is found once the domain of the user is another one', async ({ launchFleet }) => {
  const { fleet, first } = await launchFleet(2)
  const { name } = first('fine')
  const [shell, board, search] = [new Shell(fleet), new Board(fleet), new SearchPage(fleet)]
  await board.signInToAll()
  await search.open()
  await search.box.fill('tenant2.example')
  await expect(withTexts(search.rows, 'Tenant', name).first()).toBeVisible()

  await shell.choose(name, /^Edit/)
  const form = new ServerForm(fleet.page)
  await form.field('Tenant domain').fill('other.example')
  await form.save()
  await expect(withTexts(search.rows, name)).toHaveCount(0)
  await fleet.restart()
  const again = new SearchPage(fleet)
  await again.open()
  await again.box.fill('tenant2.example')
  await expect(again.serversRead).toHaveText(/^\d of 2 servers read/)
  await expect(withTexts(again.rows, name)).toHaveCount(0)
})
