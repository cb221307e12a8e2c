import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PracticePbx } from '@demo/practice-pbx'
import { emptyServerDraft, type ServerDraft } from '@shared/domain/server'
import { seriousFindings } from '../../axe'
import { expect, test } from '../../fixtures'
import { fillTenant, NewCustomerPage } from '../../pages/new-customer'
import { PlansPage } from '../../pages/plans'
import { RecordPage } from '../../pages/records'
import { secretMark } from '../../secrets'
import { launchAs, signInToAll } from '../../servers'

const draftOf = (name: string, pbx: PracticePbx, more: Partial<ServerDraft> = {}): ServerDraft => ({
  ...emptyServerDraft,
  ...{ name, address: pbx.url, username: 'admin', protection: 'open' },
  ...more,
})

const [createTenant, assignDealer, assignTrunk] = ['/tenants', '/tenants/*/dealers/*', '/providers/*/assignees/*']

/** Paths of the requests that changed something, with IDs as `*`. */
const sentTo = (pbx: PracticePbx): readonly string[] =>
  pbx.requests
    .filter(({ method, path }) => method === 'POST' && !/^\/(auth|login)/.test(path))
    .map(({ path }) => path.replace(/\/[\w%=]{20,}(?=\/|$)/g, '/*'))

test('T3: a customer is created on the server with most free users; the plan stops at the numbers, is resumed, and its sheet is handed over', async ({
  launch,
  startPbx,
}) => {
  test.slow()
  const [alpha, beta, gamma, delta] = await Promise.all([
    startPbx({ rules: 0, tenants: 2, currentUsers: 45, licensedUsers: 50 }),
    startPbx({ rules: 0, tenants: 3, dealers: 2, currentUsers: 100, licensedUsers: 500 }),
    startPbx({ rules: 0, tenants: 4, currentUsers: 0, licensedUsers: 900 }),
    startPbx({ rules: 0, tenants: 1 }),
  ])
  const fleet = await launch({
    servers: [
      draftOf('Alpha', alpha),
      draftOf('Beta', beta, { protection: 'ask' }),
      draftOf('Gamma', gamma, { protection: 'read-only' }),
      draftOf('Delta', delta),
    ],
    before: async (app) => {
      await signInToAll(app)
      const last = (await app.call('workspace:get', {})).servers.find(({ name }) => name === 'Delta')
      await app.call('session:signOut', { serverId: last?.id ?? '' })
    },
  })
  const { page } = fleet
  const customer = new NewCustomerPage(page)

  await page.getByRole('link', { name: 'New customer…' }).click()
  await customer.at('server')
  await expect(customer.servers).toHaveText([
    /Beta.*400 of 500/,
    /Alpha.*5 of 50/,
    /Gamma.*Read-only/,
    /Delta.*Signed out/,
  ])
  await expect(customer.root.getByRole('radio', { checked: true })).toHaveCount(0)
  await expect(customer.root.getByRole('radio', { name: 'Gamma' })).toBeDisabled()
  await customer.next()
  await expect(customer.root.getByRole('alert')).toHaveText('Select a server.')
  expect(await seriousFindings(page)).toEqual([])
  await customer.root.getByRole('radio', { name: 'Beta' }).check()
  await customer.next()

  await customer.at('tenant')
  await customer.root.getByRole('combobox', { name: 'Template' }).selectOption('Small office, 25 extensions')
  await expect(customer.input('max_extensions')).toHaveValue('25')
  await fillTenant(fleet.page, customer)
  await expect(customer.domainCheck).toContainText('No tenant on 3 servers has this domain.')
  await expect(customer.domainCheck).toContainText('Not checked: Delta (Signed out).')
  // Taken on two servers, which are named; on the selected one it cannot be used.
  await customer.input('domain').fill('tenant3.example')
  await expect(customer.domainCheck.getByRole('alert')).toHaveText([
    / on Beta has this domain/,
    / on Gamma has this domain/,
  ])
  await customer.next()
  await expect(customer.root.locator('.field[data-field=domain]').getByRole('alert')).toContainText(
    'already has this domain',
  )
  await customer.input('domain').fill('sip.nordkabel.example')
  await customer.next()
  await expect(customer.root.locator('.field[data-field=domain]').getByRole('alert')).toContainText('host of the trunk')
  await customer.input('domain').fill('neu.example')
  expect(await seriousFindings(page)).toEqual([])
  await customer.next()

  await customer.at('dealer')
  await customer.root.getByRole('radio', { name: /dealer1/ }).check()
  await expect(customer.root.getByTestId('dealer-use')).toContainText(/\d+ of \d+ tenants used/)
  expect(await seriousFindings(page)).toEqual([])
  await customer.next()

  await customer.at('numbers')
  const [taken] = beta.assignments()
  const trunk = customer.root.getByRole('combobox', { name: 'Trunk' })
  await trunk.selectOption({ label: taken?.trunk ?? '' })
  await customer.input('did_numbers').fill(/\d+/.exec(taken?.numbers ?? '')?.[0] ?? '')
  await expect(customer.root.getByTestId('overlaps')).toContainText(taken?.tenant ?? '')
  await customer.next()
  await customer.at('numbers')
  await trunk.selectOption({ label: 'Lab' })
  await expect(customer.root.getByTestId('overlaps')).toHaveCount(0)
  await fleet.app.evaluate(({ clipboard }) => clipboard.writeText('+49 30 123-00 to 123-38\n0049305550'))
  await customer.input('did_numbers').fill('')
  await customer.input('did_numbers').click()
  await page.keyboard.press('Control+v')
  await expect(customer.root.getByTestId('did-count')).toHaveText('0 numbers in 0 of 2 entries')
  await customer.root.getByRole('button', { name: 'Remove prefixes' }).click()
  await expect(customer.input('did_numbers')).toBeFocused()
  await expect(customer.root.getByTestId('did-changes')).toContainText('0049305550 changed to 49305550')
  await expect(customer.root.getByTestId('did-count')).toHaveText('40 numbers in 2 entries')
  expect(await seriousFindings(page)).toEqual([])
  await customer.next()

  await customer.at('review')
  await customer.plan('ready')
  await expect(customer.listed).toHaveText([/neu\.example/, /dealer .* to tenant/, /49305550/])
  // A line for each value, as in the other reviews.
  await expect(customer.listed.first().locator('[data-field=domain]')).toHaveText(
    /^SIP domain\s*(After: )?neu\.example$/,
  )
  expect(sentTo(beta)).toEqual([])
  await expect(customer.button('Create (3)')).toBeDisabled()
  await customer.root.getByRole('checkbox').check()
  expect(await seriousFindings(page)).toEqual([])
  await beta.setFaults({ status: 400, onlyPath: 'POST /providers', times: 1 })
  await customer.button('Create (3)').click()
  await customer.plan('paused')
  await expect(customer.root.getByTestId('plan-reason')).toContainText('Stopped at step 3 of 3')
  expect(sentTo(beta)).toEqual([createTenant, assignDealer, assignTrunk])
  await expect(customer.button('Clean up…')).toBeEnabled()
  expect(await seriousFindings(page)).toEqual([])
  await customer.button('Resume').click()
  await customer.plan('finished')
  expect(sentTo(beta)).toEqual([createTenant, assignDealer, assignTrunk, assignTrunk])
  expect([alpha, gamma, delta].flatMap(sentTo)).toEqual([])
  expect(beta.assignments()).toContainEqual({
    trunk: 'Lab',
    tenant: 'Kunde Neu',
    numbers: '493012300-493012338;49305550',
  })

  const [csv, html] = [join(fleet.profile, 'sheet.csv'), join(fleet.profile, 'sheet.html')]
  await fleet.answerDialogs([csv, html])
  await customer.button('Save handover sheet…').click()
  await expect(page.getByText('Saved as sheet.csv')).toBeVisible()
  await customer.button('Save handover sheet…').click()
  await expect(page.getByText('Saved as sheet.html')).toBeVisible()
  for (const text of [await readFile(csv, 'utf8'), await readFile(html, 'utf8')]) {
    for (const part of [
      'Beta',
      beta.url,
      'Kunde Neu',
      'neu.example',
      'Lab',
      'dealer1',
      '493012300-493012338',
      '49305550',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('Not done')
    expect(text).not.toContain(secretMark)
  }
  await customer.button('Close').click()
  await expect(page.locator('[data-page=tenants]').getByText('neu.example')).toBeVisible()
})

test('T3: a customer that stopped halfway is cleaned up after a kill: its tenant is deleted once its name was typed', async ({
  launch,
  startPbx,
}) => {
  test.slow()
  const pbx = await startPbx({ rules: 0, tenants: 3, dealers: 2, tenantDestroyMs: 0 })
  const others = [pbx.tenants(), pbx.assignments()]
  const fleet = await launch({ servers: [draftOf('Beta', pbx)], before: signInToAll })
  const customer = new NewCustomerPage(fleet.page)
  await fleet.page.keyboard.press('Control+k')
  await fleet.page.getByRole('combobox').fill('new customer')
  await fleet.page.keyboard.press('Enter')
  await customer.at('server')
  await customer.root.getByRole('radio', { name: 'Beta' }).check()
  await customer.next()
  await customer.at('tenant')
  await fillTenant(fleet.page, customer)
  await customer.next()
  await customer.at('dealer')
  await customer.root.getByRole('radio', { name: /dealer2/ }).check()
  await customer.next()
  await customer.at('numbers')
  await customer.root.getByRole('combobox', { name: 'Trunk' }).selectOption({ label: 'Lab' })
  await customer.input('did_numbers').fill('7000-7039')
  await customer.next()
  await customer.plan('ready')
  await pbx.setFaults({ status: 400, onlyPath: 'POST /providers', times: 1 })
  await customer.button('Create (3)').click()
  await customer.plan('paused')
  await fleet.kill()
  await fleet.start()
  await signInToAll(fleet)

  const { page } = fleet
  const plans = new PlansPage(page)
  await page.getByRole('link', { name: 'Plans' }).click()
  await plans.rows.first().dblclick()
  await plans.at('paused')
  await plans.button('Clean up…').click()
  await plans.at('ready')
  await expect(plans.panel).toContainText('Clean up “New customer Kunde Neu on Beta”')
  await expect(plans.steps).toHaveCount(2)
  await expect(plans.button('Revert (2)')).toBeDisabled()
  expect(sentTo(pbx)).toEqual([createTenant, assignDealer, assignTrunk])
  await plans.panel.getByLabel(/to continue anyway|Type/).fill('Kunde Neu')
  await plans.button('Revert (2)').click()
  await plans.at('finished')
  expect(sentTo(pbx).slice(3)).toEqual([`${assignDealer}/destroy`, '/tenants/*/destroy'])
  expect([pbx.tenants(), pbx.assignments()]).toEqual(others)
})

test('T3: a dealer creates its tenant without assigning a dealer or a trunk, from the page of its tenants', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 3, dealers: 2 })
  const fleet = await launchAs(launch, pbx, 'Dealer')
  const { page } = fleet
  const customer = new NewCustomerPage(page)
  await new RecordPage(page, 'tenants', 'Tenants').open()
  await page.getByRole('link', { name: 'New customer…' }).click()
  await customer.at('server')
  await expect(customer.root.getByRole('radio', { name: 'Acme' })).toBeChecked()
  await customer.next()
  await customer.at('tenant')
  await fillTenant(fleet.page, customer)
  // What was typed is there again after another page was shown.
  await page.getByRole('link', { name: 'Journal' }).click()
  await page.locator('[data-page=journal]').waitFor()
  await page.goBack()
  await customer.at('tenant')
  await expect(customer.input('domain')).toHaveValue('neu.example')
  await customer.next()
  await customer.plan('ready')
  await expect(customer.listed).toHaveText([/neu\.example/])
  await customer.button('Create (1)').click()
  await customer.plan('finished')
  expect(sentTo(pbx)).toEqual([createTenant])
})
