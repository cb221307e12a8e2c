import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ApiRecord } from '@shared/resources/nested'
import type { PracticePbx } from '@demo/practice-pbx'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { fillPlace } from '../pages/tenant-controls'
import { credentialsSent, launchSignedIn } from '../servers'

const tenantsOf = async (pbx: PracticePbx): Promise<readonly ApiRecord[]> => {
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, 'GET /tenants', { token })).json<{ items: { id: string }[] }>()
  return Promise.all(items.map(async ({ id }) => (await call(pbx, `GET /tenants/${id}`, { token })).json<ApiRecord>()))
}

const sentTo = (pbx: PracticePbx, path: RegExp) =>
  pbx.requests.filter((request) => request.method === 'POST' && path.test(request.path))

test('tenants are created from a template and as copies, and a duplicate value is reported at its field', async ({
  launch,
  startPbx,
}) => {
  test.slow()
  const pbx = await startPbx({ tenants: 3, version: '22.6' })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()

  await tenants.root.getByRole('button', { name: 'Templates…' }).click()
  await page.getByRole('button', { name: 'New tenant from Small office, 25 extensions' }).click()
  await expect(tenants.input('max_extensions')).toHaveValue('25')
  await tenants.review()
  for (const key of ['name', 'domain', 'website', 'timezone', 'currency', 'region'])
    await expect(tenants.problem(key)).toContainText('is required')
  await tenants.input('name').fill('Kunde Neu')
  await tenants.input('domain').fill('TENANT2.example')
  await tenants.input('website').fill('https://neu.example')
  await fillPlace(page, tenants)
  await tenants.review()
  await expect(tenants.problem('domain')).toContainText('already has this domain')
  await tenants.input('domain').fill('192.0.2.7')
  await tenants.review()
  await expect(tenants.panel).toContainText('The domain is an IP address')
  await tenants.panel.getByRole('button', { name: 'Back' }).click()
  await tenants.input('domain').fill('neu.example')
  // No limit must be sent explicitly: the PBX would assume one.
  await tenants.input('extension_im_disk_quota').fill('')

  await tenants.panel.getByRole('button', { name: 'Save as template…' }).click()
  await page.getByLabel('Template name').fill('Small office, 25 extensions')
  await page.getByRole('button', { name: 'Save template' }).click()
  await expect(page.getByText('A template named Small office, 25 extensions already exists')).toBeVisible()
  await page.getByLabel('Template name').fill('Vienna')
  await page.getByRole('button', { name: 'Save template' }).click()

  await tenants.review()
  await tenants.save('Create tenant')
  await expect(tenants.panel).toContainText('Saved and verified on')
  await tenants.closePanel()
  await expect(tenants.row('neu.example')).toBeVisible()

  await tenants.row('neu.example').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Duplicate…' }).click()
  await expect(tenants.input('name')).toHaveValue('')
  await expect(tenants.input('domain')).toHaveValue('')
  await expect(tenants.input('max_extensions')).toHaveValue('25')
  await tenants.input('name').fill('Kunde Kopie')
  await tenants.input('domain').fill('kopie.example')
  await tenants.review()
  await tenants.save('Create tenant')
  await tenants.closePanel()
  const made = (await tenantsOf(pbx)).slice(-2)
  const common = {
    max_extensions: 25,
    timezone: 'Europe/Vienna',
    currency: 'EUR',
    region: 'AUT',
    recording_retention: 90,
  }
  expect(made).toMatchObject([
    { name: 'Kunde Neu', domain: 'neu.example', extension_im_disk_quota: null, ...common },
    { name: 'Kunde Kopie', domain: 'kopie.example', extension_im_disk_quota: null, ...common },
  ])

  const kept = await readFile(join(fleet.profile, 'tenant-templates.json'), 'utf8')
  expect(kept).toContain('Europe/Vienna')
  expect(kept).not.toContain('Kunde Neu')

  await tenants.root.getByRole('button', { name: 'Templates…' }).click()
  const mine = page.locator('[data-template]', { hasText: 'Vienna' })
  await mine.getByRole('button', { name: 'Rename…' }).click()
  const naming = page.getByLabel('New template name')
  await naming.fill('Office in Vienna')
  await naming.press('Enter')
  const renamed = page.locator('[data-template]', { hasText: 'Office in Vienna' })
  await renamed.getByRole('button', { name: 'Delete…' }).click()
  await renamed.getByRole('button', { name: 'Delete template' }).click()
  await expect(page.locator('[data-template]')).toHaveCount(2)
})

test('a tenant is made with the keyboard: lists are typed into, and the confirmation is in sight', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 3, version: '22.6' })
  const { page } = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { keyboard } = page
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  await tenants.root.getByRole('button', { name: 'New tenant' }).click()
  await expect(tenants.input('name')).toBeFocused()
  for (const text of ['Kontor Nord', 'nord.example', '', 'https://nord.example']) {
    await keyboard.type(text)
    await keyboard.press('Tab')
  }
  for (const [key, text, found] of [
    ['timezone', 'berlin', 'Europe/Berlin'],
    ['currency', 'eur', 'EUR, Euro'],
    ['region', 'germ', 'Germany (DEU)'],
  ] as const) {
    await keyboard.type(text)
    await expect(tenants.input(key)).toHaveValue(text)
    await expect(tenants.problem(key)).toHaveCount(0)
    await expect(page.locator('.n-base-select-option--pending').getByText(found, { exact: true })).toBeVisible()
    await keyboard.press('Enter')
    await keyboard.press('Tab')
  }
  await tenants.review()
  const confirm = tenants.panel.getByRole('checkbox', { name: /Create this tenant/ })
  await expect(confirm).toBeInViewport()
  await confirm.focus()
  await keyboard.press('Space')
  await tenants.save('Create tenant')
  await keyboard.press('Enter')
  await expect(tenants.panel).toHaveCount(0)
  expect((await tenantsOf(pbx)).find(({ name }) => name === 'Kontor Nord')).toMatchObject({
    domain: 'nord.example',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    region: 'DEU',
  })
})

test('a tenant is deleted only after its name is typed, and is marked until the PBX has deleted it', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 4, tenantDestroyMs: 3_600_000 })
  const [, second] = await tenantsOf(pbx)
  const name = String(second?.['name']).trim()
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page } = fleet
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()

  await tenants.delete('tenant2.example')
  const dialog = tenants.panel
  await expect(dialog.locator('[data-guard=tenant-loss]')).toContainText('recordings')
  const send = dialog.getByRole('button', { name: 'Delete tenant' })
  await dialog.getByRole('checkbox').check()
  await expect(send).toBeDisabled()
  await dialog.getByRole('textbox', { name: /to continue anyway/ }).fill('OVERRIDE')
  await expect(send).toBeDisabled()
  await dialog.getByRole('textbox', { name: /to continue anyway/ }).fill(name)
  await send.click()
  await expect(dialog).toContainText('marked as being deleted')
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(tenants.row('tenant2.example')).toContainText('deleting')

  // Another page and back: it is still known.
  await page.getByRole('link', { name: 'Network' }).click()
  await tenants.open()
  await expect(tenants.row('tenant2.example')).toContainText('deleting')
  pbx.advanceClock(3700)
  await expect(tenants.row('tenant2.example')).toHaveCount(0)
  await expect(tenants.rows).toHaveCount(3)
})

test('dealers are assigned to a tenant and unassigned, and each change is read back', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ tenants: 3, dealers: 4 })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page } = fleet
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  await tenants.row('tenant2.example').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Dealers…' }).click()
  const dialog = tenants.panel
  await expect(dialog).toContainText('No dealer assigned.')
  const options = await dialog.getByRole('combobox').locator('option').allTextContents()
  const choice = options.find((text) => text.includes('dealer3')) ?? ''
  await dialog.getByRole('combobox').selectOption({ label: choice.trim() })
  await dialog.getByRole('button', { name: 'Assign…' }).click()
  await expect(dialog.getByRole('button', { name: 'Assign dealer' })).toBeDisabled()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Assign dealer' }).click()
  const assigned = dialog.getByRole('list', { name: 'Dealers of this tenant' })
  await expect(assigned).toContainText('dealer3')
  await expect(dialog).toContainText('Assigned to')

  await assigned.getByRole('button', { name: /^Unassign/ }).click()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Unassign dealer' }).click()
  await expect(dialog).toContainText('No dealer assigned.')
  expect(sentTo(pbx, /\/dealers\//).map(({ status }) => status)).toEqual([200, 204])
})

test('viewing as a tenant’s administrator uses a separate session, which ends with Exit tenant view', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 3 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  const signInsBefore = credentialsSent(pbx).length
  const openMenu = async () => {
    await tenants.row('tenant1.example').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'View as tenant administrator…' }).click()
  }
  const confirmSignIn = () => page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click()
  await openMenu()
  expect(credentialsSent(pbx)).toHaveLength(signInsBefore)
  await confirmSignIn()
  const look = page.locator('[data-page=tenant-view]')
  await expect(look.getByRole('status').first()).toContainText('Viewing Acme as administrator of')
  await expect(look.locator('[data-fact=role]')).toHaveText('Admin')
  await expect(look.locator('[data-fact=domain]')).toHaveText('tenant1.example')
  expect(credentialsSent(pbx)).toHaveLength(signInsBefore + 1)
  expect(await page.content()).not.toContain('collectorpass7')

  await look.getByRole('button', { name: 'Rename…' }).click()
  await look.getByLabel('New tenant name').fill('Kunde Umbenannt')
  await look.getByRole('button', { name: 'Rename tenant' }).click()
  await expect(look.locator('[data-fact=name]')).toContainText('Kunde Umbenannt')

  await look.getByRole('button', { name: 'Exit tenant view' }).click()
  await expect(tenants.row('Kunde Umbenannt')).toBeVisible()
  await expect.poll(() => sentTo(pbx, /^\/auth\/sign_out$/).length).toBe(1)
  const switches = () => sentTo(pbx, /^\/tenants\/switch$/).map(({ query }) => query['id'] !== undefined)
  expect(switches()).toEqual([true, false])

  // A page that is reloaded and an app that quits end it in the same way.
  for (const [count, end] of [
    [2, () => fleet.reload()],
    [3, () => fleet.stop()],
  ] as const) {
    await openMenu()
    await confirmSignIn()
    await expect(look.locator('[data-fact=role]')).toHaveText('Admin')
    await end()
    await expect.poll(() => sentTo(pbx, /^\/auth\/sign_out$/).length).toBe(count)
    expect(switches().slice(-2)).toEqual([true, false])
  }
})
