import { networkInterfaces } from 'node:os'
import type { PracticePbx } from '@demo/practice-pbx'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { launchSignedIn } from '../servers'

const posts = (pbx: PracticePbx): readonly unknown[] =>
  pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters')).map(({ body }) => body)

test('ten thousand rules scroll, search, filter and sort on the server', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 10_000 })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await expect(rules.count).toContainText('10,000')
  await rules.grid.focus()
  await page.keyboard.press('End')
  await expect(rules.grid.locator('[data-index="9999"] [role=gridcell]').nth(1)).not.toHaveText('')
  expect(await rules.rows.count()).toBeLessThan(100)

  pbx.addRule({ cidr: '203.0.113.77/32', target: 'ACCEPT', description: 'The one to be found' })
  await rules.search('The one to be found')
  await expect(rules.count).toHaveText('1 rule matches')
  await expect(rules.row('203.0.113.77')).toContainText('Allow')
  await rules.narrow('Action', 'Block')
  await expect(rules.root.getByRole('heading', { name: 'No rules match the search and filters' })).toBeVisible()
  await rules.root.getByRole('button', { name: 'Clear filters' }).click()
  await expect(rules.count).toHaveText('10,001 rules')
  await rules.narrow('Action', 'Allow')
  await expect(rules.grid.locator('[data-index="0"]')).toContainText('Allow')
  await rules.narrow('Family', 'IPv6')
  await expect(rules.grid.locator('[data-index="0"]')).toContainText(':')
  await rules.root.getByRole('button', { name: 'Clear' }).first().click()

  await rules.grid.getByRole('columnheader', { name: 'Description' }).getByRole('button').click()
  await expect(rules.grid.getByRole('columnheader', { name: 'Description' })).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(() => pbx.requests.at(-1)?.query['orderby']).toMatch(/^description/)
})

test('a rule is created with its range normalized, read back, and edited with the changes shown', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 20 })
  pbx.addRule({ cidr: '41.202.64.0/18', target: 'DENY', description: 'Known scanner' })
  const { page } = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '41.202.7.9/16', description: '<img src=x onerror=alert(1)>' })
  await expect(rules.editor).toContainText('Sent as 41.202.0.0/16')
  await expect(rules.editor.getByRole('region', { name: 'Overlaps and warnings' })).toContainText('41.202.64.0/18')
  await rules.review()
  await expect(rules.editor.getByRole('button', { name: 'Create rule' })).toBeDisabled()
  expect(posts(pbx)).toEqual([])
  await rules.editor.getByRole('checkbox', { name: /on Acme/ }).check()
  await rules.send()
  await expect(rules.editor.getByText('Saved and verified on')).toBeVisible()
  await rules.closeOutcome()
  expect(posts(pbx)).toEqual([expect.objectContaining({ cidr: '41.202.0.0/16', target: 'DENY' })])
  await expect(rules.row('41.202.0.0/16')).toContainText('<img src=x')

  await rules.edit('41.202.0.0/16')
  await rules.fill({ description: 'Two offices' })
  await rules.review()
  await expect(rules.editor.locator('[data-field=description]')).toContainText('Two offices')
  await expect(rules.editor.locator('[data-field]')).toHaveCount(1)
  await rules.editor.getByRole('checkbox', { name: /on Acme/ }).check()
  await rules.send()
  await rules.closeOutcome()
  expect(posts(pbx).at(-1)).toEqual({ description: 'Two offices' })
})

test('a rule that would lock this computer out is stopped until it is overridden by typing', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 5 })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '127.0.0.0/8' })
  await expect(rules.editor.locator('[data-guard]').first()).toBeVisible()
  await rules.review()
  await expect(rules.editor.locator('[data-guard=own-address]')).toContainText('127.0.0.1')
  const create = rules.editor.getByRole('button', { name: 'Create rule' })
  await expect(create).toBeDisabled()
  await rules.editor.getByLabel(/Type OVERRIDE/).fill('override')
  await expect(create).toBeDisabled()
  expect(posts(pbx)).toEqual([])
  await rules.editor.getByLabel(/Type OVERRIDE/).fill('OVERRIDE')
  await create.click()
  await expect.poll(() => posts(pbx)).toHaveLength(1)
})

test('on a server that a router may stand before, the window says which own address it cannot know', async ({
  launch,
  startPbx,
}) => {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address
  test.skip(own === undefined, 'This computer has no address but loopback')
  const pbx = await startPbx({ rules: 5, host: own ?? '', certificateNames: [own ?? ''] })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '41.77.8.9' })
  const note = rules.editor.getByRole('note')
  await expect(note).toContainText('Addresses behind a router are not known here')
  await rules.fill({ action: 'Allow' })
  await expect(rules.editor.locator('[data-check=done]')).toBeVisible()
  await expect(note).toHaveCount(0)
})

test('an end is typed in local time and sent in UTC', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 5 })
  const record = { env: { TZ: 'Asia/Kolkata' } }
  const fleet = await launchSignedIn((options) => launch({ ...options, ...record }), pbx)
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '41.77.8.9' })
  await rules.editor.getByLabel('Expires', { exact: true }).fill('2031-05-01T12:00')
  await rules.editor.getByLabel('Expires', { exact: true }).blur()
  await rules.review()
  await rules.send()
  await rules.closeOutcome()
  expect(posts(pbx)[0]).toMatchObject({ cidr: '41.77.8.9/32', expire_at: '2031-05-01T06:30:00Z' })
})

test('what another administrator changed meanwhile is shown as a conflict, and nothing is sent', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  const rule = pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'before' })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit('198.51.100.0/24')
  await rules.fill({ description: 'mine' })
  await rules.review()
  Object.assign(pbx.rules().find(({ id }) => id === rule.id) ?? {}, { description: 'theirs' })
  await rules.send()
  const conflict = rules.editor.locator('[data-view=conflict]')
  await expect(conflict).toContainText('theirs')
  expect(posts(pbx)).toEqual([])
  await rules.editor.getByRole('button', { name: 'Apply' }).click()
  await rules.send()
  await rules.closeOutcome()
  expect(posts(pbx)).toEqual([{ description: 'mine' }])
})

test('a rule that somebody else deleted meanwhile says so, and its row goes', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 3 })
  const { id } = pbx.addRule({ cidr: '41.202.7.0/24', target: 'DENY', description: 'before' })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit('41.202.7.0/24')
  await rules.fill({ description: 'mine' })
  await rules.review()
  const { access_token: token } = await signIn(pbx)
  await call(pbx, `POST /ip_filters/${id}/destroy`, { token })
  await rules.send()
  await expect(rules.editor.getByRole('alert')).toContainText('This rule was deleted on the server')
  await expect(rules.editor.getByRole('alert')).toContainText('Nothing was sent')
  await expect(rules.row('41.202.7.0/24')).toHaveCount(0)
})

test('a rule is duplicated as a new one', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 0 })
  pbx.addRule({ cidr: '198.51.100.0/24', target: 'DENY', description: 'first' })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.row('198.51.100.0/24').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Duplicate/ }).click()
  await rules.fill({ range: '41.77.0.0/24' })
  await rules.review()
  await rules.send()
  await rules.closeOutcome()
  await expect(rules.rows).toHaveCount(2)
  await expect(rules.row('41.77.0.0/24')).toContainText('first')
})

test('many rules are deleted with progress; one that fails is named, the others are gone', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  for (let at = 1; at <= 12; at++) pbx.addRule({ cidr: `198.51.100.${at}/32`, target: 'DENY' })
  const victim = pbx.rules()[4]
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  await pbx.setFaults({ status: 500, onlyPath: `/ip_filters/${victim?.id ?? ''}/destroy` })
  await rules.grid.getByRole('checkbox', { name: 'Select all rows that match' }).check()
  await rules.startDelete()
  await expect(rules.dialog).toContainText('these 12 rules')
  await rules.dialog.getByRole('button', { name: 'Delete 12 rules' }).click()
  await expect(rules.dialog.locator('[data-view=plan][data-state=finished]')).toBeVisible()
  await rules.dialog.locator('[data-count=refused]').click()
  const refused = rules.dialog.getByRole('grid', { name: 'Steps' }).locator('[role=row][data-index]')
  await expect(refused).toHaveCount(1)
  await expect(refused).toContainText(victim?.cidr ?? '')
  expect(pbx.rules().map(({ id }) => id)).toEqual([victim?.id])
})

test('main enforces protection, whatever the page sends', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 3 })
  const { page } = await launchSignedIn(launch, pbx, { protection: 'type-name' })
  const rules = new IpRulesPage(page)
  await rules.open()
  const ask = (confirmation: { acknowledged: boolean; typedName: string; override: string }): Promise<string> =>
    page.evaluate(async (given) => {
      const view = await window.fleet.call['workspace:get']({})
      const serverId = view.ok ? (view.value.servers[0]?.id ?? '') : ''
      const values = { cidr: '198.51.100.0/24', target: 'DENY' }
      const asked = { serverId, resource: 'ip-rules' as const, values, confirmation: given }
      const reply = await window.fleet.call['records:create'](asked)
      return reply.ok ? 'sent' : reply.error.code
    }, confirmation)
  expect(await ask({ acknowledged: true, typedName: '', override: '' })).toBe('confirmation-required')
  expect(await ask({ acknowledged: true, typedName: 'acme', override: '' })).toBe('confirmation-required')
  expect(posts(pbx)).toEqual([])
  expect(await ask({ acknowledged: false, typedName: 'Acme', override: '' })).toBe('sent')
  await page.evaluate(async () => {
    const view = await window.fleet.call['workspace:get']({})
    const record = view.ok ? view.value.servers[0] : undefined
    if (record)
      await window.fleet.call['workspace:update']({
        serverId: record.id,
        draft: { ...record, protection: 'read-only' },
      })
  })
  await expect(rules.root.getByRole('note')).toContainText('read-only')
  expect(await ask({ acknowledged: true, typedName: 'Acme', override: 'OVERRIDE' })).toBe('read-only')
  await expect(rules.root.getByRole('button', { name: 'New rule' })).toBeHidden()
  expect(posts(pbx)).toHaveLength(1)
})
