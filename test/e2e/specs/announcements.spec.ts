import { expect, test } from '../fixtures'
import { liveTexts } from '../announcements'
import { IpRulesPage } from '../pages/ip-rules'
import { openServerTab } from '../pages/server-tab'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchWith, open } from '../servers'
import { plantedPassword } from '../secrets'

test('what happens is announced: sign-in, pages, searches, refreshes, results, notifications, failures', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 12 })
  const fleet = await launchWith(launch, pbx)
  const { page } = fleet
  const announces = (text: string | RegExp): Promise<void> =>
    expect.poll(() => liveTexts(page)).toMatch(typeof text === 'string' ? new RegExp(text) : text)

  await open(fleet)
  const session = new SessionPage(page)
  await session.trust()
  await announces('Sign in to Acme')
  await session.signIn('wrong')
  await announces('wrong username or password')
  await session.signIn(plantedPassword)
  await announces('Signed in to Acme')

  const rules = new IpRulesPage(page)
  await rules.open()
  await announces('Acme: IP rules')
  await rules.search('no such rule')
  await announces('0 rules match')
  await rules.search('')
  await expect(rules.rows.first()).toBeVisible()
  await rules.root.getByRole('button', { name: 'Refresh' }).click()
  await announces(/Refreshed: [1-9]\d* rules/)

  // A result that takes the place of the form, and a notification.
  await rules.root.getByRole('button', { name: 'New rule' }).first().click()
  await rules.editor.getByLabel('IP address or range').fill('41.77.8.9')
  await rules.editor.getByRole('button', { name: 'Review' }).click()
  await rules.editor.getByRole('button', { name: 'Create rule' }).click()
  await expect(rules.editor.locator('[data-view=outcome]')).toBeVisible()
  await announces('Rule created|created')
  await rules.editor.getByRole('button', { name: 'Close' }).first().click()
  await rules.root.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  await expect(new Shell(fleet).notice(/Export of Acme/).first()).toBeVisible()
  await announces('Export of Acme finished')

  // A refresh that fails.
  await pbx.close()
  await openServerTab(page, 'License')
  await announces('Acme: License')
  await announces(/Connection refused|not respond|could not/i)
})
