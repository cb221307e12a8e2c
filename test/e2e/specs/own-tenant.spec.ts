import { expect, test } from '../fixtures'
import { Shell } from '../pages/shell'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { launchAs, launchWith } from '../servers'
import { plantedPassword } from '../secrets'

test('the administrator of a tenant changes its own tenant, reads it back, and sees what others set', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6' })
  const fleet = await launchAs(launch, pbx, 'Admin')
  const { page } = fleet
  const figures = new SessionPage(page).overview.getByTestId('tenant-figures')
  await expect(figures).toContainText('PBX version 22.6')
  await expect(figures).toContainText(/Users\s*\d+ of \d+/)

  const tenant = new RecordPage(page, 'tenant', 'Tenant')
  await tenant.open()
  await expect(tenant.input('domain')).toHaveValue('tenant1.example')
  for (const key of ['enabled', 'max_extensions', 'email_recipients']) await expect(tenant.field(key)).toHaveCount(0)
  await expect(tenant.root.locator('[data-fact=max_extensions]')).toContainText(/Maximum extensions\s*\d+/)

  await tenant.input('name').fill('')
  await tenant.review()
  await expect(tenant.problem('name')).toHaveText('Name is required')
  await tenant.input('name').fill('Nord GmbH')
  await tenant.input('recording_retention').fill('30')
  await tenant.review()
  await expect(tenant.panel).toContainText('Items older than the shorter retention are deleted')
  await tenant.save()
  await expect(tenant.panel).toContainText('Saved and verified on Acme')
  await tenant.closePanel()
  await expect(tenant.input('name')).toHaveValue('Nord GmbH')
  const sent = pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/tenant')
  expect(sent.map(({ body }) => body)).toEqual([{ name: 'Nord GmbH', recording_retention: 30 }])
  expect(pbx.tenants().find(({ domain }) => domain === 'tenant1.example')?.name).toBe('Nord GmbH')
})

test('the palette leads the administrator of a tenant to a field of the own tenant; a draft waits there', async ({
  launch,
  startPbx,
}) => {
  const { page } = await launchAs(launch, await startPbx(), 'Admin')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Search servers/ }).fill('office_hours')
  await page.keyboard.press('Enter')
  const tenant = new RecordPage(page, 'tenant', 'Tenant')
  await expect(tenant.field('office_hours')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find a field' }).fill('')
  await tenant.input('name').fill('Half typed')
  await page.getByRole('link', { name: 'Overview' }).click()
  await tenant.open()
  await expect(tenant.root).toContainText('Your unsaved draft was restored')
  await expect(tenant.input('name')).toHaveValue('Half typed')
})

test('a tenant that cannot be read says why and is read again; a read-only server offers no change', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const { username = '', domain = '' } = pbx.accounts.find(({ role }) => role === 'Admin') ?? {}
  const fleet = await launchWith(launch, pbx, { username, domain, protection: 'read-only' })
  const { page } = fleet
  await new Shell(fleet).server('Acme').click()
  const session = new SessionPage(page)
  await session.trust()
  await session.signIn(plantedPassword)
  await pbx.setFaults({ status: 500, onlyPath: 'GET /tenant' })
  await page.getByRole('link', { name: 'Tenant', exact: true }).click()
  const root = page.locator('[data-page=tenant]')
  await expect(root.getByRole('alert')).toContainText('500')
  await pbx.clearFaults()
  await root.getByRole('button', { name: 'Retry' }).click()
  const tenant = new RecordPage(page, 'tenant', 'Tenant')
  await expect(tenant.input('name')).toBeDisabled()
  await expect(root).toContainText('This server is read-only')
})

test('where each sign-in needs a code, the hint of the tenant view leads to the page of the own tenant', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6', otp: true, tenants: 3 })
  const fleet = await launchWith(launch, pbx)
  const { page } = fleet
  const session = new SessionPage(page)
  await new Shell(fleet).server('Acme').click()
  await session.trust()
  await session.signIn(plantedPassword)
  const code = session.gate('needs-otp')
  await expect(code.getByRole('textbox', { name: 'Code' })).toBeVisible()
  await code.getByRole('textbox', { name: 'Code' }).fill(pbx.otpCode())
  await code.getByRole('button', { name: 'Sign in' }).click()
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  await tenants.row('tenant1.example').getByRole('gridcell').first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'View as tenant administrator…' }).click()
  const dialog = page.getByRole('dialog', { name: 'View as tenant administrator' })
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog.getByRole('alert')).toContainText('account of the tenant’s administrator: its Tenant page')
})

test('the administrator of a tenant changes its mail server and password policy, which its own password then follows', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6' })
  const { page } = await launchAs(launch, pbx, 'Admin')
  const mail = new RecordPage(page, 'tenant-notification', 'Notifications')
  await mail.open()
  await expect(mail.input('server')).toHaveValue('mail.tenant1.example')
  await expect(mail.root).toContainText('System mail server')
  await mail.input('server').fill('smtp.tenant1.example')
  await mail.review()
  await mail.save()
  await expect(mail.panel).toContainText('Saved and verified on Acme')
  await mail.closePanel()
  await mail.root.getByRole('button', { name: 'Send test email…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send test email' })
  await dialog.getByRole('textbox', { name: 'Recipient' }).fill('it@tenant1.example')
  await dialog.getByRole('button', { name: 'Send test email' }).click()
  await expect(dialog.locator('[data-view=sent]')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  const policy = new RecordPage(page, 'tenant-password-policy', 'Password policy')
  await policy.open()
  await policy.input('min_length').fill('12')
  await policy.review()
  await policy.save()
  await expect(policy.panel).toContainText('Saved and verified on Acme')
  await policy.closePanel()
  const posted = pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/tenant/'))
  expect(posted.map(({ path, body }) => [path, body])).toEqual([
    ['/tenant/notification', { type: 'SMTP', username: 'pbx@tenant1.example', server: 'smtp.tenant1.example' }],
    ['/tenant/notification/test_email', expect.objectContaining({ recipient: 'it@tenant1.example' })],
    ['/tenant/password_policy', { min_length: 12 }],
  ])

  await page.getByRole('link', { name: 'Account', exact: true }).click()
  await expect(page.getByText('12 to 32 characters with a letter')).toBeVisible()
})
