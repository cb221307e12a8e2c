import { seriousFindings } from '../axe'
import { expect, test } from '../fleet'
import { Board } from '../pages/board'
import { MergedPage } from '../pages/merged'
import { SearchPage } from '../pages/search'
import { checkReach } from '../reach'

test("the fleet's tables and the search can be used without a mouse, with a screen reader, and in a small window", async ({
  launchFleet,
}) => {
  const { fleet } = await launchFleet(6)
  const { page } = fleet
  const [board, search] = [new Board(fleet), new SearchPage(fleet)]
  await board.signInToAll()
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  const rules = new MergedPage(fleet, 'IP rules')
  await rules.open()
  await expect(rules.rows.first()).toBeVisible()
  await rules.missing.click()
  const check = async (what: string): Promise<void> => {
    expect.soft(await seriousFindings(page), what).toEqual([])
    await fleet.useTheme('dark')
    expect.soft(await seriousFindings(page, 'colours'), `${what}, dark`).toEqual([])
    await fleet.useTheme('light')
    await checkReach(page, what)
  }
  await check('IP rules of the fleet')

  // From the filter into the table, to a row of another server and into its record, with keys alone.
  await rules.filter.focus()
  await page.keyboard.type('198.51.100.5')
  await expect(rules.row('198.51.100.0/28').first()).toBeVisible()
  await expect(rules.row('198.51.100.64/28')).toHaveCount(0)
  await rules.root.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('198.51.100.0/28')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  // Back shows the table as it was left, and the keyboard goes on from there.
  await page.goBack()
  await expect(rules.filter).toHaveValue('198.51.100.5')
  const grid = rules.root.getByRole('grid')
  await expect(grid).toBeFocused()
  await expect(grid).toHaveAttribute('aria-activedescendant', /-cell-1-/)
  await page.keyboard.press('Space')
  await rules.root.getByRole('button', { name: 'Clear selection' }).press('Enter')
  await expect(grid).toBeFocused()

  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Search' }).click()
  await expect(search.box).toBeFocused()
  await page.keyboard.type('198.51.100.5')
  await expect(search.rows.first()).toBeVisible()
  await check('Search')
  await search.box.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-page=ip-rules] [data-index][aria-selected=true]')).toContainText('198.51.100.0/28')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('198.51.100.0/28')
})
