import { join } from 'node:path'
import { expect, test } from './fleet'
import { Board } from './pages/board'
import { MergedPage } from './pages/merged'
import { RolloutsPage } from './pages/rollouts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
const size = { width: 1280, height: 720 }

/** The steps of the tasks in docs/tasks.md. */
for (const theme of ['light', 'dark'] as const) {
  test(`an attack on many servers, ${theme}`, async ({ launchFleet }) => {
    const { fleet } = await launchFleet()
    const { page } = fleet
    const board = new Board(fleet)
    const take = (name: string): Promise<unknown> =>
      page.screenshot({ path: join(folder, `attack-${name}-${theme}.png`), animations: 'disabled' })
    await page.setViewportSize(size)
    await fleet.call('settings:patch', { theme })
    await page.locator(`html[data-theme=${theme}]`).waitFor()
    await board.signInToAll()
    await expect(board.root.getByRole('status').filter({ hasText: 'Signing in' })).toBeHidden()
    const [table, rollouts] = [new MergedPage(fleet, 'IP rules'), new RolloutsPage(page)]
    await table.open()
    await expect(table.serversRead).toHaveText(/^31 of 40 servers read/)
    await table.root.getByRole('button', { name: 'Block addresses…' }).first().click()
    const { form, panel } = rollouts
    await form.getByLabel(/IP addresses or ranges/).fill('41.202.7.9/16')
    await form.getByRole('button', { name: 'In 30 d' }).click()
    await form.getByLabel('Ticket or note').fill('INC-4711')
    await form.getByRole('searchbox', { name: 'Filter servers' }).fill('tag:gold')
    await form.getByRole('button', { name: /^Select all shown/ }).click()
    await take('form')
    await form.getByRole('button', { name: 'Preview' }).click()
    await rollouts.at('ready')
    await take('preview')
    await panel.getByLabel(/^Apply these changes to/).check()
    await rollouts.button(/^Apply \(/).click()
    await rollouts.at('review')
    await take('review')
    await rollouts.button('Continue').click()
    await rollouts.at('finished')
    await take('result')
  })
}
