import { join } from 'node:path'
import { expect, test } from './fleet'
import { MergedPage } from './pages/merged'
import { Palette, SearchPage } from './pages/search'
import { signedIn } from './pictures'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')

/** The fleet board over 40 servers after "Sign in to all", and what waits for a person. */
for (const theme of ['light', 'dark'] as const) {
  test(`the fleet, ${theme}`, async ({ launchFleet }) => {
    const { fleet } = await launchFleet()
    const { page } = fleet
    const board = await signedIn(fleet, theme)
    await expect(board.state('fine')).toHaveText('No alerts 23')
    await expect(board.attention).toContainText('(5)')
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `fleet-${theme}.png`), animations: 'disabled' })
    await board.button('Group by folder').click()
    await board.button('All folders').click()
    await page.getByRole('menuitem', { name: 'Collapse all folders' }).click()
    await board.groups.nth(4).click()
    await expect(board.groups.nth(4)).toHaveAttribute('aria-expanded', 'true')
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `fleet-groups-${theme}.png`), animations: 'disabled' })
    await board.button('Group by folder').click()
    await board.attention.click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    await page.screenshot({ path: join(folder, `needs-attention-${theme}.png`), animations: 'disabled' })
    await page.keyboard.press('Escape')

    const rules = new MergedPage(fleet, 'IP rules')
    await rules.open()
    await expect(rules.serversRead).toHaveText(/^31 of 40 servers read/)
    await rules.filter.fill('folder:Germany 198.51.100.5')
    await expect(rules.rows.first()).toContainText('198.51.100.0/28')
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `merged-rules-${theme}.png`), animations: 'disabled' })
    const [palette, search] = [new Palette(fleet), new SearchPage(fleet)]
    await palette.find('+49 30 901 013')
    await expect(palette.searched).toHaveText('31 of 40 servers searched')
    await expect(palette.options.nth(1)).toContainText('Trunk assignment')
    await page.screenshot({ path: join(folder, `palette-number-${theme}.png`), animations: 'disabled' })
    await palette.find('203.0.113.41')
    await page.getByRole('option', { name: /Search all servers for/ }).click()
    await expect(search.answers).toContainText('Allowed')
    await page.screenshot({ path: join(folder, `search-${theme}.png`), animations: 'disabled' })
  })
}
