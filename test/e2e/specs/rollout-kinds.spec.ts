import type { PracticePbx } from '@demo/practice-pbx'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { MergedPage } from '../pages/merged'
import { PlansPage } from '../pages/plans'
import { RecordPage } from '../pages/records'
import { RolloutsPage } from '../pages/rollouts'
import { signInToAll } from '../servers'

const draftOf = (pbx: PracticePbx, at: number): ServerDraft => ({
  ...{ ...emptyServerDraft, name: `PBX ${String(at + 1).padStart(2, '0')}`, address: pbx.url, username: 'admin' },
  ...{ folder: 'Kunden', protection: 'open' },
})

/** What a server was sent apart from sign-ins, with the ID of a record as `*`. */
const sentTo = (pbx: PracticePbx): readonly string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && !path.startsWith('/auth/'))
    .map(({ path }) => path.replace(/^\/ip_filters\/[^/]+/, '/ip_filters/*'))

const mailServerOf = async (fleet: FleetApp): Promise<readonly unknown[]> => {
  const { servers } = await fleet.call('workspace:get', {})
  const views = await Promise.all(
    servers.map(({ id: serverId }) => fleet.call('records:get', { serverId, resource: 'notification' })),
  )
  return views.map(({ values }) => values['server'])
}

test('a setting is applied from its form to 12 servers, except for a read-only one; the revert restores each', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all(Array.from({ length: 12 }, () => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const fleet = await launch({
    servers: servers.map((pbx, at) => ({ ...draftOf(pbx, at), ...(at === 4 && { protection: 'read-only' as const }) })),
    before: signInToAll,
  })
  const { page } = fleet
  const record = new RecordPage(page, 'notification', 'Notifications')
  const [rollouts, plans] = [new RolloutsPage(page), new PlansPage(page)]
  const form = page.getByRole('dialog', { name: 'Apply to other servers' })
  const before = await mailServerOf(fleet)

  await page.getByRole('treeitem').filter({ hasText: 'PBX 01' }).dblclick()
  await record.open()
  await record.input('port').fill('')
  const apply = page.getByRole('button', { name: 'Apply to other servers…' })
  await apply.click()
  await expect(record.problem('port')).toContainText('Port is required')
  await expect(form).toBeHidden()
  await record.input('port').fill('587')
  await record.input('server').fill('smtp.new.example')
  await record.input('password').fill('Secret-4711')
  await apply.click()
  await expect(form).toContainText('SMTP server')
  await expect(form).toContainText('smtp.new.example')
  await expect(form.locator('[data-left-out]')).toHaveText(['Password is not applied: Secrets are set on each server.'])
  await expect(form.getByRole('button', { name: 'Preview' })).toBeDisabled()
  await form.getByRole('button', { name: 'Select all shown (12)' }).click()
  expect(await seriousFindings(page)).toEqual([])
  await form.getByRole('button', { name: 'Preview' }).click()

  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^11 servers: Change notification settings/, /^[^:]+: Read-only/])
  await expect(rollouts.groups.first()).toContainText('SMTP server: smtp.new.example')
  expect(servers.flatMap(sentTo)).toEqual([])
  // The canary is another server than the first one, selected with the keyboard; without a canary there is none.
  const [canary, first] = [
    rollouts.panel.getByRole('checkbox', { name: /Canary/ }),
    rollouts.panel.getByRole('combobox', { name: 'First server' }),
  ]
  const waves = rollouts.panel.getByTestId('waves')
  await expect(first.locator('option:checked')).toHaveText('PBX 01')
  await canary.press('Space')
  await expect(first).toBeDisabled()
  await expect(waves).toHaveText('One wave of 11 servers')
  await canary.press('Space')
  await expect(waves).toHaveText('Waves: 1, 4, 6')
  await canary.press('Tab')
  await expect(first).toBeFocused()
  await page.keyboard.type('PBX 07')
  await expect(first.locator('option:checked')).toHaveText('PBX 07')
  expect(await seriousFindings(page)).toEqual([])
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('11')
  await rollouts.button('Apply (11)').click()
  await rollouts.at('review')
  expect(servers.map((pbx) => sentTo(pbx).length)).toEqual(servers.map((_, at) => (at === 6 ? 1 : 0)))
  await rollouts.button('Continue').click()
  await rollouts.at('finished')
  await expect(rollouts.count('done')).toContainText('11')
  const path = '/admin/notification'
  expect(servers.map(sentTo)).toEqual(servers.map((_, at) => (at === 4 ? [] : [path])))
  expect(await mailServerOf(fleet)).toEqual(before.map((value, at) => (at === 4 ? value : 'smtp.new.example')))
  const bodies = servers.flatMap(({ requests }) =>
    requests.filter((request) => request.method === 'POST' && request.path === path).map(({ body }) => body),
  )
  expect(bodies).toEqual(Array(11).fill({ type: 'SMTP', username: 'pbx@example.com', server: 'smtp.new.example' }))

  // Only the password is still not saved on this server.
  await expect(record.root.getByText('2 fields changed')).toBeVisible()
  await rollouts.button('Close').last().click()
  await expect(record.root.getByText('1 field changed')).toBeVisible()
  await expect(record.input('server')).toHaveValue('smtp.new.example')
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Plans' }).click()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await plans.rows.first().dblclick()
  await rollouts.at('finished')
  await rollouts.button('Revert…').click()
  await rollouts.at('ready')
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('11')
  await rollouts.button('Revert (11)').click()
  await rollouts.at('finished')
  expect(await mailServerOf(fleet)).toEqual(before)
  expect(servers.map(sentTo)).toEqual(servers.map((_, at) => (at === 4 ? [] : [path, path])))
})

test('rules of a table of the fleet are changed and deleted on several servers, and both are reverted', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  for (const pbx of servers) pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'Feed' })
  servers[2]?.addRule({ cidr: '9.9.9.0/24', target: 'DENY', description: 'Feed' })
  const rules = () => servers.map((pbx) => pbx.rules().map(({ cidr, description }) => `${cidr} ${description}`))
  const before = rules()
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll })
  const { page } = fleet
  const [table, rollouts] = [new MergedPage(fleet, 'IP rules'), new RolloutsPage(page)]
  const form = page.getByRole('dialog', { name: 'Change 3 rules on 3 servers' })
  const number = rollouts.panel.getByLabel(/Type the number of/)

  async function select(): Promise<void> {
    await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Fleet', exact: true }).click()
    await table.open()
    await table.filter.fill('198.51.100.0')
    await expect(table.rows).toHaveCount(3)
    for (const at of [0, 1, 2]) await table.rows.nth(at).getByRole('checkbox').check()
  }

  async function revert(): Promise<void> {
    await rollouts.button('Revert…').click()
    await rollouts.at('ready')
    await number.fill('3')
    await rollouts.button('Revert (3)').click()
    await rollouts.at('finished')
    await expect(rollouts.count('done')).toContainText('3')
    await rollouts.button('Close').last().click()
  }

  await select()
  await table.root.getByRole('button', { name: 'Change…' }).click()
  await expect(form.getByRole('button', { name: 'Preview' })).toBeDisabled()
  await form.getByRole('checkbox', { name: 'Description' }).check()
  await form.getByRole('textbox', { name: 'Description' }).fill('INC-4711')
  expect(await seriousFindings(page)).toEqual([])
  await form.getByRole('button', { name: 'Preview' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^3 servers: Change 1 rule/])
  await number.fill('3')
  await rollouts.button('Apply (3)').click()
  await rollouts.at('finished')
  expect(rules()).toEqual(before.map((texts) => texts.map((text) => text.replace(/^(198.*) Feed/, '$1 INC-4711'))))
  expect(servers.map(sentTo)).toEqual(servers.map(() => ['/ip_filters/*']))
  await revert()
  expect(rules()).toEqual(before)

  await select()
  await table.root.getByRole('button', { name: 'Delete…' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^3 servers: Delete 1 rule/])
  await expect(rollouts.panel.getByTestId('impact')).toHaveText(
    '3 steps on 3 servers in 1 folder. 3 rules will be deleted.',
  )
  await expect(rollouts.panel).toContainText('On 3 servers, more than 30% of the rules are deleted.')
  await expect(rollouts.button('Delete (3)')).toBeDisabled()
  await rollouts.panel.getByLabel(/Type the number of rules/).fill('3')
  await rollouts.button('Delete (3)').click()
  await rollouts.at('finished')
  expect(rules()).toEqual([[], [], ['9.9.9.0/24 Feed']])
  await revert()
  expect(rules().map((texts) => texts.toSorted())).toEqual(before.map((texts) => texts.toSorted()))
  const [changed, deleted] = ['/ip_filters/*', '/ip_filters/*/destroy']
  expect(servers.map(sentTo)).toEqual(servers.map(() => [changed, changed, deleted, '/ip_filters']))
})

test('a new transport and a changed rule are applied from their forms', async ({ launch, startPbx }) => {
  const servers = await Promise.all([0, 1, 2].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  for (const pbx of servers.slice(0, 2)) pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'Feed' })
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll })
  const { page } = fleet
  const [record, rollouts] = [new RecordPage(page, 'transports', 'Transports'), new RolloutsPage(page)]
  const form = page.getByRole('dialog', { name: 'Apply to other servers' })

  await page.getByRole('treeitem').filter({ hasText: 'PBX 01' }).dblclick()
  await record.open()
  await page.getByRole('button', { name: 'New transport' }).click()
  await record.field('protocol').getByText('TCP', { exact: true }).click()
  await record.input('port').fill('5099')
  await page.getByRole('button', { name: 'Apply to other servers…' }).click()
  await form.getByRole('checkbox', { name: /PBX 02/ }).check()
  await form.getByRole('checkbox', { name: /PBX 03/ }).check()
  await form.getByRole('button', { name: 'Preview' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^2 servers: Create 1 transport/])
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('2')
  await rollouts.button('Apply (2)').click()
  await rollouts.at('finished')
  await rollouts.button('Close').last().click()
  // The form is as it was.
  await expect(record.input('port')).toHaveValue(/5099/)
  expect(servers.map(sentTo)).toEqual([[], ['/transports'], ['/transports']])

  const rules = new RecordPage(page, 'ip-rules', 'IP rules')
  // After it is saved on this server, it is still offered to others.
  await record.review()
  await record.save('Create transport')
  await record.panel.getByRole('button', { name: 'Apply to other servers…' }).click()
  await form.getByRole('checkbox', { name: /PBX 02/ }).check()
  await form.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('alert')).toContainText('PBX 02: Already in place.')
  await page.getByRole('dialog', { name: 'Rollout' }).getByRole('button', { name: 'Cancel' }).click()
  await record.closePanel()
  await rules.open()
  await rules.row('198.51.100.0/24').dblclick()
  await rules.input('description').fill('INC-4711')
  await page.getByRole('button', { name: 'Apply to other servers…' }).click()
  await expect(form).toContainText('for its rule 198.51.100.0/24 (Block)')
  await form.getByRole('button', { name: 'Select all shown (3)' }).click()
  await form.getByRole('button', { name: 'Preview' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^2 servers: Change 1 rule/, /^[^:]+: The rule is not on this server/])
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('2')
  await rollouts.button('Apply (2)').click()
  await rollouts.at('finished')
  expect(servers.map((pbx) => pbx.rules().map(({ description }) => description))).toEqual([
    ['INC-4711'],
    ['INC-4711'],
    [],
  ])
  expect(servers.map(sentTo)).toEqual([
    ['/transports', '/ip_filters/*'],
    ['/transports', '/ip_filters/*'],
    ['/transports'],
  ])
  // The form has nothing left to save.
  await rollouts.button('Close').last().click()
  await expect(rules.panel.getByRole('button', { name: 'Review' })).toBeDisabled()
})
