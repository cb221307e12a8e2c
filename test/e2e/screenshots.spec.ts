import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { test } from './fixtures'
import { FleetApp } from './fleet-app'
import { openServerTab } from './pages/server-tab'
import type { PracticePbx } from '@demo/practice-pbx'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
const size = { width: 1280, height: 720 }

/** One page or dialog: how to come there, and what is waited for. */
type Scene = readonly [name: string, go: (page: Page) => Promise<void>]

const goTo = async (page: Page, hash: string, shown: string): Promise<void> => {
  await page.evaluate((to) => void (location.hash = to), hash)
  await page.locator(shown).first().waitFor()
}
const button = (page: Page | Locator, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click()
const closeDialog = (page: Page): Promise<void> => page.keyboard.press('Escape')

const openServer = async (page: Page, name: string, phase: string): Promise<void> => {
  await page.getByRole('treeitem', { name }).click()
  await page.locator(phase).first().waitFor()
}

/** Data of a whole fleet, so that the pictures look as on a working day. */
const others = [
  'Alpenblick Hotels',
  'Delgado & Hijos',
  'München Süd',
  'مكتب الرياض',
  'Oslo Havn AS',
  'Praxis Dr. Weiß',
  '東京支店',
]

async function prepare(fleet: FleetApp, servers: readonly (readonly [string, PracticePbx])[]): Promise<void> {
  const demo = servers.map(([name, { url, username, password, identity }]) => ({
    name,
    url,
    username,
    password,
    certificate: identity.cert,
  }))
  await writeFile(join(fleet.profile, 'demo.json'), JSON.stringify(demo))
  const library = join(fleet.profile, 'library')
  await mkdir(library)
  const settings = {
    version: 1,
    theme: 'light',
    libraryFolder: library,
    tables: {},
    collapsedFolders: [],
    sidebarWidth: 280,
  }
  await writeFile(join(fleet.profile, 'settings.json'), JSON.stringify(settings))
}

/** A page of the server that is open, by its tab. */
const tab = (name: string, label: string, shown = '[data-state=ready]'): Scene => [
  name,
  async (page) => {
    await openServerTab(page, label)
    await page.locator(`[data-page="${name}"]${shown}`).waitFor()
  },
]

/** What a system administrator sees of one server beside its overview and rules. */
const administration: readonly Scene[] = [
  tab('tenants', 'Tenants'),
  [
    'tenant-editor',
    async (page) => {
      await page.locator('[data-page=tenants] [role=row][data-index="0"]').dblclick()
      await page.locator('dialog [data-step=form]').waitFor()
    },
  ],
  ['tenant-editor-closed', (page) => closeDialog(page)],
  tab('dealers', 'Dealers'),
  tab('transports', 'Transports'),
  tab('trunk-assignments', 'Trunk assignments'),
  tab('system-settings', 'Settings'),
  tab('notification', 'Notifications'),
  tab('network', 'Network'),
  tab('sbc-im', 'SBC & IM'),
  tab('certificate', 'Certificate'),
  tab('license', 'License'),
  tab('brand', 'Rebranding'),
  tab('account', 'Account'),
]

const changed = 12

const rulesPage = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'IP rules' }).click()
  await page.locator('[data-page=ip-rules][data-state=ready]').waitFor()
}

/** A change of several rules from the list of rules, and where it is found again. */
const changes: readonly Scene[] = [
  [
    'plan-preview',
    async (page) => {
      const rows = page.locator('[data-page=ip-rules] [role=row]')
      for (let at = 0; at < changed; at++)
        await rows
          .locator(`nth=${at + 1}`)
          .getByRole('checkbox')
          .check()
      await button(page, 'Change…')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('checkbox', { name: 'Description' }).check()
      await dialog.getByLabel('Description', { exact: true }).last().fill('Botnet, INC-4711')
      await button(dialog, 'Preview')
      await page.locator('[data-view=plan][data-state=ready] [data-count=waiting]').waitFor()
    },
  ],
  [
    'plan',
    async (page) => {
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(/^Ticket or note/).fill('INC-4711')
      await dialog.getByRole('checkbox', { name: /^Apply these/ }).check()
      await button(dialog, `Change (${changed})`)
      await page.locator('[data-view=plan][data-state=finished]').waitFor()
    },
  ],
  ['plan-closed', closeDialog],
  ['plans', (page) => goTo(page, '#/plans', '[data-page=plans] [role=row][data-index="0"]')],
  ['journal', (page) => goTo(page, '#/journal', '[data-page=journal] [role=row][data-index="0"]')],
  [
    'journal-closed',
    async (page) => {
      await openServer(page, 'Contoso HQ', '[data-page=overview][data-state=ready]')
      await rulesPage(page)
    },
  ],
]

const scenes: readonly Scene[] = [
  ['-closed', (page) => goTo(page, '#/', '[data-page=fleet] [role=grid]')],
  [
    'server-form',
    async (page) => {
      await button(page, 'Add to the workspace')
      await page.getByRole('menuitem', { name: 'Add a server…' }).click()
      await page.getByRole('dialog').waitFor()
    },
  ],
  [
    'overview',
    async (page) => {
      await closeDialog(page)
      await openServer(page, 'Contoso HQ', '[data-page=overview][data-state=ready] canvas')
    },
  ],
  ...administration,
  ['ip-rules', rulesPage],
  ...changes,
  [
    'rule-editor',
    async (page) => {
      await button(page, 'New rule')
      await page.getByLabel('IP address or range').fill('10.20.7.9/16')
      await page.getByLabel('Description').fill('INC-4711')
      await page.locator('[data-check=done]').or(page.locator('[data-guard]')).first().waitFor()
    },
  ],
  [
    'rule-review',
    async (page) => {
      await page.getByLabel('IP address or range').fill('41.202.7.9/16')
      await button(page, 'Review')
      await page.locator('[data-step=review]').waitFor()
    },
  ],
  [
    'export-dialog',
    async (page) => {
      await closeDialog(page)
      await page.getByRole('button', { name: 'Discard changes', exact: true }).click()
      await button(page, 'Export…')
      await page.getByRole('dialog').waitFor()
    },
  ],
  [
    'exports',
    async (page) => {
      await button(page.getByRole('dialog'), /^Export/)
      await page.getByText('Export of Contoso HQ finished').waitFor()
      await page
        .getByRole('button', { name: /^close$/i })
        .last()
        .click()
      await goTo(page, '#/exports', '[data-page=exports][data-state=ready]')
    },
  ],
  [
    'export-view',
    async (page) => {
      await page.locator('[data-page=exports] [role=row][data-index="0"]').dblclick()
      await page.locator('[data-page=export-view][data-state=ready]').waitFor()
    },
  ],
  [
    'trust',
    async (page) => {
      await openServer(page, 'Oslo Havn AS', '[data-page=session][data-state=untrusted]')
    },
  ],
  [
    'sign-in',
    async (page) => {
      await openServer(page, 'Fabrikam', '[data-page=session]')
      await button(page, 'Trust certificate')
      await page.locator('[data-page=session][data-state=needs-password]').waitFor()
    },
  ],
  [
    'unreachable',
    async (page) => {
      await openServer(page, 'München Süd', '[data-page=session][data-state=unreachable]')
    },
  ],
  [
    'palette',
    async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type('con')
    },
  ],
  [
    'settings',
    async (page) => {
      await closeDialog(page)
      await goTo(page, '#/settings', '[data-page=settings]')
    },
  ],
]

/** Steps whose name ends so only lead to the next picture. */
const onTheWay = /-closed$/

async function pictures(fleet: FleetApp, theme: 'light' | 'dark', list: readonly Scene[], as = ''): Promise<void> {
  const { page } = fleet
  await page.setViewportSize(size)
  await page.evaluate((wanted) => window.fleet.call['settings:patch']({ theme: wanted }), theme)
  for (const [name, go] of list) {
    await go(page)
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    if (onTheWay.test(name)) continue
    await page.screenshot({ path: join(folder, `${as}${name}-${theme}.png`), animations: 'disabled' })
  }
}

/** The same server as a dealer sees it. */
const asDealer: readonly Scene[] = [
  ['overview', (page) => openServer(page, 'Contoso reseller', '[data-page=overview][data-state=ready]')],
  tab('tenants', 'Tenants'),
  tab('dealers', 'Dealers'),
  tab('dealer', 'Account'),
]

for (const theme of ['light', 'dark'] as const) {
  test(`every page, ${theme}`, async ({ startPbx }) => {
    await mkdir(folder, { recursive: true })
    const first = await FleetApp.launch({ args: ['--force-device-scale-factor=1'] })
    await first.page.setViewportSize(size)
    await first.page.evaluate((wanted) => window.fleet.call['settings:patch']({ theme: wanted }), theme)
    await first.page.locator(`html[data-theme=${theme}]`).waitFor()
    await first.page.screenshot({ path: join(folder, `first-run-${theme}.png`), animations: 'disabled' })
    await first.stop()

    const contoso = await startPbx({ rules: 12_000, tenants: 400 })
    const oslo = await startPbx({ seed: 3 })
    const fabrikam = await startPbx({ version: '22.0', seed: 2 })
    await prepare(first, [['Contoso HQ', contoso]])
    await first.start()
    await first.page.getByRole('treeitem', { name: 'Contoso HQ' }).waitFor()
    const addresses = new Map([
      ['Oslo Havn AS', oslo.url],
      ['Fabrikam', fabrikam.url],
      ['Contoso reseller', contoso.url],
    ])
    await first.page.evaluate(
      async (list) => {
        const colours = ['red', 'orange', 'none', 'green', 'teal', 'none', 'blue', 'purple'] as const
        for (const [index, { name, address }] of list.entries()) {
          const draft = {
            name,
            address,
            secondAddress: '',
            folder: index % 2 === 0 ? 'Production' : 'Branches',
            tags: index % 3 === 0 ? ['gold'] : [],
            colour: colours[index % colours.length] ?? 'none',
            protection: index % 4 === 3 ? ('read-only' as const) : ('ask' as const),
            notes: '',
            username: 'admin',
            domain: '',
            remember: false,
          }
          await window.fleet.call['workspace:add']({ draft })
        }
      },
      [...others, 'Fabrikam', 'Contoso reseller'].map((name) => ({
        name,
        address: addresses.get(name) ?? 'https://127.0.0.1:9',
      })),
    )
    await pictures(first, theme, scenes)
    await openServer(first.page, 'Contoso reseller', '[data-page=session][data-state=untrusted]')
    await button(first.page, 'Trust certificate')
    const gate = first.page.locator('[data-page=session][data-state=needs-password]')
    await gate.getByLabel('Username').fill('dealer1')
    await gate.getByLabel('Password', { exact: true }).fill(contoso.password)
    await gate.getByRole('button', { name: 'Sign in' }).click()
    await first.page.locator('[data-page=overview][data-state=ready]').waitFor()
    await pictures(first, theme, asDealer, 'dealer-')
    await first.dispose()
  })
}
