import { emptyServerDraft } from '@shared/domain/server'
import { expect, test } from '../fixtures'
import { NewCustomerPage } from '../pages/new-customer'
import { signInToAll } from '../servers'

test('a half-filled new customer is there again after a restart, and is discarded after a question', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0, tenants: 1 })
  const draft = { ...emptyServerDraft, name: 'Alpha', address: pbx.url, username: 'admin', protection: 'open' } as const
  const fleet = await launch({ servers: [draft], before: signInToAll, alone: true })
  const toTenant = async (customer: NewCustomerPage) => {
    await customer.root.getByRole('radio', { name: 'Alpha' }).check()
    await customer.next()
    await customer.at('tenant')
  }
  const open = async (): Promise<NewCustomerPage> => {
    await fleet.page.getByRole('link', { name: 'New customer…' }).click()
    const customer = new NewCustomerPage(fleet.page)
    await customer.at('server')
    return customer
  }
  const before = await open()
  await toTenant(before)
  await before.input('domain').fill('mine.example')
  await before.input('max_extensions').fill('77')
  // What was typed stays when a template is selected.
  await before.root.getByRole('combobox', { name: 'Template' }).selectOption('Small office, 25 extensions')
  await expect(before.input('max_extensions')).toHaveValue('77')
  await expect(before.input('domain')).toHaveValue('mine.example')

  // Cancel keeps it, and the next visit says so.
  const sidebar = fleet.page.getByRole('navigation', { name: 'Workspace' })
  await before.button('Cancel').click()
  await expect(sidebar.getByRole('img', { name: 'Unsaved draft of a new customer' })).toBeVisible()
  const link = fleet.page.getByRole('link', { name: 'New customer…' })
  await expect(link.getByRole('img', { name: 'Unsaved draft' })).toBeVisible()
  await link.click()
  await expect(before.root.getByText('Your unsaved draft was restored')).toBeVisible()
  await expect(before.input('domain')).toHaveValue('mine.example')

  await fleet.restart()
  await signInToAll(fleet)
  const after = await open()
  await expect(after.root.getByRole('status')).toContainText('Your unsaved draft was restored')
  await toTenant(after)
  await expect(after.input('domain')).toHaveValue('mine.example')
  const question = fleet.page.getByRole('dialog', { name: 'Discard changes?' })
  await after.button('Discard').click()
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(after.input('domain')).toHaveValue('mine.example')
  await after.button('Discard').click()
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await after.at('server')
  await expect(after.button('Discard')).toBeHidden()
  await expect(fleet.page.getByRole('img', { name: /draft/ })).toHaveCount(0)
  await fleet.reload()
  await expect(after.root.getByText('Your unsaved draft')).toBeHidden()
  expect(await fleet.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft/')))).toEqual(
    [],
  )
})
