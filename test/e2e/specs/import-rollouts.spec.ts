import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import { ImportPage } from '../pages/imports'
import { MergedPage } from '../pages/merged'
import { RolloutsPage } from '../pages/rollouts'
import { numbered, signInToAll } from '../servers'

test('rows of a file go to the servers that they name, and copied rows to every selected server', async ({
  launch,
  startPbx,
}, info) => {
  const servers = await Promise.all([0, 1, 2].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  servers[1]?.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'Feed' })
  const rules = () => servers.map((pbx) => pbx.rules().map(({ cidr, description }) => `${cidr} ${description}`))
  const file = info.outputPath('feed.csv')
  mkdirSync(dirname(file), { recursive: true })
  const fleet = await launch({
    servers: numbered(servers),
    before: signInToAll,
  })
  const { page } = fleet
  const [table, rollouts, imports] = [new MergedPage(fleet, 'IP rules'), new RolloutsPage(page), new ImportPage(page)]

  writeFileSync(
    file,
    [
      'Server,IP address or range,Action,Description',
      'PBX 1,198.51.100.0/24,Block,Feed',
      `${servers[1]?.url},198.51.100.0/24,Block,Feed`,
      'PBX 3,41.77.0.0/16,Block,Feed',
      'PBX 7,41.77.0.0/16,Block,Feed',
      'PBX 3,41.77.0.300,Block,Feed',
    ].join('\n'),
  )
  await table.open()
  await table.root.getByRole('button', { name: 'Import…' }).click()
  await imports.at('file')
  expect(await seriousFindings(page)).toEqual([])
  await imports.drop(file)
  await imports.at('columns')
  await expect(imports.panel.getByText('Each row goes to the server in its Server column.')).toBeVisible()
  await imports.button('Check rows').click()
  await imports.at('plan')
  await expect(imports.count('create')).toContainText('3')
  await expect(imports.count('wrong')).toContainText('2')
  await expect(imports.row(5)).toContainText('No server of this workspace has the name or address “PBX 7”')
  await expect(imports.row(6)).toContainText('41.77.0.300')
  expect(await seriousFindings(page)).toEqual([])
  await imports.button('Preview').click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([
    /^PBX 1: Create 1 rule/,
    /^PBX 3: Create 1 rule, 1 not sent.*Row 6, invalid row/,
    /^PBX 2: Already in place/,
  ])
  await expect(rollouts.panel.getByText('Not sent, because their server is not known: row 5')).toBeVisible()
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('2')
  await rollouts.button('Apply (2)').click()
  await rollouts.at('finished')
  await rollouts.button('Close').last().click()
  expect(rules()).toEqual([['198.51.100.0/24 Feed'], ['198.51.100.0/24 Feed'], ['41.77.0.0/16 Feed']])

  // Cells of a spreadsheet.
  await fleet.call('app:copy', { text: 'cidr\ttarget\n9.9.9.9\tDENY\n9.9.8.0/24\tDENY' })
  await table.root.getByRole('button', { name: 'Import…' }).click()
  await imports.button('Paste rows').click()
  await imports.at('columns')
  await expect(imports.button('Check rows')).toBeDisabled()
  await imports.panel.getByRole('button', { name: 'Select all shown (3)' }).click()
  await imports.button('Check rows').click()
  await imports.at('plan')
  await imports.button('Preview').click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^3 servers: Create 2 rules/])
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('3')
  await rollouts.button('Apply (3)').click()
  await rollouts.at('finished')
  const added = servers.map((pbx) =>
    pbx
      .rules()
      .slice(1)
      .map(({ cidr }) => cidr)
      .toSorted(),
  )
  expect(added).toEqual(servers.map(() => ['9.9.8.0/24', '9.9.9.9/32']))
  await rollouts.button('Revert…').click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^3 servers: Delete 2 rules/])
})
