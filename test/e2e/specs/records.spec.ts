import type { PracticePbx } from '@demo/practice-pbx'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { Shell } from '../pages/shell'
import { SessionPage } from '../pages/session'
import { launchSignedIn } from '../servers'

/** The requests that the PBX accepted at a path. */
const sent = (pbx: PracticePbx, path: RegExp): readonly unknown[] =>
  pbx.requests
    .filter((request) => request.method === 'POST' && path.test(request.path) && request.status < 300)
    .map(({ body }) => body)

/** Somebody else at the same PBX. */
const bearer = async (pbx: PracticePbx) => ({ token: (await signIn(pbx)).access_token })

test('a form is edited: only the changed fields are sent, and they are read back', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const network = new RecordPage(fleet.page, 'network', 'Network')
  await network.open()

  await network.input('public_ipv4').fill('203.0.113.300')
  await network.review()
  await expect(network.problem('public_ipv4')).toHaveText('An IPv4 address is expected')

  await network.input('public_ipv4').fill('203.0.113.30')
  await network.review()
  await expect(network.panel).toContainText('203.0.113.10')
  await expect(network.panel).toContainText('203.0.113.30')
  await network.save()
  await expect(network.panel).toContainText('Saved and verified on')
  await network.closePanel()
  await expect(network.input('public_ipv4')).toHaveValue('203.0.113.30')

  const sent = pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/network')
  expect(sent.map(({ body }) => body)).toEqual([{ public_ipv4: '203.0.113.30' }])
})

test('what somebody else changed meanwhile is shown beside the own value', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const [one, other] = [await launchSignedIn(launch, pbx), await launchSignedIn(launch, pbx)]
  const [mine, theirs] = [one, other].map(({ page }) => new RecordPage(page, 'network', 'Network')) as [
    RecordPage,
    RecordPage,
  ]
  await mine.open()
  await mine.input('web_domain').fill('mine.example.com')
  await theirs.open()
  await theirs.input('web_domain').fill('theirs.example.com')
  await theirs.review()
  await theirs.save()

  await mine.review()
  await mine.panel.getByRole('button', { name: 'Save change' }).click()
  const conflict = mine.panel.locator('[data-view=conflict]')
  await expect(conflict).toContainText('mine.example.com')
  await expect(conflict).toContainText('theirs.example.com')
  await mine.panel.getByRole('button', { name: 'Apply' }).click()
  await mine.save()
  await expect(mine.panel).toContainText('Saved and verified on')
})

test('transports are created, edited and deleted, except for the last one', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const transports = new RecordPage(fleet.page, 'transports', 'Transports')
  await transports.open()
  await expect(transports.rows).toHaveCount(3)
  await expect(transports.root.locator('[data-status=ACTIVATED]')).toHaveCount(3)

  await transports.root.getByRole('button', { name: 'New transport' }).click()
  await transports.field('protocol').getByText('UDP').click()
  await transports.input('port').fill('5063')
  await transports.review()
  await expect(transports.panel.locator('[data-guard=port-conflict]')).toContainText('TCP 5063')
  await transports.panel.getByRole('button', { name: 'Back' }).click()
  await transports.input('port').fill('5070')
  await transports.review()
  await transports.save('Create transport')
  await transports.closePanel()
  await expect(transports.row('5070')).toBeVisible()

  await transports.row('5070').dblclick()
  await expect(transports.input('protocol')).toBeDisabled()
  await transports.input('port').fill('5071')
  await transports.review()
  await transports.save()
  await transports.closePanel()

  for (const left of [3, 2, 1]) {
    await transports.delete(/50\d\d/)
    await transports.panel.getByRole('button', { name: 'Delete transport' }).click()
    await transports.panel.getByRole('button', { name: 'Close', exact: true }).click()
    await expect(transports.rows).toHaveCount(left)
  }
  await transports.delete(/50\d\d/)
  await expect(transports.panel.locator('[data-guard=last-transport]')).toBeVisible()
  await expect(transports.panel.getByRole('button', { name: 'Delete transport' })).toBeDisabled()
})

test('unsaved changes in a form and in the editor of a row are restored after the PBX ends the session', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 3 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const session = new SessionPage(page)
  /** The page that would have shown the result is gone. */
  const dismissNotSent = async (what: string): Promise<void> => {
    const notice = new Shell(fleet).notice(what)
    await expect(notice).toContainText('Not sent')
    await notice.getByRole('button', { name: 'close' }).click()
  }
  const network = new RecordPage(page, 'network', 'Network')
  await network.open()
  await network.input('public_ipv4').fill('203.0.113.30')
  await network.input('web_domain').fill('new.example.com')
  await network.review()
  await expect(network.panel).toContainText('new.example.com')
  pbx.dropSessions()
  await network.panel.getByRole('button', { name: 'Save change' }).click()
  await expect(session.gate('needs-password').getByRole('alert')).toContainText('The PBX ended the session')
  await dismissNotSent('Change the network configuration on Acme')
  await session.signIn()
  await expect(network.root.getByText('Your unsaved draft was restored.')).toBeVisible()
  await expect(network.input('web_domain')).toHaveValue('new.example.com')
  await expect(network.input('public_ipv4')).toHaveValue('203.0.113.30')
  await network.review()
  await network.save()
  await network.closePanel()
  expect(sent(pbx, /^\/network$/)).toEqual([{ public_ipv4: '203.0.113.30', web_domain: 'new.example.com' }])

  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  await tenants.row('tenant2.example').dblclick()
  await tenants.input('max_extensions').fill('4321')
  await tenants.review()
  await expect(tenants.panel.getByRole('button', { name: 'Save change' })).toBeEnabled()
  pbx.dropSessions()
  await tenants.panel.getByRole('button', { name: 'Save change' }).click()
  await session.gate('needs-password').waitFor()
  await dismissNotSent('Change the tenant')
  // While nobody was signed in here, somebody else changed another field of the same tenant.
  const [, tenant] = (await call(pbx, 'GET /tenants', await bearer(pbx))).json<{ items: { id: string }[] }>().items
  const at = `/tenants/${tenant?.id ?? ''}`
  await call(pbx, `POST ${at}`, { ...(await bearer(pbx)), body: { max_concurrent_calls: 99 } })
  await session.signIn()
  await expect(tenants.panel).toContainText('Your unsaved draft was restored.')
  await expect(tenants.input('max_extensions')).toHaveValue('4321')
  await expect(tenants.input('max_concurrent_calls')).toHaveValue('99')
  await tenants.review()
  await tenants.save()
  await tenants.closePanel()
  await expect(tenants.row('tenant2.example')).toContainText('4,321')
  expect(sent(pbx, new RegExp(`^${at}$`))).toEqual([{ max_concurrent_calls: 99 }, { max_extensions: 4321 }])
})

test('rate limit: the page shows the pause and resumes, and a change is not sent again automatically', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 3 })
  const { page } = await launchSignedIn(launch, pbx)
  // All texts of the pause notice, until it goes away.
  const waits = await page.evaluateHandle(() => {
    const seen: string[] = []
    new MutationObserver(() => {
      const notice = document.querySelector<HTMLElement>('[data-view=pause]')?.innerText
      if (notice && seen.at(-1) !== notice) seen.push(notice)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  })
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await pbx.setFaults({ status: 429, retryAfter: '3', onlyPath: 'GET /tenants', times: 1 })
  await tenants.open()
  await expect(tenants.rows).toHaveCount(3)
  const asked = pbx.requests.filter(({ method, path }) => method === 'GET' && path === '/tenants')
  expect(asked.map(({ status }) => status)).toEqual([429, 200])
  expect((await waits.jsonValue())[0]).toMatch(/Rate limit reached\. Requests resume in\s+0:0[1-4]/)
  await expect(page.locator('[data-view=pause]')).toHaveText('')

  const network = new RecordPage(page, 'network', 'Network')
  await network.open()
  await network.input('web_domain').fill('new.example.com')
  await network.review()
  await expect(network.panel.getByRole('button', { name: 'Save change' })).toBeEnabled()
  await pbx.setFaults({ status: 429, retryAfter: '3', onlyPath: 'POST /network', times: 1 })
  await network.panel.getByRole('button', { name: 'Save change' }).click()
  const problem = network.panel.getByRole('alert')
  await expect(problem).toContainText('Rate limit reached (429)')
  await expect(problem).toContainText('Retry after 3 seconds, as the PBX asks.')
  await expect(network.panel).toContainText('new.example.com')
  expect(sent(pbx, /^\/network$/)).toEqual([])
  await network.save()
  await network.closePanel()
  await expect(network.input('web_domain')).toHaveValue('new.example.com')
  expect(sent(pbx, /^\/network$/)).toEqual([{ web_domain: 'new.example.com' }])
})

test('the draft of a server that is removed while its form is open goes with the server', async ({
  launch,
  startPbx,
}) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const { page } = fleet
  const shell = new Shell(fleet)
  const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft/')))
  const network = new RecordPage(page, 'network', 'Network')
  await network.open()
  await network.input('web_domain').fill('new.example.com')
  await expect.poll(drafts).toHaveLength(1)
  await shell.choose('Acme', /^Remove/)
  await shell.dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(network.root).toBeHidden()
  await expect(shell.page.getByText('Acme removed from the workspace')).toBeVisible()
  expect(await drafts()).toEqual([])
})
