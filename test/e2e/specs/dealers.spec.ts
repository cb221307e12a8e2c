import type { Page } from 'playwright'
import type { FieldSpec } from '@shared/resources/field'
import { tenant } from '@shared/resources/tenant'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { AccountPage } from '../pages/account'
import { ImportPage } from '../pages/imports'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { setField } from '../pages/tenant-controls'
import { plantedPassword } from '../secrets'
import { launchAs, launchSignedIn } from '../servers'

/** A page that the role is not offered, as a link from elsewhere would open it. */
const goToPage = (page: Page, name: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = location.hash.replace(/[^/]+$/, to)
  }, name)

const password = 'Valid-Word-58'

test('an administrator creates, edits and deletes a dealer, and resets its password', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ version: '22.6', dealers: 6 })
  const fleet = await launchSignedIn(launch, pbx)
  const dealers = new RecordPage(fleet.page, 'dealers', 'Dealers')
  await dealers.open()
  await expect(dealers.rows).toHaveCount(6)
  await expect(dealers.rows).toContainText([
    'Distributor',
    'Distributor',
    'Sub-distributor',
    'Sub-distributor',
    'Reseller',
    'Reseller',
  ])
  // A dealer below another one, or moved to the right, would look like its sub-dealer.
  const starts = await dealers.rows.evaluateAll((rows) =>
    rows.map((row) => {
      const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT)
      let text = texts.nextNode()
      while (text?.textContent?.trim() === '') text = texts.nextNode()
      const range = document.createRange()
      range.selectNode(text ?? row)
      return { left: range.getBoundingClientRect().left, text: text?.textContent }
    }),
  )
  expect(new Set(starts.map(({ left }) => left)).size).toBe(1)
  for (const { text } of starts) expect(text).toMatch(/^\s*[\p{L}\p{N}]/u)
  await expect(dealers.root).toContainText('grouped by level and is not a tree')

  await dealers.root.getByRole('button', { name: 'New dealer' }).click()
  await expect(dealers.input('max_tenants')).toHaveValue('100')
  await expect(dealers.input('max_extensions')).toHaveValue('50000')
  await dealers.input('name').fill('Administrator')
  await expect(dealers.problem('name')).toHaveText('Administrator is reserved')
  await dealers.input('name').fill('north.')
  await expect(dealers.problem('name')).toHaveText('Must not start or end with a period')
  await dealers.input('name').fill('north')
  await expect(dealers.problem('name')).toBeHidden()
  await dealers.field('level').getByText('Reseller', { exact: true }).click()
  await dealers.input('password').fill('Word-1234')
  await dealers.review()
  await expect(dealers.problem('email')).toHaveText('Email address is required')
  await expect(dealers.problem('display_name')).toHaveText('Display name is required')
  await dealers.input('email').fill('north@example.com')
  await dealers.input('display_name').fill('North')
  await dealers.field('tenant_full_access').getByRole('switch').uncheck()
  await dealers.review()
  await expect(dealers.panel).not.toContainText('Word-1234')
  await expect(dealers.panel).toContainText('Only a distributor can change')
  await expect(dealers.panel).toContainText(
    'The policy that the PBX reports: Must not contain a sequence such as 1234 or abcd. The PBX decides.',
  )
  await dealers.panel.getByRole('button', { name: 'Back' }).click()
  await dealers.input('password').fill('my-North-58')
  await dealers.review()
  await expect(dealers.panel).toContainText('Must not contain account details such as the username')
  await dealers.panel.getByRole('button', { name: 'Back' }).click()
  await dealers.field('tenant_full_access').getByRole('switch').check()
  await dealers.input('password').fill(password)
  await dealers.review()
  await expect(dealers.panel).not.toContainText(password)
  await expect(dealers.panel).not.toContainText('The policy that the PBX reports')
  await dealers.save('Create dealer')
  await expect(dealers.panel).toContainText('Saved and verified on')
  await dealers.closePanel()
  const sent = pbx.requests.find(({ method, path }) => method === 'POST' && path === '/dealers')
  expect(sent?.body).toEqual({
    enabled: true,
    level: 'RESELLER',
    name: 'north',
    password,
    email: 'north@example.com',
    display_name: 'North',
    max_tenants: 100,
    max_extensions: 50000,
    tenant_full_access: true,
  })

  await dealers.row('north').dblclick()
  await expect(dealers.input('name')).toBeDisabled()
  await expect(dealers.field('level').getByRole('radio').first()).toBeDisabled()
  await expect(dealers.field('password')).toHaveCount(0)
  await dealers.input('email').fill('')
  await dealers.review()
  await expect(dealers.problem('email')).toHaveText('Email address is required')
  await dealers.input('email').fill('north@example.com')
  await dealers.input('max_tenants').fill('5')
  await dealers.review()
  await dealers.save()
  await dealers.closePanel()
  expect(pbx.requests.filter(({ path }) => /^\/dealers\/[^/]+$/.test(path)).at(-2)?.body).toEqual({ max_tenants: 5 })

  await dealers.row('north').getByRole('gridcell').first().click({ button: 'right' })
  await fleet.page.getByRole('menuitem', { name: 'Reset password…' }).click()
  const dialog = fleet.page.getByRole('dialog', { name: 'New password for north' })
  await dialog.getByLabel('New password', { exact: true }).fill('north-Word-58')
  await expect(dialog).toContainText('Must not contain account details such as the username. The PBX decides.')
  await dialog.getByLabel('New password', { exact: true }).fill('Other-Word-67')
  await dialog.getByLabel('Confirm new password').fill('Other-Word-67')
  await dialog.getByRole('button', { name: 'Set password' }).click()
  await expect(fleet.page.getByRole('dialog', { name: 'north has a new password' })).toBeVisible()
  await fleet.page.getByRole('button', { name: 'Close' }).last().click()
  expect(pbx.accounts.find(({ username }) => username === 'north')?.password).toBe('Other-Word-67')

  await dealers.delete('north')
  await expect(dealers.panel).toContainText('Signing in with it is no longer possible')
  await dealers.panel.getByRole('button', { name: 'Delete dealer' }).click()
  await dealers.panel.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(dealers.rows).toHaveCount(6)
})

test('a dealer sees its own usage, can create only lower levels, and learns what its role does not permit', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ dealers: 6 })
  const fleet = await launchAs(launch, pbx, 'Dealer')
  const { page } = fleet
  const tabs = page.getByRole('navigation', { name: 'Pages of this server' }).getByRole('link')
  await expect(tabs).toHaveText(['Overview', 'Tenants', 'Dealers', 'Account'])
  const figures = new SessionPage(page).overview.getByTestId('dealer-figures')
  await expect(figures).toContainText(/Tenants\s*14 of \d+/)
  await expect(figures.getByRole('progressbar', { name: 'Sub-dealers' })).toHaveAttribute('aria-valuenow', '8')

  const dealers = new RecordPage(page, 'dealers', 'Dealers')
  await dealers.open()
  await expect(dealers.rows).toHaveCount(4)
  await expect(page.getByTestId('own-quota')).toContainText('Own tenants')
  await dealers.root.getByRole('button', { name: 'New dealer' }).click()
  await expect(dealers.field('level').getByRole('radio')).toHaveCount(2)
  await dealers.field('level').getByText('Sub-distributor').click()
  await dealers.input('name').fill('below')
  await dealers.input('password').fill(password)
  await dealers.input('max_tenants').fill('5000')
  await dealers.review()
  await expect(dealers.panel).toContainText('5,000 tenants exceed your own limit')
  await dealers.save('Create dealer')
  await dealers.closePanel()
  await expect(dealers.row('below')).toBeVisible()

  await goToPage(page, 'ip-rules')
  await expect(page.getByText('IP rules is not available to the role Dealer.')).toBeVisible()
  await expect(new SessionPage(page).overview).toBeVisible()
})

test('a dealer sees its limits on Tenants, is warned before a tenant exceeds them, and sees them after it was created', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 10, dealers: 6 })
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, 'GET /dealers', { token })).json<{ items: { id: string; name: string }[] }>()
  const idOf = (name: string): string => items.find((row) => row.name === name)?.id ?? ''
  await call(pbx, `POST /dealers/${idOf('dealer1')}`, { token, body: { max_tenants: 4, max_extensions: 200 } })
  const fleet = await launchAs(launch, pbx, 'Dealer')
  const tenants = new RecordPage(fleet.page, 'tenants', 'Tenants')
  await tenants.open()
  await expect(tenants.rows).toHaveCount(4)
  await expect(fleet.page.getByTestId('own-quota')).toContainText(/Own tenants\s*4 of 4/)
  await tenants.root.getByRole('button', { name: 'New tenant' }).click()
  await tenants.input('name').fill('Fifth')
  await tenants.input('domain').fill('fifth.example')
  await tenants.input('max_extensions').fill('9000')
  for (const [key, text] of [
    ['timezone', 'Europe/Vienna'],
    ['currency', 'EUR'],
    ['region', 'Austria (AUT)'],
  ] as const)
    await setField(fleet.page, tenants, tenant.fields.find((field) => field.key === key) as FieldSpec, text)
  await tenants.review()
  await expect(tenants.panel).toContainText('You already have 4 of 4 tenants. The PBX may refuse another one.')
  await expect(tenants.panel).toContainText('9,000 extensions may exceed the dealer’s extension limit: ')

  await call(pbx, `POST /dealers/${idOf('dealer1')}`, { token, body: { max_tenants: 5, max_extensions: 9000 } })
  await tenants.save('Create tenant')
  await tenants.closePanel()
  await expect(fleet.page.getByTestId('own-quota')).toContainText(/Own tenants\s*5 of 5/)

  const rows = ['sixth', 'seventh'].map((name) => `${name},${name}.example,10,Europe/Vienna,EUR,AUT`)
  await fleet.call('app:copy', { text: ['name,domain,max_extensions,timezone,currency,region', ...rows].join('\n') })
  const imports = new ImportPage(fleet.page)
  await imports.open()
  await imports.button('Paste rows').click()
  await imports.at('columns')
  await imports.check()
  await imports.confirm()
  await expect(imports.panel).toContainText('You have 5 of 5 tenants. The PBX may refuse 2 of 2 more.')
  await call(pbx, `POST /dealers/${idOf('dealer1')}`, { token, body: { max_tenants: 8, max_extensions: 9000 } })
  const confirmed = imports.panel.getByRole('checkbox')
  if (await confirmed.isVisible()) await confirmed.check()
  await imports.send()
  await imports.button('Close').last().click()
  await expect(fleet.page.getByTestId('own-quota')).toContainText(/Own tenants\s*7 of 8/)
})

test('a sub-distributor is not offered full access to tenants, which the PBX would ignore', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ dealers: 6 })
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, 'GET /dealers', { token })).json<{ items: { id: string; name: string }[] }>()
  const id = items.find(({ name }) => name === 'dealer2')?.id ?? ''
  await call(pbx, `POST /dealers/${id}/password`, { token, body: { password: plantedPassword } })
  const fleet = await launchSignedIn(launch, pbx, { username: 'dealer2' })
  const dealers = new RecordPage(fleet.page, 'dealers', 'Dealers')
  await dealers.open()
  await expect(dealers.rows).toHaveCount(1)
  await dealers.root.getByRole('button', { name: 'New dealer' }).click()
  await expect(dealers.field('max_tenants')).toBeVisible()
  await expect(dealers.field('tenant_full_access').getByRole('switch')).toHaveCount(0)
})

test('an administrator of a tenant is offered the overview, its tenant and its password', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchAs(launch, pbx, 'Admin')
  const { page } = fleet
  const tabs = page.getByRole('navigation', { name: 'Pages of this server' }).getByRole('link')
  await expect(tabs).toHaveText(['Overview', 'Tenant', 'Notifications', 'Password policy', 'Account'])
  await expect(new SessionPage(page).overview).toContainText('PBX version')
  const account = new AccountPage(page)
  await account.open()
  await expect(account.name).toHaveCount(0)
  await account.fillPasswords(plantedPassword, 'Other-Word-58')
  await account.password.getByRole('button', { name: 'Change password' }).click()
  await expect(account.password).toContainText('Password changed.')
  expect(pbx.accounts.find(({ role }) => role === 'Admin')?.password).toBe('Other-Word-58')
  await goToPage(page, 'dealers')
  await expect(page.getByText('Dealers is not available to the role Admin.')).toBeVisible()
})
