import { expect, test } from '../fleet'
import { Board } from '../pages/board'
import { MergedPage } from '../pages/merged'

test('tenants, rules and settings of 40 servers are one table each', async ({ launchFleet }) => {
  const { fleet } = await launchFleet()
  const board = new Board(fleet)
  await board.signInToAll()
  await expect(board.attention).toContainText('(5)')
  const table = new MergedPage(fleet, 'Tenants')
  await table.open()
  await expect(table.serversRead).toContainText(/ of 40 servers read/)
})
