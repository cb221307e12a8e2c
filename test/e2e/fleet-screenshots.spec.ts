import { join } from 'node:path'
import { expect, test } from './fleet'
import { Board } from './pages/board'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
const size = { width: 1280, height: 720 }

/** The fleet board over 40 servers after "Sign in to all", and what waits for a person. */
for (const theme of ['light', 'dark'] as const) {
  test(`the fleet, ${theme}`, async ({ launchFleet }) => {
    const { fleet } = await launchFleet()
    const { page } = fleet
    const board = new Board(fleet)
    await page.setViewportSize(size)
    await fleet.useTheme(theme)
    await page.locator(`html[data-theme=${theme}]`).waitFor()
    await board.signInToAll()
    await expect(board.state('fine')).toHaveText('No alerts 23')
    await expect(board.attention).toContainText('(5)')
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `fleet-${theme}.png`), animations: 'disabled' })
    await board.attention.click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    await page.screenshot({ path: join(folder, `needs-attention-${theme}.png`), animations: 'disabled' })
  })
}
