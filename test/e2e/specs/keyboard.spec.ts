import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures'
import { recordFocusLosses, tabTo, toOption } from '../keyboard'
import { IpRulesPage } from '../pages/ip-rules'
import { RolloutsPage } from '../pages/rollouts'
import { openServerTab } from '../pages/server-tab'
import { SessionPage } from '../pages/session'
import { launchSignedIn } from '../servers'
import { plantedPassword } from '../secrets'

test('the focus is never lost: add, trust, code, rule, delete, import, export, rollout, all by keyboard', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3, otp: true, version: '22.6', tenants: 2, dealers: 0 })
  const fleet = await launch({ servers: [] })
  const { page, profile } = fleet
  const { keyboard } = page
  const dialog = page.getByRole('dialog')
  const focus = await recordFocusLosses(page)
  const press = async (name: RegExp, key = 'Enter'): Promise<void> => {
    await tabTo(page, name)
    await keyboard.press(key)
  }

  // First run.
  await press(/^Add a server/)
  await expect(dialog).toBeVisible()
  await tabTo(page, /^Name/)
  await keyboard.type('Acme')
  await tabTo(page, /^Address/)
  await keyboard.type(pbx.url)
  await tabTo(page, /^Username/)
  await keyboard.type('admin')
  await keyboard.press('Enter')
  const session = new SessionPage(page)
  await expect(session.gate('untrusted')).toBeVisible()
  await focus.expectKept('adding a server')

  // Sign-in with a wrong password, a wrong code, then the right ones.
  await press(/^Trust certificate/)
  await expect(session.gate('needs-password').getByLabel('Password', { exact: true })).toBeFocused()
  await keyboard.type('wrong')
  await keyboard.press('Enter')
  await expect(session.gate('needs-password').getByRole('alert').first()).toBeVisible()
  await focus.expectKept('a wrong password')
  await tabTo(page, /^Password$/)
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type(plantedPassword)
  await keyboard.press('Enter')
  const code = session.gate('needs-otp').getByRole('textbox', { name: 'Code' })
  await expect(code).toBeFocused()
  await keyboard.type('Code: 000 000')
  await keyboard.press('Enter')
  await expect(session.gate('needs-otp').getByRole('alert')).toContainText('The code is wrong or expired')
  await expect(code).toHaveValue('000000')
  await focus.expectKept('a wrong code')
  await tabTo(page, /^Verification code$/)
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type(`${pbx.otpCode().slice(0, 3)} ${pbx.otpCode().slice(3)}`)
  await keyboard.press('Enter')
  await expect(session.overview).toBeVisible()
  await focus.expectKept('the sign-in')

  // A page out of the palette, and its Refresh.
  await keyboard.press('Control+k')
  await keyboard.type('IP rules')
  await page
    .getByRole('option', { name: /IP rules/ })
    .first()
    .waitFor()
  await keyboard.press('Enter')
  const rules = new IpRulesPage(page)
  await expect(rules.grid).toBeVisible()
  await focus.expectKept('the palette')
  await press(/^Refresh/)
  await expect(page.getByRole('button', { name: /^Refresh/ }).first()).toBeEnabled()
  await focus.expectKept('Refresh')

  // A new rule.
  await press(/^New rule/)
  await expect(rules.editor.getByLabel('IP address or range')).toBeFocused()
  await keyboard.type('41.77.8.9')
  await press(/^Review/)
  await expect(rules.editor.locator('[data-step=review]')).toBeVisible()
  await tabTo(page, /Create this rule|Create .* on/)
  await keyboard.press('Space')
  await press(/^Create rule$/)
  await expect(rules.editor.locator('[data-view=outcome]')).toBeVisible()
  await focus.expectKept('a created rule')
  await keyboard.press('Enter')
  await expect(rules.editor).toBeHidden()
  await focus.expectKept('the closed panel')

  // The focused row is deleted.
  await tabTo(page, /^grid$/)
  await keyboard.press('Home')
  await keyboard.press('Delete')
  await expect(dialog).toBeVisible()
  await tabTo(page, /OVERRIDE/)
  await keyboard.type('OVERRIDE')
  await tabTo(page, /Delete this rule on/)
  await keyboard.press('Space')
  await press(/^Delete rule/)
  await expect(dialog.locator('[data-view=plan][data-state=finished]')).toBeVisible()
  await focus.expectKept('a deleted row')
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await focus.expectKept('the closed result')

  // Import.
  const source = join(profile, 'feed.csv')
  await writeFile(source, 'cidr,target,description\n45.10.20.0/24,DENY,Scanner\n45.10.21.0/24,DENY,Scanner\n')
  await fleet.answerDialogs([source])
  await press(/^Import…/)
  await expect(dialog).toBeVisible()
  await focus.expectKept('the import panel')
  await press(/^Choose|^Select file/)
  await expect(dialog.locator('[data-view=import][data-step=columns]')).toBeVisible()
  await focus.expectKept('the selected file')
  await press(/^Preview/)
  await expect(dialog.locator('[data-view=import][data-step=plan]')).toBeVisible()
  await focus.expectKept('the preview of the import')
  await press(/^(Continue|Create 2)/)
  await expect(dialog.locator('[data-view=import][data-step=confirm]')).toBeVisible()
  await focus.expectKept('the confirmation of the import')

  await tabTo(page, /Create .* on Acme/)
  await keyboard.press('Space')
  await press(/^Create 2 rules$/)
  await expect(dialog.locator('[data-view=plan][data-state=finished]')).toBeVisible()
  await focus.expectKept('the finished import')
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await focus.expectKept('the closed import')

  // Export.
  await press(/^Export…/)
  await expect(dialog).toBeVisible()
  await press(/^Export$/)
  await expect(dialog).toBeHidden()
  await expect(page.getByText(/Export of .*/).first()).toBeVisible()
  await focus.expectKept('the export')

  // The same change on several servers.
  await keyboard.press('Control+k')
  await keyboard.type('198.51.100.7')
  await page.getByRole('option', { name: /Block or allow 198.51.100.7 on servers/ }).waitFor()
  await toOption(page, /Block or allow 198.51.100.7 on servers/)
  await keyboard.press('Enter')
  const rollouts = new RolloutsPage(page)
  await expect(rollouts.form).toBeVisible()
  await focus.expectKept('the form for several servers')
  await press(/^Never/)
  await tabTo(page, /^Acme/)
  await keyboard.press('Space')
  await press(/^Preview/)
  await rollouts.at('ready')
  await focus.expectKept('the preview of a rollout')
  await tabTo(page, /Apply these changes/)
  await keyboard.press('Space')
  await press(/^Apply \(1\)$/)
  await rollouts.at('finished')
  await focus.expectKept('the rollout')
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await focus.expectKept('the closed rollout')
  expect(pbx.rules().map(({ cidr }) => cidr)).toEqual(
    expect.arrayContaining(['41.77.8.9/32', '45.10.20.0/24', '45.10.21.0/24', '198.51.100.7/32']),
  )
})

test('Escape closes what a button opened, and the button has the focus again', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 5, tenants: 3, dealers: 2 })
  const { page } = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const opened = page.getByRole('dialog').or(page.getByRole('menu'))
  const expectReturn = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const opener = page.getByRole('main').getByRole('button', { name, exact: true }).first()
      await opener.press('Enter')
      await expect(opened, name).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(opened, name).toBeHidden()
      await expect(opener).toBeFocused()
    }
  }
  await expectReturn(['Actions for Acme', 'More pages'])
  await openServerTab(page, 'Tenants')
  await expectReturn(['Templates…', 'Export…', 'Import…', 'New tenant'])
  await openServerTab(page, 'Trunk assignments')
  await expectReturn(['New assignment', 'Export…'])
  await openServerTab(page, 'IP rules')
  await expectReturn(['New rule', 'Import…', 'Export…'])
  await page.locator('[data-page=ip-rules]').getByRole('checkbox').nth(1).check()
  await expectReturn(['Change…', 'Delete…', 'Export…'])
  const menu = page.getByRole('menu')
  const grid = page.getByRole('grid', { name: 'IP rules' })
  await grid.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await expect(menu).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(grid).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(opened).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(opened).toBeHidden()
  await expect(grid).toBeFocused()
})
