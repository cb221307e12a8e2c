import { expect, test } from '../fixtures'
import { Shell } from '../pages/shell'

test('a newcomer is offered the four ways to begin', async ({ fleet }) => {
  const { page } = fleet
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All your PortSIP PBX servers in one workspace')
  for (const name of [/^Add a server/, /^Add a practice server/, /^Import servers from a file/, /^Import a workspace/])
    await expect(page.getByRole('main').getByRole('button', { name })).toBeVisible()
})

test('a practice server runs inside the app and can be signed in to', async ({ fleet }) => {
  const shell = new Shell(fleet)
  const { page } = shell
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Add a practice server/ })
    .click()
  await shell.dialog.getByRole('radio', { name: /22\.6/ }).check()
  await shell.dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.locator('[data-page=overview][data-state=ready]')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('.server-page > header').getByText('Practice', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'IP rules' }).click()
  await expect(page.locator('[data-page=ip-rules][data-state=ready]')).toBeVisible()
})

test('the native menu reaches what the window offers', async ({ fleet }) => {
  const shell = new Shell(fleet)
  await shell.nativeMenu('about')
  await expect(shell.dialog).toHaveAccessibleName('About PBX Fleet')
  await expect(shell.dialog).toContainText(/Electron\s*\d+\.\d+/)
  await shell.dialog.getByRole('button', { name: 'Close' }).click()
  await shell.nativeMenu('add-server')
  await expect(shell.dialog).toHaveAccessibleName('Add a server')
  await shell.dialog.getByRole('button', { name: 'Cancel' }).click()
  await shell.nativeMenu('practice-faults')
  await expect(shell.notice('Open a practice server first')).toContainText('practice servers that this app runs')
  await shell.nativeMenu('show-exports')
  await expect(shell.page.locator('[data-page=exports]')).toBeVisible()
})
