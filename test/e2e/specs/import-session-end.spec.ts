import { expect, test } from '../fixtures'
import { pasteRows } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { Palette } from '../pages/search'
import { SessionPage } from '../pages/session'
import { launchSignedIn, signInToAll } from '../servers'

const csv = 'cidr,target,note\n198.51.100.0/24,DROP,a\n198.51.101.0/24,DENY,b\n198.51.102.0/24,DENY,c\n'

for (const end of ['the PBX ends it', 'the user signs out'])
  test(`saved and typed corrections outlive the session if ${end}, and closing the window asks about them`, async ({
    launch,
    startPbx,
  }) => {
    const pbx = await startPbx({ rules: 2 })
    const fleet = await launchSignedIn(launch, pbx)
    const { app, page } = fleet
    page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
    const rules = new IpRulesPage(page)
    await rules.open()
    const imports = await pasteRows(fleet, csv)
    await imports.check()
    const form = (row: number) => imports.panel.getByRole('form', { name: `Row ${row}` })
    await imports.row(2).click()
    await form(2).getByLabel('Action').selectOption('Block')
    await form(2).getByRole('button', { name: 'Save' }).click()
    await expect(form(2)).toBeHidden()
    await imports.row(4).click()
    const address = form(4).getByLabel('IP address or range')
    await address.fill('198.51.102.77')

    if (end === 'the PBX ends it') {
      pbx.dropSessions()
      await pbx.setFaults({ refuseRefresh: true })
      const [server] = (await fleet.call('workspace:get', {})).servers
      await fleet.call('fleet:refresh', { serverIds: [server?.id ?? ''] })
    } else {
      const palette = new Palette(fleet)
      await palette.find('Sign out')
      await palette.options.filter({ hasText: 'Sign out' }).first().click()
    }
    await expect(imports.panel).toBeHidden()
    await expect(page.getByText('The session ended and nothing was sent.')).toBeVisible()
    const question = page.getByRole('dialog', { name: 'Discard changes?' })
    await expect(question).toBeHidden()

    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect(question).toContainText('Clipboard (IP rules, Acme) is not imported yet.')
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await expect(question).toBeHidden()

    await pbx.clearFaults()
    await signInToAll(fleet)
    await expect(new SessionPage(page).gate('needs-password')).toBeHidden()
    await rules.open()
    await page.getByRole('button', { name: 'Import…' }).click()
    await imports.at('plan')
    await expect(page.getByText('The session ended and nothing was sent.')).toBeHidden()
    await expect(form(4).getByText('Your unsaved correction was restored.')).toBeVisible()
    await expect(address).toHaveValue('198.51.102.77')
    await form(4).getByRole('button', { name: 'Save' }).click()
    await expect(form(4)).toBeHidden()
    await expect(imports.row(4)).toContainText('198.51.102.77')
    await expect(imports.row(2)).toContainText('To create')
  })
