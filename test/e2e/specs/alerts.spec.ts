import { seriousFindings } from '../axe'
import { earlyTimers } from '../early-timers'
import { expect, test, type LaunchedFleet } from '../fleet'
import { systemNotifications } from '../notifications'
import { Board } from '../pages/board'
import { Shell } from '../pages/shell'

/** Another technician adds an allow rule that expires in 30 hours. */
const addExpiringRule = ({ pbx }: ReturnType<LaunchedFleet['first']>): void =>
  void pbx?.addRule({
    cidr: '203.0.113.7/32',
    target: 'ACCEPT',
    expire_at: `${new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 19)}Z`,
  })

test('an alert that arises is new until it was seen, and no restart raises it again', async ({ launchFleet }) => {
  const { fleet, first } = await launchFleet(2)
  const [fine, near] = [first('fine'), first('users-near-limit')]
  const board = new Board(fleet)
  await board.signInToAll()
  // What is there at the first reading is known.
  for (const { name } of [fine, near]) await expect(board.cell(name, 'rules')).toHaveText('0')
  await expect(board.cell(near.name, 'state')).toHaveText(/^Signed in Users: 194 of 200/)
  await expect(board.newAlerts).toBeHidden()
  // In the sidebar, both are signed in, and only one of them has an alert.
  const shell = new Shell(fleet)
  await expect(shell.server(near.name).getByRole('img', { name: /^Signed in/ })).toBeVisible()
  await expect(shell.server(near.name).getByRole('img', { name: /^Warning: Users: 194 of 200/ })).toBeVisible()
  await expect(shell.server(fine.name).getByRole('img')).toHaveCount(1)

  addExpiringRule(fine)
  await board.refresh()
  await expect(board.newAlerts).toHaveText(new RegExp(`^1 new alert since .*\\d.* ${fine.name}: 1 allow rule expires `))
  await expect(board.cell(fine.name, 'state')).toHaveText(/^New Signed in 1 allow rule expires /)
  for (const theme of ['light', 'dark'] as const) {
    await fleet.useTheme(theme)
    expect.soft(await seriousFindings(board.page), theme).toEqual([])
  }

  await fleet.restart()
  const again = new Board(fleet)
  await expect(again.cell(fine.name, 'state')).toHaveText(/^New Not checked 1 allow rule expires /)
  await new Shell(fleet).nativeMenu('show-new-alerts')
  await expect(again.filter).toHaveValue('state:new')
  await expect(again.rows).toHaveCount(1)
  await again.markSeen()
  await expect(again.newAlerts).toBeHidden()
  // The button is gone, and the focus is in the table.
  await expect(again.root.locator('[role=grid]:focus, [role=grid] :focus')).toBeVisible()
  // The filter is the user's, and says that nothing is left.
  await expect(again.filter).toHaveValue('state:new')
  await expect(again.root.getByRole('heading', { name: 'No new alerts' })).toBeVisible()
  await again.button('Clear filter').click()
  await expect(again.rows).toHaveCount(2)
  await expect(again.cell(fine.name, 'state')).toHaveText(/^Not checked 1 allow rule expires /)

  await fleet.restart()
  const seen = new Board(fleet)
  await seen.signInToAll()
  await expect(seen.cell(fine.name, 'state')).toHaveText(/^Signed in 1 allow rule expires /)
  await expect(seen.cell(near.name, 'state')).toHaveText(/^Signed in Users: 194 of 200/)
  // Only the other server has a new alert, although both were read again.
  addExpiringRule(near)
  await seen.refresh()
  await expect(seen.newAlerts).toHaveText(new RegExp(`^1 new alert since .* ${near.name}: 1 allow rule expires `))
  await expect(seen.cell(fine.name, 'state')).toHaveText(/^Signed in 1 allow rule expires /)
})

test('with the setting on, alerts are one notification of the system, and a click on it opens them', async ({
  launchFleet,
}) => {
  const { fleet, servers, first } = await launchFleet(2, { alone: true })
  const [board, shell] = [new Board(fleet), new Shell(fleet)]
  const notifications = await systemNotifications(fleet)
  const gathered = await earlyTimers(fleet, 20_000)
  await shell.goTo('Settings')
  await fleet.page.getByRole('checkbox', { name: 'Notify me of new alerts' }).check()
  await shell.goTo('Fleet')
  await board.signInToAll()
  for (const { name } of servers) await expect(board.cell(name, 'rules')).toHaveText('0')
  for (const server of servers) addExpiringRule(server)
  await board.refresh()
  await expect(board.newAlerts).toContainText('2 new alerts')
  await shell.goTo('Journal')
  expect(await notifications.shown()).toEqual([])
  await gathered()
  // The server with another alert is the worse one.
  const [worse, other] = [first('users-near-limit').name, first('fine').name]
  const text = new RegExp(`^2 new alerts\n${worse}: 1 allow rule expires .*\n${other}: 1 allow rule expires `)
  await expect.poll(() => notifications.shown(), { timeout: 60_000 }).toEqual([expect.stringMatching(text)])
  await notifications.click()
  await expect(board.filter).toHaveValue('state:new')
  await expect(board.rows).toHaveCount(2)
})
