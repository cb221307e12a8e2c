import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { emptyServerDraft } from '@shared/domain/server'
import type { PlanFile } from '@shared/rollout/plan-file'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import { MergedPage } from '../pages/merged'
import { RolloutsPage } from '../pages/rollouts'
import { signInToAll } from '../servers'

test('a plan is saved as a file, and opens for a colleague as a new preview of the servers as they are now', async ({
  launch,
  startPbx,
}, info) => {
  const servers = await Promise.all([0, 1].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const ids = servers.map((pbx) => pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'Feed' }).id)
  const rules = () => servers.map((pbx) => pbx.rules().map(({ description }) => description))
  const path = info.outputPath('incident.pbxplan.json')
  const draft = (at: number, name: string) => ({
    ...{ ...emptyServerDraft, name, address: servers[at]?.url ?? '', username: 'admin', protection: 'open' as const },
  })

  // On the first computer the change is previewed, and not applied.
  const fleet = await launch({ servers: [draft(0, 'Berlin'), draft(1, 'Lisbon')], before: signInToAll })
  const [table, rollouts] = [new MergedPage(fleet, 'IP rules'), new RolloutsPage(fleet.page)]
  await table.open()
  await expect(table.rows).toHaveCount(2)
  for (const at of [0, 1]) await table.rows.nth(at).getByRole('checkbox').check()
  await table.root.getByRole('button', { name: 'Change…' }).click()
  const form = fleet.page.getByRole('dialog', { name: 'Change 2 rules on 2 servers' })
  await form.getByRole('checkbox', { name: 'Description' }).check()
  await form.getByRole('textbox', { name: 'Description' }).fill('INC-4711')
  await form.getByRole('button', { name: 'Preview' }).click()
  await rollouts.at('ready')
  expect(await seriousFindings(fleet.page)).toEqual([])
  await mkdir(dirname(path), { recursive: true })
  await fleet.answerDialogs([path])
  await rollouts.panel.getByRole('button', { name: 'Save plan as file…' }).click()
  await expect(fleet.page.getByText('Saved as incident.pbxplan.json')).toBeVisible()
  const file = JSON.parse(await readFile(path, 'utf8')) as PlanFile
  expect(file.servers.map(({ name, address, steps }) => [name, address, steps.length])).toEqual([
    ['Berlin', servers[0]?.url, 1],
    ['Lisbon', servers[1]?.url, 1],
  ])

  // The colleague has one of the servers with another name, and somebody has changed nothing there meanwhile.
  const other = await launch({ servers: [draft(1, 'Lisboa')], before: signInToAll })
  const { page } = other
  const colleague = new RolloutsPage(page)
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Plans' }).click()
  await other.answerDialogs([path, path])
  await page.getByRole('button', { name: 'Open plan file…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Plan file' })
  await expect(dialog.getByRole('region', { name: 'Servers of this workspace' })).toContainText('Lisboa')
  await expect(dialog.getByRole('region', { name: 'Servers that are left out' })).toContainText(
    /Berlin · .*: Not in this workspace/,
  )
  expect(await seriousFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await colleague.at('ready')
  await expect(colleague.groups).toHaveText([/^Lisboa: Change 1 rule.*Feed.*INC-4711/])
  expect(rules()).toEqual([['Feed'], ['Feed']])
  await colleague.button('Apply (1)').click()
  await colleague.at('finished')
  expect(rules()).toEqual([['Feed'], ['INC-4711']])
  await colleague.button('Close').last().click()

  // Somebody changed the rule since the file was saved.
  servers[1]?.changeRule(ids[1] ?? '', { description: 'by hand' })
  await page.getByRole('button', { name: 'Open plan file…' }).click()
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('alert')).toContainText(/Lisboa: In conflict.*Description: by hand/)
  await page.getByRole('button', { name: 'Cancel' }).click()

  // A file of a newer app.
  await writeFile(path, JSON.stringify({ ...file, version: 2 }))
  await other.answerDialogs([path])
  await page.getByRole('button', { name: 'Open plan file…' }).click()
  await expect(page.getByText(/it has version 2 of the format, and this app reads version 1/)).toBeVisible()
  expect(rules()).toEqual([['Feed'], ['by hand']])
})
