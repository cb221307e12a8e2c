import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { PlansPage } from '../pages/plans'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'

test('selected rules are changed together: previewed, paused, resumed, saved, and reverted as one plan that is canceled and retried', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  for (let at = 1; at <= 40; at++) pbx.addRule({ cidr: `198.51.100.${at}/32`, target: 'DENY', description: 'Scanner' })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page, profile } = fleet
  const result = join(profile, 'plan result.csv')
  await fleet.answerDialogs([result])
  const [rules, plans] = [new IpRulesPage(page), new PlansPage(page)]
  const sent = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters/'))
  await rules.open()
  await rules.grid.getByRole('checkbox', { name: 'Select all rows that match' }).check()
  await rules.root.getByRole('button', { name: 'Change…' }).click()
  await expect(page.getByRole('button', { name: 'Preview' })).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Description' }).check()
  await page.getByLabel('Description', { exact: true }).last().fill('Botnet')
  await page.getByRole('button', { name: 'Preview' }).click()
  await plans.at('ready')
  await expect(plans.steps.first()).toContainText('Description: Scanner')
  await expect(plans.steps.first()).toContainText('Description: Botnet')
  expect(await seriousFindings(page)).toEqual([])
  await expect(plans.button('Change (40)')).toBeDisabled()
  expect(sent()).toHaveLength(0)

  await plans.panel.getByRole('checkbox', { name: /Apply these changes/ }).check()
  await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await plans.button('Change (40)').click()
  await expect(plans.count('sending')).toContainText('4')
  await plans.button('Continue in background').click()
  await expect(plans.bar).toContainText('Applying 0 of 40')
  await plans.bar.getByRole('button', { name: /^Pause: / }).click()
  await pbx.setFaults({ holdReplies: false })
  await expect(plans.bar).toContainText('Paused: 4 of 40')
  await expect(plans.bar.getByRole('button', { name: /^Pause: / })).toBeDisabled()
  expect(sent()).toHaveLength(4)

  await plans.bar.getByRole('button', { name: /^Show: / }).click()
  await plans.at('paused')
  await plans.button('Resume').click()
  await plans.at('finished')
  await expect(plans.count('done')).toContainText('40')
  expect(sent()).toHaveLength(40)
  expect(new Set(pbx.rules().map(({ description }) => description))).toEqual(new Set(['Botnet']))
  await plans.button('Save result…').click()
  await expect.poll(() => readFile(result, 'utf8').catch(() => '')).toContain('Description: Botnet')
  expect((await readFile(result, 'utf8')).trim().split('\r\n')).toHaveLength(41)

  await plans.button('Revert…').click()
  await plans.at('ready')
  await plans.panel.getByRole('checkbox').check()
  await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await plans.button('Revert (40)').click()
  await expect(plans.count('sending')).toContainText('4')
  const pause = await plans.button('Pause').boundingBox()
  const cancel = await plans.button('Cancel').boundingBox()
  await plans.button('Cancel').click()
  await expect(plans.cancelDialog).toContainText('No change has been applied.')
  await expect(plans.cancelDialog).toContainText('36 changes will not be sent.')
  expect(await seriousFindings(page)).toEqual([])
  await plans.cancelDialog.getByRole('button', { name: 'Cancel plan' }).click()
  await pbx.setFaults({ holdReplies: false })
  await plans.at('canceled')
  await expect(plans.count('notSent')).toContainText('36')
  expect(sent()).toHaveLength(44)
  // Where Pause and Cancel were there is no other action now.
  for (const box of [pause, cancel]) await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10)
  await plans.at('canceled')
  await expect(plans.button('Retry (36)')).toBeEnabled()
  expect(sent()).toHaveLength(44)
  await plans.button('Retry (36)').click()
  await plans.panel.getByRole('checkbox').check()
  await plans.button('Retry (36)').click()
  await plans.at('finished')
  expect(sent()).toHaveLength(80)
  expect(new Set(pbx.rules().map(({ description }) => description))).toEqual(new Set(['Scanner']))
  await plans.button('Close').last().click()
  await expect(plans.rows.first()).toContainText('Revert 40 changes on Acme')
  await expect(plans.rows.nth(1)).toContainText('Change 40 rules on Acme')
  await plans.rows.nth(1).click()
  await expect(plans.rows.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await plans.at('finished')
  await expect(plans.panel).toContainText('Change 40 rules on Acme')
})

test('a session that ends in the middle of a deletion leaves its result, which goes on after sign-in', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  for (let at = 1; at <= 104; at++) pbx.addRule({ cidr: `198.51.100.${at}/32`, target: 'DENY' })
  const { page } = await launchSignedIn(launch, pbx)
  const [rules, plans, session] = [new IpRulesPage(page), new PlansPage(page), new SessionPage(page)]
  await rules.open()
  await rules.grid.getByRole('checkbox', { name: 'Select all rows that match' }).check()
  await rules.startDelete()
  await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await rules.dialog.getByRole('button', { name: 'Delete 104 rules' }).click()
  await expect(plans.count('sending')).toContainText('4')
  await plans.button('Continue in background').click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await pbx.setFaults({ holdReplies: false })
  await expect(plans.bar).toContainText('Paused: ')
  await plans.bar.getByRole('button', { name: /^Show: / }).click()
  await plans.at('paused')
  await expect(plans.panel.getByTestId('plan-reason')).toContainText('Sign in to Acme, then resume.')
  await plans.button('Close').last().click()

  await page.getByRole('treeitem', { name: /Acme/ }).click()
  await session.gate('signed-out').getByRole('button', { name: 'Sign in' }).click()
  await expect.poll(() => pbx.rules().length).toBe(0)
  const destroyed = pbx.requests.filter(({ path }) => path.endsWith('/destroy'))
  expect(new Set(destroyed.map(({ path }) => path)).size).toBe(destroyed.length)
  await page.getByRole('link', { name: 'Plans' }).click()
  await expect(plans.rows.first()).toContainText('Finished')
  await expect(plans.rows.first()).toContainText('104')
})

test('the app is killed in the middle of a plan: it is there again, and goes on without sending anything twice', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  for (let at = 1; at <= 30; at++) pbx.addRule({ cidr: `198.51.100.${at}/32`, target: 'DENY' })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await rules.grid.getByRole('checkbox', { name: 'Select all rows that match' }).check()
  await rules.startDelete()
  await rules.dialog.getByRole('checkbox').check()
  await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await rules.dialog.getByRole('button', { name: 'Delete 30 rules' }).click()
  const destroyed = () => pbx.requests.filter(({ path }) => path.endsWith('/destroy'))
  await expect.poll(() => destroyed().length).toBe(4)
  await fleet.kill()
  await pbx.clearFaults()

  await fleet.start()
  const [shell, plans] = [new Shell(fleet), new PlansPage(fleet.page)]
  await expect(plans.bar).toContainText('Paused: ')
  await shell.server('Acme').click()
  await expect(new SessionPage(fleet.page).overview).toBeVisible()
  await plans.bar.getByRole('button', { name: /^Show: / }).click()
  await plans.at('paused')
  await expect(plans.panel.getByTestId('plan-reason')).toContainText('The app ended before the plan was finished')
  await expect(plans.count('done')).toContainText('4')
  await plans.button('Resume').click()
  await plans.panel.getByRole('checkbox').check()
  await plans.button('Resume (26)').click()
  await plans.at('finished')
  await expect(plans.count('done')).toContainText('30')
  expect(pbx.rules()).toEqual([])
  expect(destroyed()).toHaveLength(30)
})
