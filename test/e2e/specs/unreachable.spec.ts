import { alone, expect, test } from '../fixtures'
import { Board } from '../pages/board'
import { IpRulesPage } from '../pages/ip-rules'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn, open } from '../servers'

const unreachable = /^Unreachable since .*\d.*: Connection refused$/

test('a PBX that stops turns its server red everywhere with the first request, and green with the next answer', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 20 })
  const fleet = await launchSignedIn(alone(launch), pbx)
  const { page } = fleet
  const shell = new Shell(fleet)
  const { header, overview } = new SessionPage(page)
  const dot = shell.server('Acme').getByRole('img', { name: unreachable })
  await expect(header).toContainText('Last response just now')
  await page.clock.install()
  await page.clock.fastForward('12:00')

  const users = overview.getByText('Users', { exact: true })
  const before = await users.boundingBox()
  await pbx.setFaults({ refuseConnections: true })
  await overview.getByRole('button', { name: 'Refresh' }).click()
  await expect(dot).toBeVisible()
  await expect(header.getByRole('img', { name: unreachable })).toBeVisible()
  await expect(header).toContainText(/Unreachable since .*: Connection refused · Last response 1[23] min ago/)
  await expect(overview).toContainText(/Not refreshed: Connection refused\.\s+Updated 1[23] min ago/)
  expect(await users.boundingBox()).toEqual(before)

  await shell.goTo('Fleet')
  await expect(new Board(fleet).cell('Acme', 'state')).toHaveText(/Unreachable since .*: Connection refused/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('acme')
  await expect(page.getByRole('option', { name: /^Acme/ })).toContainText('Unreachable since')
  await page.keyboard.press('Escape')

  await pbx.clearFaults()
  await open(fleet)
  await expect(shell.server('Acme').getByRole('img', { name: 'Signed in' })).toBeVisible()
  await expect(header).not.toContainText('Unreachable')
})

test('a list that cannot be refreshed keeps its rows, says from when they are, and a write fails in its place', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 60 })
  const fleet = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(fleet.page)
  const dot = (name: string | RegExp) => new Shell(fleet).server('Acme').getByRole('img', { name })
  await rules.open()
  await expect(rules.rows.first()).toBeVisible()
  const first = await rules.rows.first().boundingBox()

  await pbx.setFaults({ refuseConnections: true })
  await rules.root.getByRole('button', { name: 'Refresh' }).click()
  await expect(rules.root.getByRole('alert')).toContainText(
    /Not refreshed: all rows are from .*\d.* Connection refused/,
  )
  expect(await rules.rows.first().boundingBox()).toEqual(first)
  await expect(rules.count).toContainText('60 rules')
  await expect(dot(unreachable)).toBeVisible()
  await pbx.clearFaults()
  await rules.root.getByRole('button', { name: 'Retry' }).click()
  await expect(rules.root.getByRole('alert')).toBeHidden()
  await expect(dot('Signed in')).toBeVisible()

  await rules.edit()
  await rules.fill({ range: '41.77.8.9' })
  await pbx.setFaults({ refuseConnections: true })
  await rules.review()
  await expect(rules.editor.getByRole('alert')).toContainText('Connection refused')
  await expect(dot(unreachable)).toBeAttached()
  await pbx.clearFaults()
  await rules.editor.getByRole('button', { name: 'Retry' }).click()
  await rules.send()
  await rules.closeOutcome()
  await expect(dot('Signed in')).toBeVisible()
})
