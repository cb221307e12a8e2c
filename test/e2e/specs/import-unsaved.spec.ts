import { expect, test } from '../fixtures'
import { pasteRows } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { launchSignedIn } from '../servers'

const csv = 'cidr,target,remark\n198.51.100.0/24,DENY,a\n10.9.0.0/16,DENY,b\n198.51.102.0/24,DENY,c\n'

test('the typed correction of a row, and an open import, are not lost without a question', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 2 }))
  const { app, page } = fleet
  // Electron has answered the question of the page before, and keeps the window open.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  const question = page.getByRole('dialog', { name: 'Discard changes?' })
  const answer = (name: 'Keep editing' | 'Discard changes') => question.getByRole('button', { name }).click()
  await new IpRulesPage(page).open()
  const imports = await pasteRows(fleet, csv)
  await imports.check()

  // Not by its color only.
  await expect(imports.row(3).getByText('To create, flagged')).toHaveAttribute('data-tone', 'warn')
  await expect(imports.row(2).getByText('To create', { exact: true })).toHaveAttribute('data-tone', 'good')
  await imports.row(2).click()
  const address = imports.panel.getByRole('form', { name: 'Row 2' }).getByLabel('IP address or range')
  await address.fill('198.51.100.77')
  const ways = [
    () => imports.row(4).click(),
    () => imports.button('Remove flagged rows').click(),
    () => imports.button('Back').click(),
    () => imports.button('Continue').click(),
    () => imports.panel.getByRole('form').getByRole('button', { name: 'Cancel' }).click(),
    () => imports.button('Close').click(),
    () => page.keyboard.press('Escape'),
    () => page.evaluate(() => history.back()),
    () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.send('menu:command', 'show-journal'),
      ),
    () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  ]
  for (const way of ways) {
    await way()
    await answer('Keep editing')
    await expect(question).toBeHidden()
    await expect(address).toHaveValue('198.51.100.77')
  }

  // With one order of the buttons, as in forms.
  await imports.row(4).click()
  await expect(question.getByRole('button')).toHaveText(['Keep editing', 'Discard changes'])
  await answer('Discard changes')
  await expect(imports.panel.getByRole('form', { name: 'Row 4' })).toBeVisible()
  await expect(imports.row(2)).toContainText('198.51.100.0/24')

  // Nothing was typed in this form, but the import is open.
  await imports.button('Back').click()
  await imports.at('columns')
  await imports.map('remark', 'Description')
  await imports.button('Another file').click()
  await answer('Keep editing')
  await imports.at('columns')
  await page.keyboard.press('Escape')
  await answer('Keep editing')
  await page.evaluate(() => (location.hash = '#/journal'))
  await expect(question).toContainText('Clipboard is not imported yet')
  await answer('Discard changes')
  await expect(page.locator('[data-page=journal]')).toBeVisible()
})

test('columns and the ticket of the confirmation are there again after Back and after another separator', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 2 }))
  const { page } = fleet
  await new IpRulesPage(page).open()
  const imports = await pasteRows(fleet, csv)
  await imports.map('remark', 'Description')
  const separator = imports.panel.getByRole('combobox', { name: 'Cells are separated by' })
  await separator.focus()
  await separator.selectOption(';')
  await expect(imports.panel.getByRole('combobox', { name: 'Field for' })).toHaveCount(1)
  await expect(separator).toBeFocused()
  await separator.selectOption(',')
  await expect(imports.panel.getByRole('combobox', { name: 'Field for remark' })).toHaveValue('description')
  await imports.check()
  await imports.button('Remove flagged rows').click()
  await expect(imports.count('excluded')).toContainText('1')
  await expect(imports.button('Remove flagged rows')).toBeFocused()

  await imports.confirm()
  await imports.panel.getByLabel('Ticket or note').fill('INC-4711')
  await imports.button('Back').click()
  await imports.button('Back').click()
  await imports.check()
  await imports.confirm()
  await expect(imports.panel.getByLabel('Ticket or note')).toHaveValue('INC-4711')
})
