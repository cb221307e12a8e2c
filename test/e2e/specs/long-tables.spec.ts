import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures'
import { ExportsPage } from '../pages/exports'

const rows = 900_000

/** Chromium draws no element that is higher than all these rows. */
test('a table with more rows than an element has room for shows each of them, by scroll bar, wheel and keys', async ({
  fleet,
}) => {
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  const file = join(profile, 'long.csv')
  await writeFile(file, `n\n${Array.from({ length: rows }, (_, at) => at).join('\n')}\n`)
  await exports.open()
  await exports.drop(file)
  const grid = exports.view.getByRole('grid')
  const row = (n: number) => grid.getByText(String(n), { exact: true })
  await expect(row(0)).toBeInViewport()

  await grid.focus()
  await page.keyboard.press('End')
  await expect(row(rows - 1)).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('PageUp')
  await expect(exports.view.locator('.row.active')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Home')
  await expect(row(0)).toBeInViewport({ ratio: 1 })

  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await expect(row(rows - 1)).toBeInViewport({ ratio: 1 })
  await grid.hover()
  await page.mouse.wheel(0, -36 * 5)
  await expect(row(rows - 1)).not.toBeInViewport()
  await expect(row(rows - 7)).toBeInViewport({ ratio: 1 })
})
