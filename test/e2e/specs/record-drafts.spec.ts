import { expect, test } from '../fixtures'
import { AccountPage } from '../pages/account'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'

test('a form that is left with changes stays as a marked draft, also after a restart; a password is in no draft, so leaving is asked', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const shell = new Shell(fleet)
  const network = new RecordPage(fleet.page, 'network', 'Network')
  await network.open()
  await network.input('web_domain').fill('new.example.com')
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '41.202.7.0/24', description: 'Scanner' })
  // The panel of a rule covers the window, so only keys leave the page.
  await fleet.page.goBack()
  await expect(network.input('web_domain')).toHaveValue('new.example.com')
  await expect(shell.server('Acme').getByRole('img', { name: '2 unsaved drafts' })).toBeVisible()
  const tabs = fleet.page.getByRole('navigation', { name: 'Pages of this server' })
  await expect(
    tabs.getByRole('link').filter({ has: fleet.page.getByRole('img', { name: 'Unsaved draft' }) }),
  ).toHaveText(['IP rules', 'Network'])
  const overlapping = await tabs.getByRole('link').evaluateAll((links) =>
    links.filter((link) => {
      const mark = link.querySelector('[role=img]')?.getBoundingClientRect()
      const letters = document.createRange()
      if (mark === undefined || link.firstChild === null) return false
      letters.selectNode(link.firstChild)
      const text = letters.getBoundingClientRect()
      return mark.left < text.right && text.left < mark.right && mark.top < text.bottom && text.top < mark.bottom
    }),
  )
  expect(overlapping).toEqual([])

  await fleet.stop()
  await fleet.start()
  const again = new Shell(fleet)
  await again.server('Acme').click()
  await expect(again.server('Acme').getByRole('img', { name: '2 unsaved drafts' })).toBeVisible()
  const form = new RecordPage(fleet.page, 'network', 'Network')
  await form.open()
  await expect(form.root.getByText('Your unsaved draft was restored. You last changed it on')).toBeVisible()
  await expect(form.input('web_domain')).toHaveValue('new.example.com')
  await form.root.getByRole('button', { name: 'Discard', exact: true }).click()
  await fleet.page.getByRole('button', { name: 'Keep editing' }).click()
  await expect(form.input('web_domain')).toHaveValue('new.example.com')
  await form.root.getByRole('button', { name: 'Discard', exact: true }).click()
  await fleet.page.getByRole('button', { name: 'Discard changes' }).click()
  const list = new IpRulesPage(fleet.page)
  await list.open()
  await expect(list.editor).toContainText('Your unsaved draft was restored.')
  await expect(list.editor.getByRole('textbox', { name: 'Description' })).toHaveValue('Scanner')
  await fleet.page.keyboard.press('Escape')
  await fleet.page.getByRole('button', { name: 'Discard changes' }).click()
  await expect(again.server('Acme').getByRole('img', { name: /draft/ })).toHaveCount(0)

  const mail = new RecordPage(fleet.page, 'notification', 'Notifications')
  await mail.open()
  await mail.input('password').fill('hunter22')
  await fleet.page.getByRole('link', { name: 'Overview' }).click()
  await fleet.page.getByRole('button', { name: 'Keep editing' }).click()
  await expect(mail.input('password')).toHaveValue('hunter22')
  // The password alone is lost: what was typed beside it stays as a draft.
  await mail.input('reply_to').fill('noc@example.com')
  await fleet.page.getByRole('link', { name: 'Overview' }).click()
  const question = fleet.page.getByRole('dialog', { name: 'Discard changes?' })
  await expect(question).toContainText(/^.*lost: Password\. Your other changes stay as a draft\./s)
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await expect(fleet.page.locator('[data-page=overview]')).toBeVisible()
  await mail.open()
  await expect(mail.input('reply_to')).toHaveValue('noc@example.com')
  await expect(mail.input('password')).toHaveValue('')
})

test('a typed password of the account is not lost without a question', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const { page } = fleet
  await new AccountPage(page).open()
  const current = page.getByLabel('Current password')
  await current.fill('hunter22')
  await page.getByRole('link', { name: 'Overview' }).click()
  const question = page.getByRole('dialog', { name: 'Discard changes?' })
  await expect(question).toContainText('lost: Current password.')
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(current).toHaveValue('hunter22')
})

test('a restored draft says which secrets are not in it, until they are typed again', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ dealers: 1 }))
  const { page } = fleet
  const dealers = new RecordPage(page, 'dealers', 'Dealers')
  await dealers.open()
  await dealers.root.getByRole('button', { name: 'New dealer' }).click()
  await dealers.input('name').fill('north')
  await dealers.input('password').fill('Secret-Word-47')
  await page.evaluate(() => (location.hash = '#/journal'))
  const question = page.getByRole('dialog', { name: 'Discard changes?' })
  await expect(question).toContainText('Not kept in a draft and lost: Password')
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await page.locator('[data-page=journal]').waitFor()
  await page.evaluate(() => history.back())

  const note = dealers.panel.getByText('Your unsaved draft was restored.')
  await expect(note).toContainText('Enter again: Password.')
  // A change of something else is saved with it.
  await dealers.input('name').fill('northern')
  await fleet.reload()
  await expect(note).toContainText('Enter again: Password.')
  await expect(dealers.input('name')).toHaveValue('northern')
  await dealers.input('password').fill('Secret-Word-48')
  await expect(note).not.toContainText('Enter again')
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Secret-Word')
})
