import { expect, test } from '../fixtures'
import { NewCustomerPage } from '../pages/new-customer'
import { RecordPage } from '../pages/records'
import { openServerTab } from '../pages/server-tab'
import { Shell } from '../pages/shell'
import { restoreSize, resize, windowSizes } from '../layout'
import { checkReach as check } from '../reach'
import { launchAs, launchSignedIn } from '../servers'

const pages = [
  ['tenants', 'Tenants'],
  ['dealers', 'Dealers'],
  ['ip-rules', 'IP rules'],
  ['transports', 'Transports'],
  ['trunk-assignments', 'Trunk assignments'],
  ['system-settings', 'Settings'],
  ['notification', 'Notifications'],
  ['network', 'Network'],
  ['sbc', 'SBC & IM'],
  ['certificate', 'Certificate'],
  ['license', 'License'],
  ['brand', 'Rebranding'],
] as const

test('every control and column of a server is within reach', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx({ version: '22.6', rules: 60 }))
  await check(page, 'Overview')
  for (const [resource, tab] of pages) {
    await new RecordPage(page, resource, tab).open()
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    await check(page, tab)
  }
})

test('every control of what a dealer sees is within reach', async ({ launch, startPbx }) => {
  const { page } = await launchAs(launch, await startPbx(), 'Dealer')
  await check(page, 'Overview of a dealer')
  for (const [resource, tab] of [
    ['tenants', 'Tenants'],
    ['dealers', 'Dealers'],
    ['dealer', 'Account'],
  ] as const) {
    await new RecordPage(page, resource, tab).open()
    await check(page, `${tab} of a dealer`)
  }
})

test('every control of a new customer is within reach', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx({ tenants: 3, dealers: 3 }))
  const customer = new NewCustomerPage(page)
  await page.getByRole('link', { name: 'Fleet', exact: true }).click()
  await page.getByRole('link', { name: 'New customer…' }).click()
  await customer.at('server')
  await check(page, 'Server of a new customer')
  await customer.root.getByRole('radio').first().check()
  await customer.next()
  await customer.at('tenant')
  await check(page, 'Tenant of a new customer')
})

test('every control of the app’s own pages is within reach', async ({ fleet }) => {
  const { page } = fleet
  const shell = new Shell(fleet)
  await check(page, 'first run')
  await shell.goTo('Settings')
  await check(page, 'settings')
  await shell.goTo('Exports')
  await check(page, 'exports')
  // Without rows, the columns are scrolled at the bottom of the table, as with rows.
  const [grid, table] = await Promise.all(
    [page.getByRole('grid', { name: 'Exports' }), page.locator('.table')].map((element) => element.boundingBox()),
  )
  const bottom = (box: typeof grid) => (box?.y ?? 0) + (box?.height ?? 0)
  expect(bottom(table) - bottom(grid)).toBeLessThanOrEqual(2)
})

test('a notification covers nothing of a page', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx())
  await new RecordPage(page, 'ip-rules', 'IP rules').open()
  await page.getByRole('button', { name: 'Export…' }).first().click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Export/ })
    .click()
  const notice = page.locator('.n-notification')
  await notice.hover()
  for (const size of windowSizes) {
    await resize(page, size)
    const [box, main, settings] = await Promise.all([
      notice.boundingBox(),
      page.getByRole('main').boundingBox(),
      page.getByRole('link', { name: 'Settings' }).first().boundingBox(),
    ])
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(main?.x ?? 0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(settings?.y ?? 0)
  }
  await restoreSize(page)
})

test('every control of a tenant’s administrator, and of the pages of all servers, is within reach', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6' })
  const { page } = await launchAs(launch, pbx, 'Admin')
  for (const tab of ['Overview', 'Tenant', 'Notifications', 'Password policy', 'Account']) {
    await openServerTab(page, tab)
    await expect(page.locator('[data-page][data-state=ready]').or(page.locator('[data-page=account]'))).toBeVisible()
    await check(page, `${tab} of a tenant`)
  }
  for (const name of ['Fleet', 'Search', 'Plans', 'Journal']) {
    await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name, exact: true }).click()
    await check(page, name)
  }
})
