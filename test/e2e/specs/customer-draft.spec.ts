import type { PracticePbx } from '@demo/practice-pbx'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { expect, test } from '../fixtures'
import { fillTenant, NewCustomerPage } from '../pages/new-customer'
import { PlansPage } from '../pages/plans'
import { signInToAll } from '../servers'

const alpha = ({ url }: PracticePbx): ServerDraft => ({
  ...emptyServerDraft,
  ...{ name: 'Alpha', address: url, username: 'admin', protection: 'open' },
})

test('a half-filled new customer is there again after a restart, and is discarded after a question', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0, tenants: 1 })
  const fleet = await launch({ servers: [alpha(pbx)], before: signInToAll })
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

test('a customer that the PBX refuses is corrected with all that was entered, and is a draft until it was created', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0, tenants: 1 })
  const fleet = await launch({ servers: [alpha(pbx)], before: signInToAll, alone: true })
  const { page } = fleet
  const customer = new NewCustomerPage(page)
  const link = page.getByRole('link', { name: 'New customer…' })
  const mark = page.getByRole('img', { name: 'Unsaved draft of a new customer' })
  await link.click()
  await customer.root.getByRole('radio', { name: 'Alpha' }).check()
  await customer.next()
  await fillTenant(page, customer)
  const toReview = async () => {
    for (const step of ['dealer', 'numbers', 'review'] as const) {
      await customer.next()
      await customer.at(step)
    }
    await customer.plan('ready')
    await customer.button('Create (1)').click()
  }
  await pbx.setFaults({ status: 400, onlyPath: 'POST /tenants', times: 2 })
  await toReview()
  await customer.plan('paused')
  await expect(customer.root.getByTestId('not-created')).toContainText('The tenant was not created.')
  await expect(mark).toBeVisible()
  await customer.button('Go back and correct').click()
  await customer.at('tenant')
  await expect(customer.input('domain')).toHaveValue('neu.example')
  await expect(customer.root.getByText('Your unsaved draft was restored')).toBeHidden()
  await customer.input('domain').fill('corrected.example')

  // Refused again, it is still there after the page was closed.
  await toReview()
  await customer.plan('paused')
  await customer.button('Close').click()
  await page.getByRole('link', { name: 'Fleet' }).click()
  await link.click()
  await customer.at('review')
  await customer.plan('ready')
  await customer.button('Create (1)').click()
  await customer.plan('finished')
  await expect(customer.root.getByTestId('not-created')).toBeHidden()
  await expect(mark).toBeHidden()
  expect(pbx.tenants().map(({ domain }) => domain)).toContain('corrected.example')
  await customer.button('Close').click()
  await page.getByRole('link', { name: 'Plans' }).click()
  const plans = new PlansPage(page)
  await expect(plans.rows).toHaveCount(3)
  await expect(plans.rows.filter({ hasText: 'Canceled' })).toHaveCount(1)
})
