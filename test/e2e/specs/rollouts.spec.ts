import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import type { PracticePbx } from '@demo/practice-pbx'
import { expect, test } from '../fixtures'
import { MergedPage } from '../pages/merged'
import { PlansPage } from '../pages/plans'
import { RolloutsPage } from '../pages/rollouts'
import { signInToAll } from '../servers'

const draftOf = (pbx: PracticePbx, at: number): ServerDraft => ({
  ...{ ...emptyServerDraft, name: `PBX ${at + 1}`, address: pbx.url, username: 'admin', protection: 'ask' },
  folder: at < 2 ? 'Nord' : '',
})

const posts = (pbx: PracticePbx): number =>
  pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters')).length

test('the form that blocks addresses opens with what was searched, typed or selected, and keeps what was typed', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  servers[0]?.addRule({ cidr: '203.0.113.0/24', target: 'ACCEPT', description: 'Office' })
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll })
  const { page } = fleet
  const rollouts = new RolloutsPage(page)
  const { form, panel, groups } = rollouts
  const table = new MergedPage(fleet, 'IP rules')
  const addresses = form.getByLabel(/IP addresses or ranges/)
  const selected = form.getByTestId('selected')
  const treeItem = (name: string): Locator => page.getByRole('treeitem').filter({ hasText: name }).first()

  // The palette, for a typed address.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('198.51.100.7')
  const option = page.getByRole('option', { name: /Block or allow 198.51.100.7 on servers/ })
  await option.waitFor()
  // A person types on: the first key that can arrive goes into the form, although its script is loaded late.
  const focused = await option.evaluate(async (element: HTMLElement) => {
    element.click()
    const { port1, port2 } = new MessageChannel()
    await new Promise((resolve) => {
      port1.onmessage = resolve
      port2.postMessage('')
    })
    return document.activeElement?.tagName
  })
  expect(focused).toBe('TEXTAREA')
  await expect(addresses).toHaveValue('198.51.100.7')
  await expect(selected).toHaveText('0 servers selected')
  await addresses.fill('198.51.100.7, 300.1.1.1')
  await expect(form.getByTestId('ranges')).toContainText('Line 1, “300.1.1.1”: Each of the four numbers is 0 to 255')
  await page.keyboard.press('Escape')
  await expect(form).toBeHidden()

  // Servers that are selected in the sidebar; what was typed is still there.
  await treeItem('PBX 1').click({ modifiers: ['ControlOrMeta'] })
  await treeItem('PBX 3').click({ modifiers: ['ControlOrMeta'] })
  await treeItem('PBX 3').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Block or allow addresses…' }).click()
  await expect(selected).toHaveText('2 servers selected')
  await expect(addresses).toHaveValue('198.51.100.7, 300.1.1.1')
  await page.keyboard.press('Escape')

  // A folder.
  await treeItem('Nord').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Block or allow addresses…' }).click()
  await expect(selected).toHaveText('2 servers selected')
  await page.keyboard.press('Escape')

  // The answers to a search.
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Search' }).click()
  await page.getByRole('searchbox', { name: 'Search all servers' }).fill('203.0.113.9')
  await page.getByTestId('address-answers').getByRole('button', { name: 'Block or allow on servers…' }).click()
  await expect(addresses).toHaveValue('203.0.113.9')
  await page.keyboard.press('Escape')

  // A rule of the table, for other servers. One has it already, so that only two are changed.
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Fleet', exact: true }).click()
  await table.open()
  await table.rows.first().getByRole('checkbox').check()
  await table.root.getByRole('button', { name: 'On other servers…' }).click()
  await expect(addresses).toHaveValue('203.0.113.0/24')
  await expect(form.getByRole('radio', { name: 'Allow' })).toBeChecked()
  await form.getByRole('button', { name: 'Never' }).click()
  await expect(selected).toHaveText('0 servers selected')
  await form.getByRole('checkbox', { name: /PBX 1/ }).check()
  await form.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('alert')).toContainText('There is nothing to send')
  await page.getByRole('button', { name: 'Back' }).click()
  await form.getByRole('button', { name: 'Select all shown (3)' }).click()
  // The second click of a double click is on nothing that was not there before.
  await form.getByRole('button', { name: 'Preview' }).dblclick()
  await expect(groups).toHaveText([/^2 servers: Create 1 rule/, /^PBX 1: Already in place/])
  await expect(rollouts.button('Apply (2)')).toBeDisabled()
  await panel.getByLabel(/Type the number of servers/).fill('2')
  await rollouts.button('Apply (2)').click()
  await expect(panel.getByTestId('rollout-progress')).toHaveText('Finished: 3 of 3 servers done')
  expect(servers.map((pbx) => pbx.rules().map(({ cidr, target }) => `${target} ${cidr}`))).toEqual(
    servers.map(() => ['ACCEPT 203.0.113.0/24']),
  )
  expect(servers.map(posts)).toEqual([0, 1, 1])
})

test('a rollout goes on in the background; after the app was killed it waits, is confirmed again, and sends nothing twice; Cancel lets requests under way finish', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2, 3].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll })
  const { id } = await fleet.call('rollouts:preview', {
    ...{ kind: 'rules', action: 'DENY', ranges: ['41.202.0.0/16'], expiresAt: null, description: 'INC-4711' },
    serverIds: (await fleet.call('workspace:get', {})).servers.map((server) => server.id),
  })
  const confirmation = { acknowledged: true, typedName: '4', override: '', note: 'INC-4711' }
  await fleet.call('rollouts:apply', { rolloutId: id, confirmation, settings: { canary: true, stopAfter: 2 } })
  const bar = (): Locator => new RolloutsPage(fleet.page).bar
  await expect(bar()).toContainText('Review after canary: 1 of 4 servers')

  await fleet.kill()
  await fleet.restart()
  await signInToAll(fleet)
  const { page } = fleet
  const [rollouts, plans] = [new RolloutsPage(page), new PlansPage(page)]
  await bar()
    .getByRole('button', { name: /^Show: Block 41.202.0.0/ })
    .click()
  await rollouts.at('review')
  await rollouts.button('Continue').click()
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('3')
  for (const pbx of servers) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await rollouts.button('Resume (3)').click()
  await expect(rollouts.progress).toHaveText('Wave 2 of 2 (3 servers) · 1 of 4 servers')
  await rollouts.button('Continue in background').click()
  await bar()
    .getByRole('button', { name: /^Cancel: / })
    .click()
  const cancel = page.getByRole('dialog', { name: 'Cancel this rollout?' })
  await expect(cancel).toContainText('1 server changed; the changes stay applied.')
  await cancel.getByRole('button', { name: 'Cancel rollout' }).click()
  for (const pbx of servers) await pbx.setFaults({ holdReplies: false })
  // The requests were under way, so all are done.
  await expect(page.getByText('Block 41.202.0.0/16 on 4 servers: finished')).toBeVisible()
  expect(servers.map(posts)).toEqual([1, 1, 1, 1])

  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Plans' }).click()
  await plans.rows.first().dblclick()
  await rollouts.at('finished')
  // A server leads to its plan with the steps.
  await rollouts.rows.first().dblclick()
  await plans.at('finished')
  await expect(plans.steps).toContainText(['41.202.0.0/16'])
})

test('a refused server and one that cannot be reached are retried, the result is saved as a file, and the panel is usable with the keyboard', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1, 2, 3].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll })
  const { page, profile } = fleet
  const [rollouts, table] = [new RolloutsPage(page), new MergedPage(fleet, 'IP rules')]
  const file = join(profile, 'rollout.csv')
  await fleet.answerDialogs([file])
  await table.open()
  await table.root.getByRole('button', { name: 'Block addresses…' }).click()
  await page.keyboard.type('41.202.0.0/16')
  await rollouts.form.getByRole('button', { name: 'In 24 h' }).press('Enter')
  await rollouts.form.getByRole('button', { name: 'Select all shown (4)' }).press('Enter')
  await rollouts.form.getByRole('button', { name: 'Preview' }).press('Enter')
  await rollouts.at('ready')
  await servers[1]?.setFaults({ status: 403, onlyPath: 'POST /ip_filters' })
  await servers[2]?.setFaults({ refuseConnections: true })
  await rollouts.panel.getByRole('checkbox', { name: /Canary/ }).press('Space')
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('4')
  await page.keyboard.press('Tab')
  await rollouts.button('Apply (4)').press('Enter')
  await rollouts.at('finished')
  await expect(rollouts.count('refused')).toContainText('1')
  await expect(rollouts.count('notSent')).toContainText('1')
  await rollouts.count('notSent').click()
  await expect(rollouts.rows).toHaveCount(1)
  await expect(rollouts.rows).toContainText('Unreachable: ')

  await servers[1]?.clearFaults()
  await servers[2]?.setFaults({ refuseConnections: false })
  await rollouts.button('Retry (2)').press('Enter')
  await rollouts.panel.getByLabel(/Type the number of servers/).fill('2')
  await rollouts.button('Retry (2)').press('Enter')
  await expect(rollouts.count('done')).toContainText('4')
  await expect(rollouts.rows).toHaveCount(4)
  expect(servers.map((pbx) => pbx.rules().map(({ cidr }) => cidr))).toEqual(servers.map(() => ['41.202.0.0/16']))
  await rollouts.button('Save result…').press('Enter')
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('PBX 4,1,done,1,1,')
})

test('servers that were left out because they were signed out are previewed again, and only these are changed', async ({
  launch,
  startPbx,
}) => {
  const servers = await Promise.all([0, 1].map(() => startPbx({ rules: 0, tenants: 1, dealers: 0 })))
  const fleet = await launch({ servers: servers.map(draftOf), before: signInToAll })
  const { page } = fleet
  const ids = (await fleet.call('workspace:get', {})).servers.map(({ id }) => id)
  await fleet.call('session:signOut', { serverId: ids[1] ?? '' })
  const { id } = await fleet.call('rollouts:preview', {
    ...{ kind: 'rules', action: 'DENY', ranges: ['41.202.0.0/16'], expiresAt: null, description: '' },
    serverIds: ids,
  })
  const confirmation = { acknowledged: true, typedName: '1', override: '', note: '' }
  await fleet.call('rollouts:apply', { rolloutId: id, confirmation, settings: { canary: false, stopAfter: 1 } })
  const [plans, rollouts] = [new PlansPage(page), new RolloutsPage(page)]
  await page.getByRole('link', { name: 'Plans' }).click()
  await plans.rows.first().dblclick()
  await rollouts.at('finished')
  await expect(rollouts.panel.getByTestId('left-out')).toContainText('1 server was left out')
  expect(servers.map(posts)).toEqual([1, 0])

  await signInToAll(fleet)
  await rollouts.panel.getByRole('button', { name: 'Preview them again…' }).click()
  await rollouts.at('ready')
  await expect(rollouts.groups).toHaveText([/^PBX 2: Create 1 rule/])
  await rollouts.panel.getByRole('checkbox', { name: /Apply/ }).check()
  await rollouts.button('Apply (1)').click()
  await rollouts.at('finished')
  await expect(rollouts.panel.getByTestId('left-out')).toBeHidden()
  expect(servers.map(posts)).toEqual([1, 1])
})
