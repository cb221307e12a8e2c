import type { Page } from 'playwright'
import { expect, test } from '../fixtures'
import { lowWindow, overflows, resize, windowSizes } from '../layout'
import { ImportPage } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'

const endless = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung'.repeat(3)

/** What is open now fits its frame at each size of the window; the last is what a zoom of 200 % leaves of the first. */
async function check(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('dialog').first()).toBeVisible()
  for (const size of [...windowSizes, lowWindow]) {
    await resize(page, size)
    expect.soft(await overflows(page, 'dialog'), `${what} at ${size.width}x${size.height}`).toEqual([])
  }
  await resize(page, windowSizes[0])
}

async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  const discard = page.getByRole('button', { name: 'Discard changes', exact: true })
  await expect(discard.or(page.locator('body:not(:has(dialog[open]))'))).toBeVisible()
  if (await discard.isVisible()) await discard.click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('a new assignment offers to strip prefixes, and nothing leaves the panel', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx())
  const trunks = new RecordPage(page, 'trunk-assignments', 'Trunk assignments')
  await trunks.open()
  await trunks.root.getByRole('button', { name: 'New assignment' }).click()
  await expect(page.getByRole('list', { name: 'Tenants' }).getByRole('listitem').first()).toBeVisible()
  await check(page, 'choice of a tenant')
  await page.getByRole('list', { name: 'Tenants' }).getByRole('button').and(page.locator(':enabled')).first().click()
  await trunks.input('did_numbers').fill(`+49 30 901 0010\n004930901${'0'.repeat(40)}\n${endless}\n2000-1000`)
  await trunks.input('did_numbers').blur()
  await expect(page.locator('[data-offer=prefix]')).toBeVisible()
  await check(page, 'assignment')
  const strip = await page.getByRole('button', { name: 'Remove prefixes' }).boundingBox()
  const notice = await page.locator('[data-offer=prefix]').boundingBox()
  expect((strip?.x ?? 0) + (strip?.width ?? 0)).toBeLessThanOrEqual((notice?.x ?? 0) + (notice?.width ?? 0))
})

test('no panel of the lists is left by its content, with long words in it', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ version: '22.6', rules: 3 })
  pbx.addRule({ cidr: '45.10.20.0/24', target: 'DENY', description: endless })
  const { page } = await launchSignedIn(launch, pbx, { protection: 'type-name', name: `Acme ${endless.slice(0, 70)}` })
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '45.10.20.7', description: endless })
  await expect(rules.editor.getByText('Overlaps 1 rule')).toBeVisible()
  await check(page, 'rule')
  await rules.review()
  await check(page, 'review of a rule')
  await leave(page)
  await rules.rows.first().getByRole('checkbox').check()
  await rules.startDelete()
  await check(page, 'delete rules')
  await leave(page)
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await page.getByRole('button', { name: 'Export…' }).first().click()
  await check(page, 'export')
  await leave(page)
  await new ImportPage(page).open()
  await check(page, 'import')
  await leave(page)
  for (const [resource, tab] of [
    ['tenants', 'Tenants'],
    ['dealers', 'Dealers'],
    ['transports', 'Transports'],
  ] as const) {
    const list = new RecordPage(page, resource, tab)
    await list.open()
    await list.rows.first().dblclick()
    await expect(list.field(resource === 'transports' ? 'port' : 'name')).toBeVisible()
    await check(page, `${tab}, one row`)
    await leave(page)
  }
})

test('no dialog of the workspace is left by its content', async ({ fleet }) => {
  const { page } = fleet
  const shell = new Shell(fleet)
  await shell.add(/Add a server/)
  await shell.dialog.getByLabel('Name', { exact: true }).fill(endless.slice(0, 80))
  await shell.dialog.getByRole('button', { name: 'Add and connect' }).click()
  await check(page, 'server form')
  await shell.dialog.getByRole('button', { name: 'Cancel' }).click()
  const discard = page.getByRole('button', { name: /^Discard/ })
  if (await discard.isVisible()) await discard.click()
  await shell.add(/Add a practice server/)
  await check(page, 'practice server')
  await leave(page)
  await page.keyboard.press('Control+k')
  await check(page, 'palette')
  await leave(page)
  await shell.nativeMenu('about')
  await check(page, 'about')
})
