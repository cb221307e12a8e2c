import { expect, test } from '../fleet'
import { Board } from '../pages/board'
import { Shell } from '../pages/shell'

/** When a rule that was added now ends, in RFC 3339. */
const inHours = (hours: number): string => `${new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19)}Z`

test('an alert that arises is new until it was seen, and no restart raises it again', async ({ launchFleet }) => {
  const { fleet, first } = await launchFleet(2)
  const [fine, near] = [first('fine'), first('users-near-limit')]
  const board = new Board(fleet)
  await board.signInToAll()
  // What is there at the first reading is known.
  for (const { name } of [fine, near]) await expect(board.cell(name, 'rules')).toHaveText('0')
  await expect(board.cell(near.name, 'state')).toHaveText(/^Signed in Users: 194 of 200/)
  await expect(board.newAlerts).toBeHidden()

  fine.pbx?.addRule({ cidr: '203.0.113.7/32', target: 'ACCEPT', expire_at: inHours(30) })
  await board.refresh()
  await expect(board.newAlerts).toHaveText(new RegExp(`^1 new alert since .*\\d.* ${fine.name}: 1 allow rule expires `))
  await expect(board.cell(fine.name, 'state')).toHaveText(/^New Signed in 1 allow rule expires /)

  await fleet.restart()
  const again = new Board(fleet)
  await expect(again.cell(fine.name, 'state')).toHaveText(/^New Not checked 1 allow rule expires /)
  await new Shell(fleet).nativeMenu('show-new-alerts')
  await expect(again.filter).toHaveValue('state:new')
  await expect(again.rows).toHaveCount(1)
  await again.markSeen()
  await expect(again.newAlerts).toBeHidden()
  await expect(again.rows).toHaveCount(2)
  await expect(again.cell(fine.name, 'state')).toHaveText(/^Not checked 1 allow rule expires /)

  await fleet.restart()
  const seen = new Board(fleet)
  await seen.signInToAll()
  await expect(seen.cell(fine.name, 'state')).toHaveText(/^Signed in 1 allow rule expires /)
  await expect(seen.cell(near.name, 'state')).toHaveText(/^Signed in Users: 194 of 200/)
  // Only the other server has a new alert, although both were read again.
  near.pbx?.addRule({ cidr: '203.0.113.8/32', target: 'ACCEPT', expire_at: inHours(30) })
  await seen.refresh()
  await expect(seen.newAlerts).toHaveText(new RegExp(`^1 new alert since .* ${near.name}: 1 allow rule expires `))
  await expect(seen.cell(fine.name, 'state')).toHaveText(/^Signed in 1 allow rule expires /)
})
