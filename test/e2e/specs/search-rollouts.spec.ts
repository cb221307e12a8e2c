import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import { RolloutsPage } from '../pages/rollouts'
import { SearchPage } from '../pages/search'
import { numbered, signInToAll } from '../servers'

test('results of a search are changed together, and a rule that matches an address is deleted on every server that has it', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2, 3].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const range = '198.51.100.0/24'
  for (const pbx of servers.slice(0, 3)) pbx.addRule({ cidr: range, target: 'DENY', description: 'Feed' })
  for (const pbx of servers) pbx.addRule({ cidr: '9.9.9.0/24', target: 'DENY', description: 'Other' })
  const rules = () => servers.map((pbx) => pbx.rules().map(({ cidr, description }) => `${cidr} ${description}`))
  const fleet = await launch({
    servers: numbered(servers),
    before: signInToAll,
  })
  const { page } = fleet
  const [search, rollouts] = [new SearchPage(fleet), new RolloutsPage(page)]
  const bar = search.root.getByRole('toolbar', { name: 'Selected results' })
  const form = page.getByRole('dialog', { name: 'Change 2 rules on 2 servers' })
  const box = (name: RegExp) => search.rows.filter({ hasText: name }).getByRole('checkbox')

  // Results of several kinds have nothing that could be changed together.
  await search.open()
  await search.box.fill('tenant1')
  await box(/Trunk assignment/)
    .first()
    .check()
  await expect(search.root.getByTestId('count')).toHaveText('Trunk assignments are changed on their server')
  await search.rows.filter({ hasText: 'SIP domain' }).first().getByRole('checkbox').check()
  await expect(search.root.getByTestId('count')).toHaveText('Select results of one kind')
  await expect(bar.getByRole('button', { name: 'Change…' })).toBeDisabled()
  await expect(bar.getByRole('button', { name: 'Delete…' })).toBeDisabled()
  await search.box.fill('198.51.100.0')
  await expect(search.rows).toHaveCount(3)
  await box(/PBX 1/).check()
  await box(/PBX 3/).check()
  await expect(bar).toContainText('2 results selected')
  expect(await seriousFindings(page)).toEqual([])
  await bar.getByRole('button', { name: 'Change…' }).click()
  await form.getByRole('checkbox', { name: 'Description' }).check()
  await form.getByRole('textbox', { name: 'Description' }).fill('INC-4711')
  await form.getByRole('button', { name: 'Preview' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^2 servers: Change 1 rule/])
  await rollouts.panel.getByLabel(/Type the number of/).fill('2')
  await rollouts.button('Apply (2)').click()
  await rollouts.at('finished')
  await rollouts.button('Close').last().click()
  const other = '9.9.9.0/24 Other'
  expect(rules().map((texts) => texts.filter((text) => text !== other))).toEqual([
    [`${range} INC-4711`],
    [`${range} Feed`],
    [`${range} INC-4711`],
    [],
  ])

  // An address within the range: the rule is one line, whatever else it has on each server.
  await search.box.fill('198.51.100.7')
  const shared = search.answers.getByRole('list', { name: 'Matching rules' })
  await expect(shared.getByRole('listitem')).toHaveText([/^Block 198\.51\.100\.0\/24 on 3 servers/])
  expect(await seriousFindings(page)).toEqual([])
  await shared.getByRole('button', { name: 'Delete Block 198.51.100.0/24 on 3 servers…' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^2 servers: Delete 1 rule/, /^PBX 2: Delete 1 rule/])
  await rollouts.panel.getByLabel(/Type the number of/).fill('3')
  await rollouts.button('Delete (3)').click()
  await rollouts.at('finished')
  expect(rules()).toEqual(servers.map(() => [other]))
  await rollouts.button('Close').last().click()
  await expect(search.answers.getByTestId('effects')).toContainText('Blocked on 0 of 4 servers')
})
