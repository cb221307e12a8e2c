import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { plantedPassword } from '../secrets'
import { launchSignedIn } from '../servers'
import { profileWith, serverRecord } from '../workspaces'

const background = (shell: Shell): Promise<string> =>
  shell.page.evaluate(() => getComputedStyle(document.body).backgroundColor)

test('the overview shows counts, license, versions and the calls of a day', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx())
  const overview = new SessionPage(page).overview
  await expect(overview.locator('canvas')).toBeVisible()
  for (const text of [/Users.*of/, /Current calls/, /License/, /PBX version/])
    await expect(overview).toContainText(text)
})

test('the palette reaches servers and pages with the keyboard alone', async ({ launch, startPbx }) => {
  const { page } = await launchSignedIn(launch, await startPbx({ rules: 20 }))
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: /^Search servers/ })
  await expect(box).toBeFocused()
  await box.fill('app settings')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-page=settings]')).toBeVisible()
  await page.keyboard.press('Control+k')
  await box.fill('acme')
  await page.keyboard.press('Enter')
  await expect(new SessionPage(page).overview).toBeVisible()
  await page.keyboard.press('Control+k')
  await box.fill('ip rules')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-page=ip-rules][data-state=ready]')).toBeVisible()
  await page.keyboard.press('Control+k')
  await box.fill('web_failed_auth')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-page=system-settings] [data-field=web_failed_auth_amount]')).toBeVisible()
  await expect(page.getByRole('searchbox', { name: 'Find a field' })).toHaveValue('web_failed_auth_amount')
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()
})

test('the palette finds the same field and address again, and leaves unsaved changes alone', async ({
  launch,
  startPbx,
}) => {
  const { page } = await launchSignedIn(launch, await startPbx({ rules: 20 }))
  const goTo = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search servers/ }).fill(text)
    await page.keyboard.press('Enter')
  }
  await goTo('web_failed_auth')
  const find = page.getByRole('searchbox', { name: 'Find a field' })
  await expect(find).toHaveValue('web_failed_auth_amount')
  const amount = page.locator('[data-field=web_failed_auth_amount] input')
  await expect(amount).toBeFocused()
  await amount.fill('7')
  await find.fill('')
  await goTo('web_failed_auth')
  await expect(find).toHaveValue('web_failed_auth_amount')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(amount).toHaveValue('7')
  await expect(amount).toBeFocused()
  await amount.fill('5')

  await goTo('10.20.0.11')
  const search = page.getByRole('searchbox', { name: 'Search rules' })
  await expect(search).toHaveValue('10.20.0.11')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(search).toHaveValue('')
  await goTo('10.20.0.11')
  await expect(search).toHaveValue('10.20.0.11')
})

test('a whole journey by keyboard: add, trust, sign in, block an address', async ({ fleet, startPbx }) => {
  const pbx = await startPbx({ rules: 5 })
  const { page } = fleet
  const { keyboard } = page
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      const label = await page.evaluate(() => {
        const at = document.activeElement
        if (!(at instanceof HTMLElement)) return ''
        const labels = at instanceof HTMLInputElement ? Array.from(at.labels ?? [], ({ innerText }) => innerText) : []
        return [at.getAttribute('aria-label') ?? '', ...labels, at.innerText].join(' ').trim()
      })
      if (name.test(label)) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab never reaches ${String(name)}`)
  }
  await tabTo(/^Add a server/)
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await tabTo(/^Name/)
  await keyboard.type('Acme')
  await tabTo(/^Address/)
  await keyboard.type(pbx.url)
  await tabTo(/^Username/)
  await keyboard.type('admin')
  await keyboard.press('Enter')
  const session = new SessionPage(page)
  await expect(session.gate('untrusted')).toBeVisible()
  await tabTo(/^Trust certificate/)
  await keyboard.press('Enter')
  await expect(session.gate('needs-password').getByLabel('Password', { exact: true })).toBeFocused()
  await keyboard.type(plantedPassword)
  await keyboard.press('Enter')
  await expect(session.overview).toBeVisible()
  await tabTo(/^IP rules$/)
  await keyboard.press('Enter')
  const rules = new IpRulesPage(page)
  await expect(rules.grid).toBeVisible()
  await tabTo(/^New rule/)
  await keyboard.press('Enter')
  await expect(rules.editor.getByLabel('IP address or range')).toBeFocused()
  await keyboard.type('41.77.8.9')
  await tabTo(/^Review/)
  await keyboard.press('Enter')
  await expect(rules.editor.locator('[data-step=review]')).toBeVisible()
  await tabTo(/Create this rule|Create .* on/)
  await keyboard.press('Space')
  await tabTo(/^Create rule$/)
  await keyboard.press('Enter')
  await expect(rules.editor.locator('[data-view=outcome]')).toBeVisible()
  expect(pbx.rules().map(({ cidr }) => cidr)).toContain('41.77.8.9/32')
  await keyboard.press('Enter')
  await expect(rules.editor).toBeHidden()
})

test('the theme follows the system, and a choice overrides it and stays', async ({ fleet }) => {
  let shell = new Shell(fleet)
  await fleet.useTheme('light')
  const light = await background(shell)
  await fleet.useTheme('dark')
  await expect.poll(() => background(shell)).not.toBe(light)
  await shell.goTo('Settings')
  await shell.page.getByRole('radio', { name: 'Light' }).check()
  await expect.poll(() => background(shell)).toBe(light)
  await fleet.restart()
  shell = new Shell(fleet)
  await expect.poll(() => fleet.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light')
})

test('the window comes back where it was', async ({ launch }) => {
  const fleet = await launch()
  const place = { x: 40, y: 30, width: 1000, height: 700 }
  await fleet.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place)
  await fleet.restart()
  const now = (): Promise<unknown> =>
    fleet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  await expect.poll(now).toEqual(place)
})

test('an error can be copied from its notification', async ({ fleet }) => {
  const shell = new Shell(fleet)
  await fleet.answerDialogs(['/nonexistent/workspace.json'])
  await shell.add(/Import a workspace/)
  const notice = shell.notice('The workspace was not imported')
  await notice.getByRole('button', { name: 'Copy' }).click()
  const copied = (): Promise<string> => fleet.app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toContain('The workspace was not imported')
})

test('when the page dies the window is loaded again, on request, with the workspace in it', async ({ launch }) => {
  const fleet = await launch({ profile: await profileWith([serverRecord({ name: 'Alpha' })]) })
  await fleet.answerDialogs([0])
  await fleet.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => fleet.log()).toContain('The window stopped working')
  // Playwright's own page ended with the process: main is asked what its window shows.
  const shown = (): Promise<unknown> =>
    fleet.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return ''
      return contents.executeJavaScript('document.body.innerText') as Promise<unknown>
    })
  await expect.poll(shown).toContain('Alpha')
})
