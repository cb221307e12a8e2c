import { emptyServerDraft } from '@shared/domain/server'
import { alone, expect, test } from '../fixtures'
import { MergedPage } from '../pages/merged'
import { fillTenant, NewCustomerPage } from '../pages/new-customer'
import { RecordPage } from '../pages/records'
import { Palette, SearchPage } from '../pages/search'
import { SessionPage } from '../pages/session'
import { launchAs, open, signInToAll } from '../servers'

const ownOnly = 'Only your own tenant was searched on Acme'

test('the administrator of a tenant finds it in the palette, on the Search page and in the table of all tenants, also signed out', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6', tenants: 3 })
  const fleet = await launchAs(alone(launch), pbx, 'Admin')
  const { page } = fleet
  const [palette, search] = [new Palette(fleet), new SearchPage(fleet)]
  const [tenant, tenants] = [new RecordPage(page, 'tenant', 'Tenant'), new MergedPage(fleet, 'Tenants')]

  const openFleet = (): Promise<void> =>
    page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Fleet', exact: true }).click()

  await palette.find('tenant1.example')
  const hit = palette.options.filter({ hasText: 'Tenant ·' })
  await expect(hit).toHaveCount(1)
  await expect(page.getByTestId('not-searched').last()).toHaveText(ownOnly)
  await hit.click()
  await expect(tenant.input('domain')).toHaveValue('tenant1.example')

  // The only row; nothing is offered that the role may not do.
  await search.open()
  await search.box.fill('tenant1.example')
  await expect(search.serversRead).toHaveText(/^0 of 1 server read, 1 in part/)
  await expect(search.rows).toHaveCount(1)
  await search.rows.first().click({ button: 'right' })
  await expect(page.getByRole('menuitem')).toHaveText([/Open on its server/, /Copy/])
  await page.keyboard.press('Escape')
  await search.rows.first().dblclick()
  await expect(tenant.input('domain')).toHaveValue('tenant1.example')

  await openFleet()
  await expect(page.getByRole('link', { name: 'New customer…' })).toHaveCount(0)
  await tenants.open()
  await expect(tenants.serversRead).toHaveText(/^1 of 1 server read/)
  await expect(tenants.root.getByTestId('scope')).toHaveText('Only your own tenant was read on Acme')
  await expect(tenants.rows).toHaveCount(1)
  await expect(tenants.root.getByRole('button', { name: 'Import…' })).toHaveCount(0)
  await tenants.rows.first().getByRole('checkbox').check()
  await expect(tenants.root.getByRole('button', { name: 'Copy' })).toBeVisible()
  await expect(tenants.root.getByRole('button', { name: /Delete…|Change…/ })).toHaveCount(0)
  await tenants.rows.first().dblclick()
  await expect(tenant.input('domain')).toHaveValue('tenant1.example')

  // A change on its page is in the table without a refresh.
  await tenant.input('name').fill('Nord GmbH')
  await tenant.review()
  await tenant.save()
  await expect(tenant.panel).toContainText('Saved and verified on Acme')
  await tenant.closePanel()
  await openFleet()
  await tenants.open()
  await expect(tenants.row('Nord GmbH')).toHaveCount(1)

  await open(fleet)
  await new SessionPage(page).signOut()
  await search.open()
  await search.box.fill('nord gmbh')
  await expect(search.rows).toHaveCount(1)
  await expect(search.root.getByText(ownOnly)).toBeVisible()
  await search.rows.first().click({ button: 'right' })
  await expect(page.getByRole('menuitem')).toHaveText([/Open on its server/, /Copy/])
})

test('a domain that no tenant has that the accounts see is not free on servers of which they do not see all', async ({
  launch,
  startPbx,
}) => {
  const pbxes = await Promise.all([1, 2, 3].map(() => startPbx({ rules: 0, tenants: 3, dealers: 2 })))
  const servers = (['SystemAdmin', 'Dealer', 'Admin'] as const).flatMap((role, at) => {
    const pbx = pbxes[at]
    const { username = 'admin', domain = '' } = pbx?.accounts.find((each) => each.role === role) ?? {}
    return pbx === undefined
      ? []
      : [{ ...emptyServerDraft, name: role, address: pbx.url, username, domain, protection: 'open' as const }]
  })
  const fleet = await launch({ servers, before: signInToAll })
  const { page } = fleet
  const customer = new NewCustomerPage(page)
  await page.getByRole('link', { name: 'New customer…' }).click()
  await customer.at('server')
  await expect(customer.servers.filter({ hasText: 'No permission' })).toHaveCount(1)
  await customer.root.getByRole('radio', { name: 'SystemAdmin' }).check()
  await customer.next()
  await customer.at('tenant')
  await fillTenant(page, customer)
  await expect(customer.domainCheck).toHaveText(
    'No tenant on 1 server has this domain. Only what your dealer account sees was checked on Dealer. Only your own tenant was checked on Admin.',
  )
  await customer.input('domain').fill('tenant1.example')
  await expect(customer.domainCheck.getByRole('alert').filter({ hasText: 'on Admin has this domain' })).toHaveCount(1)
})
