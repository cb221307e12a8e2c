import type { Page } from 'playwright'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { launchSignedIn, launchWith, open } from '../servers'
import { serverDraft } from '../workspaces'

const serverPages = [
  ...['overview', 'tenants', 'dealers', 'ip-rules', 'transports', 'trunk-assignments', 'system-settings'],
  ...['notification', 'network', 'sbc-im', 'certificate', 'license', 'brand', 'account'],
]

const evil = '<img src=x onerror="window.attempted=1">\u202e<script>window.attempted=1</script>'

test('markup in names and rules is text everywhere', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 0 })
  pbx.addRule({ cidr: '41.77.8.9/32', target: 'DENY', description: evil })
  const fleet = await launchWith(launch, pbx, { name: evil, tags: ['<b>x</b>'], notes: evil })
  const { page } = fleet
  await open(fleet, 'img src')
  const session = new SessionPage(page)
  await session.trust()
  await session.signIn()
  await expect(session.overview).toBeVisible()
  const rules = new IpRulesPage(page)
  await rules.open()
  await expect(rules.row('41.77.8.9')).toContainText('<img src=x')
  await rules.edit('41.77.8.9')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').filter({ hasText: '<img src=x' }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => ['attempted' in window, document.querySelectorAll('img, b').length])).toEqual([
    false,
    0,
  ])
})

/** What is on the page with a character that nobody sees: texts, tooltips, and what a screen reader says. */
const unseen = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const hidden = /[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/
    const attributes = ['title', 'aria-label', 'aria-description', 'placeholder', 'alt']
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
      const shown = [
        ...texts.map(({ nodeValue }) => `text ${nodeValue}`),
        ...attributes.map((name) => `${name} ${element.getAttribute(name) ?? ''}`),
      ]
      return shown.filter((text) => hidden.test(text)).map((text) => `${element.tagName}.${element.className}: ${text}`)
    })
  })

test('characters that nobody sees are shown wherever a text of a PBX is', async ({ launch, startPbx }) => {
  const sly = 'a\u202eb\u200bc\ufeffd\u2066e'
  const pbx = await startPbx({ rules: 0, tenants: 3, dealers: 2, recordLimit: 0 })
  pbx.addRule({ cidr: '41.77.8.9/32', target: 'DENY', description: sly })
  const fleet = await launchWith(launch, pbx, { name: sly, tags: [sly], notes: sly, folder: sly })
  const { page } = fleet
  await open(fleet, '127.0.0.1')
  expect(await unseen(page)).toEqual([])
  const session = new SessionPage(page)
  await session.trust()
  expect(await unseen(page)).toEqual([])
  await session.signIn()
  await expect(session.overview).toBeVisible()
  const serverId = (await fleet.call('workspace:get', {})).servers[0]?.id ?? ''
  for (const name of serverPages) {
    await page.evaluate((hash) => (location.hash = hash), `#/servers/${serverId}/${name}`)
    await expect(page.locator(`[data-page="${name}"]:is([data-state=ready], [data-state=empty])`)).toBeVisible()
    expect(await unseen(page), name).toEqual([])
  }
  const rules = new IpRulesPage(page)
  await rules.open()
  await rules.edit('41.77.8.9')
  expect(await unseen(page), 'the form of a rule').toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Search servers/ }).fill('41.77')
  await expect(page.getByRole('option', { name: /41\.77/ }).first()).toBeVisible()
  expect(await unseen(page), 'the palette').toEqual([])
})

test('a broken answer is one clear error that names the operation, and the page goes on', async ({
  launch,
  startPbx,
}) => {
  // What is spoilt on purpose is not held to the reference.
  const pbx = await startPbx({ rules: 20, recordLimit: 0 })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  for (const fault of [
    'brokenJson',
    'wrongContentType',
    'missingItems',
    'wrongTypes',
    'redirect',
    'gzipBomb',
  ] as const) {
    await pbx.setFaults({ [fault]: true, onlyPath: 'GET /ip_filters' })
    await rules.search(fault)
    await expect(rules.root.getByRole('alert').first()).toContainText(/GET \/ip_filters/)
    await pbx.clearFaults()
    await rules.search('')
    await expect(rules.rows.first()).toBeVisible()
  }
})

test('values of an unexpected type are named and shown as not set, and the page and its other actions work', async ({
  launch,
  startPbx,
}) => {
  // What is spoilt on purpose is not held to the reference.
  const pbx = await startPbx({ recordLimit: 0 })
  const { page } = await launchSignedIn(launch, pbx)
  const settings = new RecordPage(page, 'system-settings', 'Settings')
  await pbx.setFaults({ wrongTypes: true, onlyPath: 'GET /admin/settings' })
  await settings.open()
  await expect(settings.root.getByTestId('unread')).toContainText('Unexpected values from the PBX: User agent')
  await expect(settings.input('user_agent')).toHaveValue('')
  await pbx.clearFaults()
  await settings.root.getByRole('button', { name: 'Refresh' }).click()
  await expect(settings.root.getByTestId('unread')).toHaveCount(0)
  await expect(settings.input('user_agent')).not.toHaveValue('')
  expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/admin/settings')).toEqual([])
})

test('without a network at the start the workspace and the exports work, and no dialog comes', async ({ launch }) => {
  const fleet = await launch({ servers: [serverDraft({ name: 'Away' }), serverDraft({ name: 'Gone' })] })
  const shell = new Shell(fleet)
  await open(fleet, 'Away')
  await expect(new SessionPage(fleet.page).gate('unreachable')).toBeVisible()
  await shell.goTo('Exports')
  await expect(fleet.page.locator('[data-page=exports]')).toBeVisible()
  await expect(shell.dialog).toHaveCount(0)
  await expect.poll(() => shell.names()).toEqual(['Away', 'Gone'])
})

test('the late answer of one server is never shown under another', async ({ launch, startPbx }) => {
  const [slow, quick] = [await startPbx({ rules: 0 }), await startPbx({ rules: 0 })]
  slow.addRule({ cidr: '41.1.1.1/32', target: 'DENY', description: 'of the slow one' })
  quick.addRule({ cidr: '42.2.2.2/32', target: 'DENY', description: 'of the quick one' })
  const servers = [serverDraft({ name: 'Slow', address: slow.url }), serverDraft({ name: 'Quick', address: quick.url })]
  const fleet = await launch({ servers })
  const slowId = (await fleet.call('workspace:get', {})).servers.find(({ name }) => name === 'Slow')?.id ?? ''
  const session = new SessionPage(fleet.page)
  const rules = new IpRulesPage(fleet.page)
  for (const name of ['Slow', 'Quick']) {
    await open(fleet, name)
    await session.trust()
    await session.signIn()
    await expect(session.overview).toBeVisible()
  }
  await rules.open()
  await slow.setFaults({ latencyMs: 700, onlyPath: 'GET /ip_filters', times: 1 })
  await open(fleet, 'Slow')
  await fleet.page.getByRole('link', { name: 'IP rules' }).click()
  await expect.poll(() => slow.requests.some(({ path }) => path === '/ip_filters')).toBe(true)
  await open(fleet, 'Quick')
  await rules.open()
  await expect(rules.row('of the quick one')).toBeVisible()
  // Main writes a line when the late answer is there, or was given up.
  await expect.poll(() => fleet.log()).toMatch(new RegExp(`GET /ip_filters ${slowId} `))
  await expect(rules.row('of the slow one')).toHaveCount(0)
})
