import { expect, test } from '../fixtures'
import { pasteRows } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { launchSignedIn, signInToAll } from '../servers'

const csv = `cidr,target,expires,note
198.51.100.0/24,DROP,2027-01-31T18:00:00Z,a
198.51.101.0/24,DENY,2019-01-31T18:00:00Z,expired
198.51.102.0/24,ACCEPT,,c
`

test('a row is corrected in the words of the window, stays open while it is wrong, and expired rows are left out', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 2 }))
  const { page } = fleet
  await new IpRulesPage(page).open()
  const imports = await pasteRows(fleet, csv)
  await imports.check()

  await expect(imports.row(3)).toContainText('Not imported')
  await expect(imports.row(3)).toContainText('A rule has no effect after it expires')
  // An end that is over as well leaves it open.
  await imports.row(3).click()
  const expired = imports.panel.getByRole('form', { name: 'Row 3' })
  const end = expired.getByLabel('Expires')
  await expect(end).toBeFocused()
  await end.fill('2020-01-31T18:00')
  await expired.getByRole('button', { name: 'Save' }).click()
  await expect(expired.getByText(/^Expired Jan 31, 2020/)).toBeVisible()
  await end.fill('2199-01-31T18:00')
  await expect(expired.getByLabel('Do not import')).not.toBeChecked()
  await expired.getByRole('button', { name: 'Save' }).click()
  await expect(expired).toBeHidden()
  await expect(imports.row(3)).toContainText('To create')
  await imports.row(3).click()
  await end.fill('2019-01-31T18:00')
  await expired.getByRole('button', { name: 'Save' }).click()
  await expect(expired.getByText(/^Expired Jan 31, 2019/)).toBeVisible()
  await expired.getByRole('button', { name: 'Cancel' }).click()
  const add = imports.button('Add expired rows (1)')
  await add.click()
  const none = imports.button('Add expired rows (0)')
  await expect(none).toBeFocused()
  await expect(none).toHaveAttribute('aria-disabled', 'true')
  await expect(imports.count('flagged')).toContainText('1')
  await expect(imports.row(3).getByText('To create, flagged')).toBeVisible()

  await imports.row(2).click()
  const form = imports.panel.getByRole('form', { name: 'Row 2' })
  const action = form.getByLabel('Action')
  await expect(action).toBeFocused()
  await expect(action.locator('option')).toHaveText(['DROP', 'Block', 'Allow'])
  await expect(action).toHaveAccessibleDescription(/^Expected one of/)
  await expect(form.getByLabel('Expires')).toHaveAttribute('type', 'datetime-local')
  // Another value of the row is wrong after the first one was corrected.
  await action.selectOption('Block')
  await form.getByLabel('IP address or range').fill('198.51.100.0/99')
  await form.getByRole('button', { name: 'Save' }).click()
  const address = form.getByLabel('IP address or range')
  await expect(address).toHaveAttribute('aria-invalid', 'true')
  await expect(address).toBeFocused()
  await expect(address).toHaveValue('198.51.100.0/99')
  await expect(address).toHaveAccessibleDescription('The maximum prefix length is 32')
  await expect(action).toHaveValue('DENY')
  // Cancel keeps the row as it is.
  await form.getByRole('button', { name: 'Cancel' }).click()
  await expect(form).toBeHidden()
  await expect(imports.row(2)).toContainText('Invalid')

  await imports.row(2).click()
  await address.fill('198.51.100.0/25')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toBeHidden()
  await expect(imports.row(2)).toContainText('To create')

  // No heading of the result is cut.
  await imports.confirm()
  await imports.send()
  const heading = imports.panel
    .getByRole('columnheader', { name: 'Row', exact: true })
    .locator('.ellipsis, button, span')
  expect(
    await heading.evaluateAll((parts) =>
      parts.every((part) => part.scrollWidth <= part.clientWidth || part.clientWidth === 0),
    ),
  ).toBe(true)
})

test('an import goes on after the session ended, and a changed role asks before it is lost', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 2 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const rules = new IpRulesPage(page)
  await rules.open()
  const imports = await pasteRows(fleet, csv)
  await imports.map('note', 'Description')
  await imports.check()
  await imports.row(2).click()
  const form = imports.panel.getByRole('form', { name: 'Row 2' })
  await form.getByLabel('Action').selectOption('Block')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toBeHidden()

  const [server] = (await fleet.call('workspace:get', {})).servers
  await fleet.call('session:signOut', { serverId: server?.id ?? '' })
  await expect(imports.panel).toBeHidden()
  await expect(page.getByText('Clipboard is not imported')).toBeVisible()
  await expect(page.getByText('The session ended and nothing was sent.')).toBeVisible()
  await signInToAll(fleet)
  await rules.open()
  await page.getByRole('button', { name: 'Import…' }).click()
  await imports.at('plan')
  await expect(imports.row(2)).toContainText('To create')

  await pbx.setFaults({ actsAs: 'Dealer' })
  await imports.button('Back').click()
  await expect(imports.panel.getByRole('combobox', { name: 'Field for note' })).toHaveValue('description')
  await imports.button('Preview').click()
  const question = page.getByRole('dialog', { name: 'Discard changes?' })
  await expect(question).toContainText('Clipboard is not imported yet')
  await expect(question).toContainText(
    'Your role on this server changed from SystemAdmin to Dealer, to which IP rules is not available.',
  )
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await imports.at('columns')
  await expect(imports.panel.getByRole('combobox', { name: 'Field for note' })).toHaveValue('description')
})
