import type { Page } from 'playwright'

/** Opens a page of the server by its tab, or from the menu of those that the row has no room for. */
export async function openServerTab(page: Page, label: string): Promise<void> {
  const tabs = page.getByRole('navigation', { name: 'Pages of this server' })
  /** With or without the mark of a draft. */
  const name = new RegExp(`^${label}\\W*(unsaved draft\\W*)?$`, 'i')
  const tab = tabs.getByRole('link', { name })
  const more = tabs.getByRole('button', { name: /more pages/i })
  await tabs.waitFor()
  if (await tab.isVisible()) return tab.click()
  await more.click()
  await page.getByRole('menuitem', { name }).click()
}
