import { alone, expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

test('a license key is activated: sent once, waited for, read again and compared', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ licenseSeconds: 0 })
  const fleet = await launchSignedIn(alone(launch), pbx, { protection: 'ask' })
  const { page } = fleet
  const license = new RecordPage(page, 'license', 'License')
  await license.open()
  await expect(license.root.getByTestId('key-end')).toContainText('7B41')
  await expect(license.root).toContainText('Practice Telecom')
  await expect(license.root).toContainText('Maintenance expires')
  await expect(license.root.getByRole('progressbar', { name: 'Users' })).toBeVisible()

  const key = '11AA22BB-33CC-44DD-55EE'
  await license.root.getByRole('button', { name: 'Activate license key…' }).click()
  const { panel } = license
  await expect(panel).toContainText('The PBX and its SBC share one license key')
  await panel.getByRole('checkbox', { name: /Activate license key/ }).check()
  await panel.getByLabel('License key', { exact: true }).fill('wrong')
  await panel.getByRole('button', { name: 'Activate' }).click()
  await expect(panel.getByText('The license key is not valid').first()).toBeVisible()

  await panel.getByLabel('License key', { exact: true }).fill(key)
  await page.clock.install()
  await panel.getByRole('button', { name: 'Activate' }).click()
  await expect(panel.locator('[data-step=waiting]')).toContainText(/in (10|9|8) s/)
  expect(await page.content()).not.toContain(key)
  await page.clock.fastForward(10_000)
  await expect(panel.locator('[data-view=outcome]')).toContainText('The PBX reports the new key: •••• 55EE')
  await panel.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(license.root.getByTestId('key-end')).toContainText('55EE')
  const sent = pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/license')
  expect(sent.map(({ status }) => status)).toEqual([400, 200])
  expect(await fleet.log()).not.toContain(key)
})

test('a license key that the PBX does not report yet is read again', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ licenseSeconds: 3600 })
  const { page } = await launchSignedIn(alone(launch), pbx)
  const license = new RecordPage(page, 'license', 'License')
  await license.open()
  await license.root.getByRole('button', { name: 'Activate license key…' }).click()
  const { panel } = license
  await panel.getByLabel('License key', { exact: true }).fill('11AA22BB-33CC-44DD-55EE')
  await page.clock.install()
  await panel.getByRole('button', { name: 'Activate' }).click()
  await expect(panel.getByRole('status')).toContainText('Activation takes about 10 s')
  await page.clock.fastForward(10_000)
  await expect(panel.locator('[data-view=outcome]')).toContainText('reports the key •••• 7B41, not •••• 55EE')
  pbx.advanceClock(3600)
  // The session's own tokens have ended on that clock as well: they are renewed behind the request.
  await panel.getByRole('button', { name: 'Refresh' }).click()
  await expect(panel.locator('[data-view=outcome]')).toContainText('The PBX reports the new key')
})
