import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seriousFindings } from '../axe'
import { expect, test } from '../fleet'
import { resize, windowSizes } from '../layout'
import { Board } from '../pages/board'
import { Shell } from '../pages/shell'
import { checkReach } from '../reach'

test('folders are groups with totals of what was read; they are collapsed with the keyboard, and a restart remembers it', async ({
  launchFleet,
}) => {
  const { fleet, servers, first } = await launchFleet(10)
  const { page } = fleet
  const board = new Board(fleet)
  const inFolder = (folder: string) => servers.filter((server) => server.folder === folder)
  await board.signInToAll()
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  await board.button('Group by folder').click()
  await expect(board.groups).toHaveCount(5)
  const iberia = inFolder('Iberia')
  await expect(board.group('Iberia').locator('[data-cell=server]')).toHaveText(`Iberia ${iberia.length} servers`)

  // The sum is of the servers that could be read, and says so.
  const unread = inFolder('Nordics').filter(({ kind }) => kind === 'refuses-connections')
  expect(unread).toHaveLength(1)
  const users = board.group('Nordics').locator('[data-cell=users]')
  await expect(users).toContainText(/of [\d,]+( \(\w+\))? 1 missing$/)
  await expect(users).toHaveAttribute('title', new RegExp(`Without ${unread[0]?.name}$`))
  await expect(board.group('Germany').locator('[data-cell=users]')).not.toContainText('missing')
  // In a usual window, the totals and the number of servers that are missing can be read without a tooltip.
  await resize(page, windowSizes[0])
  for (const column of ['users', 'calls', 'maintenance', 'certificate', 'rules', 'updated'] as const) {
    await expect.poll(() => board.cut(column), column).toEqual([])
    expect(await board.cutDetails(column)).toEqual([])
  }

  // With the keyboard alone: into the table, to a group, and through it.
  await board.filter.focus()
  await board.grid.focus()
  await page.keyboard.press('Home')
  const [worst = ''] = await board.names()
  await page.keyboard.press('ArrowLeft')
  await expect(board.group(worst)).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowRight')
  await expect(board.group(worst)).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(board.group(worst)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(board.group(worst)).toHaveAttribute('aria-expanded', 'false')
  await expect(board.rows).toHaveCount(5 + 8)

  await fleet.restart()
  const restored = new Board(fleet)
  await expect(restored.button('Group by folder')).toHaveAttribute('aria-pressed', 'true')
  await expect(restored.group(worst)).toHaveAttribute('aria-expanded', 'false')
  await expect(restored.rows).toHaveCount(5 + 8)
  // What is stored is shown, not what this run has not read.
  await expect(restored.group('Germany').locator('[data-cell=users]')).toContainText(/of [\d,]+/)

  // A filter shows what it finds in every group; the view remembers the groups.
  const { name } = first('otp')
  await restored.filter.fill(name)
  await expect(restored.rows).toHaveCount(2)
  await restored.button('Views').click()
  await fleet.page.getByRole('menuitem', { name: 'Save this view…' }).click()
  await fleet.page.getByRole('dialog').getByLabel('Name').fill('One in its folder')
  await fleet.page.keyboard.press('Enter')
  await restored.button('One in its folder').click()
  await fleet.page.getByRole('menuitem', { name: 'Worst first' }).click()
  await expect(restored.rows).toHaveCount(10)
  await expect(restored.groups).toHaveCount(0)
  await restored.button('Worst first').click()
  await fleet.page.getByRole('menuitem', { name: /^One in its folder/ }).click()
  await expect(restored.groups).toHaveCount(1)
  await restored.filter.fill('')

  // The file has a line for each server, also of a collapsed folder, and none for a group.
  const file = join(fleet.profile, 'fleet.csv')
  await fleet.answerDialogs([file])
  await restored.button('Export…').click()
  await expect(new Shell(fleet).notice('Fleet exported')).toBeVisible()
  const lines = (await readFile(file, 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(servers.length + 1)
  const order = await restored.groupNames()
  expect([...new Set(lines.slice(1).map((line) => order.find((folder) => line.includes(`,${folder},`))))]).toEqual(
    order,
  )
})

test('groups can be used with a screen reader, in both themes, and in a small window', async ({ launchFleet }) => {
  const { fleet } = await launchFleet(6)
  const { page } = fleet
  const board = new Board(fleet)
  await board.signInToAll()
  await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
  await board.button('Group by folder').click()
  await board.group('Germany').click()
  await expect(board.group('Germany')).toHaveAttribute('aria-expanded', 'false')
  for (const density of ['normal', 'compact']) {
    if (density === 'compact') await board.button('Compact').click()
    expect.soft(await seriousFindings(page), density).toEqual([])
    await fleet.useTheme('dark')
    expect.soft(await seriousFindings(page, 'colours'), `${density}, dark`).toEqual([])
    await fleet.useTheme('light')
    await checkReach(page, density)
  }
})
