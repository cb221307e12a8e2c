import { alone } from '../fixtures'
import { expect, test } from '../fleet'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { Palette, SearchPage } from '../pages/search'
import { launchSignedIn } from '../servers'

test('a hit opens the list of its server with its row, from there its form; Back shows the search as it was, and a hit that is gone is reported', async ({
  launch,
  startPbx,
}) => {
  // More rules than are looked through.
  const pbx = await startPbx({ rules: 640 })
  const range = '41.77.0.1/32'
  const { id } = pbx.addRule({ cidr: range, target: 'DENY', description: 'Scanner' })
  const [near] = pbx.rules()
  const [assignment] = pbx.assignments()
  if (near === undefined || assignment === undefined) throw new Error('The practice server has no such data')
  const fleet = await launchSignedIn(alone(launch), pbx)
  const { page } = fleet
  const [rules, search, palette] = [new IpRulesPage(page), new SearchPage(fleet), new Palette(fleet)]
  const trunks = new RecordPage(page, 'trunk-assignments', 'Trunk assignments')
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  const selected = page.locator('[data-index][aria-selected=true]')

  // Far down the list: it is narrowed to the name.
  await search.open()
  await search.box.fill('scanner')
  await search.rows.filter({ hasText: range }).dblclick()
  await expect(selected).toContainText(range)
  await expect(selected).toBeInViewport()
  await expect(rules.grid).toBeFocused()
  await expect(rules.root.getByRole('searchbox')).toHaveValue(range)
  await expect(rules.editor).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(rules.editor.getByLabel('Description')).toHaveValue('Scanner')
  await page.keyboard.press('Escape')
  await expect(rules.editor).toBeHidden()
  await page.goBack()
  await expect(search.box).toHaveValue('scanner')
  await expect(search.root.getByRole('grid', { name: 'Results' })).toBeFocused()
  await expect(search.activeRow).toContainText(range)

  // Among the first rows, in the whole list.
  await search.box.fill(near.cidr)
  const hit = search.rows.filter({ hasText: near.cidr }).first()
  await hit.click()
  await page.keyboard.press('Enter')
  await expect(selected).toContainText(near.cidr)
  await expect(rules.root.getByRole('searchbox')).toHaveValue('')
  await expect(rules.grid).toBeFocused()

  // The answer about an address, in the rules that contain it.
  await page.goBack()
  await search.box.fill('41.77.0.1')
  // The answer to the search before is shown until then.
  await expect(search.answers.getByRole('heading')).toHaveText('41.77.0.1')
  await search.answers.getByRole('button', { name: 'Acme' }).click()
  await expect(selected).toContainText(range)
  await expect(rules.root.getByRole('searchbox')).toHaveValue('41.77.0.1')
  await expect(rules.grid).toBeFocused()

  // The palette, also for the page that is open.
  await palette.find('scanner')
  await palette.options.filter({ hasText: range }).click()
  await expect(selected).toContainText(range)
  await palette.find('tenant2.example')
  await palette.options.filter({ hasText: 'SIP domain: tenant2.example' }).filter({ hasText: 'Tenant ·' }).click()
  await expect(selected).toContainText('tenant2.example')
  await expect(tenants.panel).toBeHidden()
  await palette.find(assignment.tenant)
  await palette.options.filter({ hasText: 'Trunk assignment' }).first().click()
  await expect(selected).toContainText(assignment.tenant)
  await page.keyboard.press('Enter')
  await expect(trunks.panel.getByTestId('about')).toContainText(assignment.tenant)
  await page.keyboard.press('Escape')

  // The search has it from earlier rows.
  pbx.removeRule(id)
  await palette.find('scanner')
  await palette.options.filter({ hasText: range }).click()
  await expect(page.getByRole('alert')).toContainText('This rule is no longer on the server')
  await expect(selected).toHaveCount(0)
})
