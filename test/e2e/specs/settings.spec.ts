import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'
import { seriousFindings } from '../axe'

test('system settings: found by name, reached by group, led to what is wrong, stopped by what is dangerous', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const settings = new RecordPage(page, 'system-settings', 'Settings')
  await settings.open()
  for (const theme of ['light', 'dark'] as const) {
    await fleet.useTheme(theme)
    expect.soft(await seriousFindings(page), theme).toEqual([])
  }

  const groups = page.getByRole('navigation', { name: 'Groups of fields' })
  await expect(groups.getByRole('button')).toHaveCount(12)
  await groups.getByRole('button', { name: 'STIR/SHAKEN' }).press('Enter')
  await expect(settings.field('stir_shaken_cert')).toBeInViewport()
  await page.keyboard.press('Tab')
  await expect(settings.input('stir_shaken_cert')).toBeFocused()

  const find = page.getByRole('searchbox', { name: 'Find a field' })
  await find.fill('web_failed')
  await expect(settings.root.locator('.field')).toHaveCount(1)
  await settings.input('web_failed_auth_amount').fill('0')
  await expect(settings.field('web_failed_auth_amount')).toContainText('The first mistyped password may block')
  await find.fill('')

  await settings.input('session_timer_duration').fill('89')
  await find.fill('auto-create')
  await settings.field('enable_create_non_exist_extension').getByRole('switch').check()
  await settings.review()
  // What is wrong comes into sight although nobody looked for it.
  await expect(settings.problem('session_timer_duration')).toHaveText('Minimum 90')
  await expect(settings.input('session_timer_duration')).toBeFocused()
  await expect(groups.getByRole('button', { name: 'Sessions and timers 1 to correct' })).toBeVisible()
  await find.fill('')
  await settings.field('enable_session_timer').getByRole('switch').uncheck()
  await expect(settings.input('session_timer_duration')).toBeDisabled()

  await settings.review()
  await expect(settings.panel).toContainText('Maximum failed sign-ins: The first mistyped password may block')
  await expect(settings.panel.locator('[data-guard=unsafe-value]')).toContainText('a default password that is public')
  const save = settings.panel.getByRole('button', { name: 'Save change' })
  await expect(save).toBeDisabled()
  await settings.panel.getByLabel(/to continue anyway/).fill('OVERRIDE')
  await settings.save()
  // A value that is of no use with the others stays as it is on the server.
  const sent = pbx.requests.findLast(({ method, path }) => method === 'POST' && path === '/admin/settings')
  expect(sent?.body).toEqual({
    enable_session_timer: false,
    enable_create_non_exist_extension: true,
    web_failed_auth_amount: 0,
  })
})

test('a test email uses the saved settings: unsaved changes are saved first, and a refusal is shown', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const mail = new RecordPage(page, 'notification', 'Notifications')
  await mail.open()
  const dialog = page.getByRole('dialog', { name: 'Send test email' })
  const tests = () => pbx.requests.filter(({ path }) => path === '/admin/notification/test_email')

  await page.getByRole('button', { name: 'Send test email…' }).click()
  await dialog.getByRole('button', { name: 'Send test email', exact: true }).click()
  await expect(dialog.getByText('Recipient is required')).toBeVisible()
  await dialog.getByLabel('Recipient').fill('noc@example.com')
  await dialog.getByRole('button', { name: 'Send test email', exact: true }).click()
  await expect(dialog.locator('[data-view=sent]')).toContainText('accepted the email for noc@example.com')
  expect(tests().map(({ body }) => body)).toEqual([
    {
      recipient: 'noc@example.com',
      subject: 'Test email from the PBX',
      content: 'This email shows that the PBX can send email.',
    },
  ])
  const [entry] = (await fleet.call('journal:list', { query: { offset: 0, limit: 1 } })).items
  expect(entry?.object).toBe('notifications: test email')
  await dialog.getByRole('button', { name: 'Close' }).click()

  await mail.input('server').fill('')
  await page.getByRole('button', { name: 'Send test email…' }).click()
  await expect(dialog).toContainText('1 change in the form is not saved')
  await expect(dialog.getByRole('button', { name: 'Send with saved settings' })).toBeEnabled()
  await dialog.getByRole('button', { name: 'Save first' }).click()
  await expect(mail.panel).toContainText('Without an SMTP server, no email is sent.')
  await mail.save()
  await mail.closePanel()
  await page.getByRole('button', { name: 'Send test email…' }).click()
  await dialog.getByLabel('Recipient').fill('noc@example.com')
  await dialog.getByRole('button', { name: 'Send test email', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('The mail server is not set up')
  expect(tests()).toHaveLength(2)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Discard changes', exact: true }).click()

  await mail.field('type').getByText('Google Gmail', { exact: true }).click()
  await expect(mail.field('type')).toContainText('requires a sign-in and consent')
  for (const key of ['server', 'port', 'password']) await expect(mail.input(key)).toBeDisabled()
  await expect(mail.input('username')).toBeEnabled()
})

test('the network: loopback is refused, a new private address says what stops, a private one is no public one', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ version: '22.6' })
  const fleet = await launchSignedIn(launch, pbx)
  const network = new RecordPage(fleet.page, 'network', 'Network')
  await network.open()
  await expect(network.input('sbc_domain')).toHaveValue('sbc.example.com')
  await network.input('private_ipv4').fill('127.0.0.1')
  await network.review()
  await expect(network.problem('private_ipv4')).toHaveText('127.0.0.1 is not reachable from other hosts')

  await network.input('private_ipv4').fill('10.20.0.99')
  await network.input('public_ipv4').fill('192.168.0.9')
  await network.input('web_domain').fill('new.example.com')
  await network.review()
  await expect(network.panel.locator('[data-guard=address-change]')).toContainText('10.20.0.10 becomes 10.20.0.99')
  await expect(network.panel).toContainText('192.168.0.9 is not a public address')
  await expect(network.panel).toContainText('The certificate of the PBX must cover new.example.com')
  await expect(network.panel.getByRole('button', { name: 'Save change' })).toBeDisabled()
  await network.panel.getByLabel(/to continue anyway/).fill('OVERRIDE')
  await network.save()
  await expect(network.panel).toContainText('Saved and verified on')
})
