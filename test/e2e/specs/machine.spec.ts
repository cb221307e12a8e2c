import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import keytar from 'keytar'
import type { ExportManifest } from '@shared/domain/export'
import type { PracticePbx } from '@demo/practice-pbx'
import { expect, test } from '../fixtures'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { startOnPort } from '../port-app'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { silentKeychain } from '../silent-keychain'
import { launchSignedIn, open } from '../servers'
import { libraryOf, profileWith, serverRecord } from '../workspaces'

const renewals = (pbx: PracticePbx): number => pbx.requests.filter(({ path }) => path === '/auth/refresh_token').length
const signIns = (pbx: PracticePbx): number => pbx.requests.filter(({ path }) => path === '/auth/sign_in').length

test('what was typed into a rule comes back when the process of the window crashed', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx({ rules: 5 }))
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await rules.edit()
  await rules.fill({ range: '41.77.8.9', description: 'INC-4711 typed by hand' })
  await fleet.answerDialogs([0])
  await fleet.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(() => fleet.log()).toContain('The window stopped working')
  // Playwright's own page ended with the process: main is asked what its window shows.
  const shown = (): Promise<unknown> =>
    fleet.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return ''
      const look = `[document.querySelector('dialog')?.innerText ?? '',
        ...Array.from(document.querySelectorAll('dialog :is(input, textarea)'), ({ value }) => value)].join('|')`
      return contents.executeJavaScript(look) as Promise<unknown>
    })
  await expect.poll(shown, { timeout: 20_000 }).toContain('INC-4711 typed by hand')
  expect(await shown()).toContain('41.77.8.9')
  expect(await shown()).toContain('Your unsaved draft was restored.')
})

test('what was typed into a rule comes back when the window hangs and is loaded again', async ({ startPbx }) => {
  const pbx = await startPbx({ rules: 5 })
  const profile = await profileWith([serverRecord({ name: 'Acme', address: pbx.url, protection: 'open' })])
  const app = await startOnPort(profile, [0])
  try {
    const page = await app.attach()
    const session = new SessionPage(page)
    await page.getByRole('treeitem', { name: 'Acme' }).click()
    await session.trust()
    await session.signIn()
    await expect(session.overview).toBeVisible()
    const rules = new IpRulesPage(page)
    await rules.open()
    await rules.edit()
    await rules.fill({ range: '41.77.8.9', description: 'INC-4711 typed by hand' })
    const lists = (): number => pbx.requests.filter(({ path }) => path === '/ip_filters').length
    const before = lists()
    await page.evaluate(() => {
      addEventListener('keydown', () => {
        document.title = 'hangs'
        for (;;);
      })
    })
    // It never comes back from this key.
    void page.keyboard.press('Shift').catch(() => undefined)
    await app.isTitled('hangs')
    await app.detach()

    const log = (): Promise<string> => readFile(join(profile, 'logs', 'main.log'), 'utf8')
    await expect.poll(log, { timeout: 60_000 }).toContain('The window is not responding')
    await expect.poll(lists).toBeGreaterThan(before)
    const again = new IpRulesPage(await app.attach())
    await expect(again.editor).toContainText('Your unsaved draft was restored.')
    await expect(again.editor.getByLabel('IP address or range')).toHaveValue('41.77.8.9')
    await expect(again.editor.getByLabel('Description')).toHaveValue('INC-4711 typed by hand')
    // Asked once: the process that the app ended itself did not crash.
    expect(await log()).not.toContain('The window stopped working')
  } finally {
    await app.stop()
  }
})

test('after a sleep over the end of the token the work goes on, with one renewal and no sign-in', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 20 })
  pbx.addRule({ cidr: '41.77.8.9/32', target: 'DENY', description: 'after the sleep' })
  const { page } = await launchSignedIn(launch, pbx)
  const rules = new IpRulesPage(page)
  await rules.open()
  pbx.advanceClock(3600)
  await rules.search('after the sleep')
  await expect(rules.count).toContainText(/^1 /)
  expect([renewals(pbx), signIns(pbx)]).toEqual([1, 1])
})

for (const clockSkewSeconds of [3600, -3600])
  test(`a PBX whose clock is off by ${clockSkewSeconds} s works without a loop`, async ({ launch, startPbx }) => {
    const pbx = await startPbx({ rules: 20, faults: { clockSkewSeconds } })
    const { page } = await launchSignedIn(launch, pbx)
    const rules = new IpRulesPage(page)
    await rules.open()
    await expect(rules.rows.first()).toBeVisible()
    await rules.edit()
    await rules.fill({ range: '41.77.8.9' })
    await rules.review()
    await rules.send()
    await rules.closeOutcome()
    expect(pbx.rules().map(({ cidr }) => cidr)).toContain('41.77.8.9/32')
    expect([renewals(pbx), signIns(pbx)]).toEqual([0, 1])
  })

test('a lost network is reported without a dialog, typed values stay, and exports can be read', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 20 })
  const fleet = await launchSignedIn(launch, pbx)
  const shell = new Shell(fleet)
  const exports = new ExportsPage(fleet.page)
  const rules = new IpRulesPage(fleet.page)
  await rules.open()
  await exports.export('CSV')
  await expect(shell.notice('Export of Acme finished')).toBeVisible()
  await pbx.setFaults({ refuseConnections: true })
  await rules.search('lost')
  await expect(rules.root.getByRole('alert')).toContainText('Connection refused')
  await expect(shell.dialog).toHaveCount(0)
  await exports.open()
  await exports.read('Acme')
  await expect(exports.rows.first()).toBeVisible()

  await open(fleet)
  await fleet.page.getByRole('link', { name: 'IP rules' }).click()
  await expect(rules.root.getByRole('alert')).toContainText('Connection refused')
  await rules.edit()
  await rules.fill({ range: '41.77.8.9', description: 'typed without a network' })
  await rules.review()
  // What the rule would do is not known, so it cannot be sent yet.
  await expect(rules.editor.getByRole('alert')).toContainText('Connection refused')
  await expect(rules.editor.getByRole('button', { name: 'Create rule' })).toBeDisabled()
  expect(pbx.rules()).toHaveLength(20)
  await pbx.clearFaults()
  await rules.editor.getByRole('button', { name: 'Retry' }).click()
  await rules.send()
  await rules.closeOutcome()
  expect(pbx.rules().find(({ cidr }) => cidr === '41.77.8.9/32')?.description).toBe('typed without a network')
  expect(signIns(pbx)).toBe(1)
})

test('a password that was deleted from the keychain by hand is asked for', async ({ launch, startPbx }) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const view = await fleet.page.evaluate(() => window.fleet.call['workspace:get']({}))
  const id = view.ok ? (view.value.servers[0]?.id ?? '') : ''
  await fleet.stop()
  for (const kind of ['password', 'refresh'])
    expect(await keytar.deletePassword('PBX Fleet', `${id}:${kind}`)).toBe(true)
  await fleet.start()
  await open(fleet)
  await expect(new SessionPage(fleet.page).gate('needs-password')).toBeVisible()
  expect(signIns(pbx)).toBe(1)
  await new SessionPage(fleet.page).signIn()
  await expect(new SessionPage(fleet.page).overview).toBeVisible()
})

test('a keychain that does not respond is reported, and the app works meanwhile', async ({ launch }) => {
  const profile = await profileWith([serverRecord({ name: 'Alpha' })])
  const keychain = await silentKeychain(profile)
  // Chromium also keeps a key in the keychain and would wait for it.
  const fleet = await launch({ profile, env: keychain.env, args: ['--password-store=basic'] })
  const shell = new Shell(fleet)
  await shell.choose('Alpha', 'Duplicate')
  await shell.dialog.getByRole('button', { name: 'Cancel' }).click()
  await shell.goTo('Exports')
  await expect(fleet.page.locator('[data-page=exports]')).toBeVisible()
  await expect(
    fleet.page.getByRole('status').filter({ hasText: 'The system keychain is locked or does not respond' }),
  ).toBeVisible({
    timeout: 20_000,
  })
  expect(keychain.asked()).toBeGreaterThan(0)
  keychain.respond()
  await fleet.stop()
  keychain.close()
})

test('two profiles at the same time are apart, and the start of one leaves the export of the other alone', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3000 })
  const first = await launchSignedIn(launch, pbx)
  const library = libraryOf(first.profile)
  await new IpRulesPage(first.page).open()
  await pbx.setFaults({ latencyMs: 5000, onlyPath: 'GET /ip_filters' })
  await new ExportsPage(first.page).export('CSV')
  await expect.poll(() => readdir(library)).toContainEqual(expect.stringMatching(/fleet-tmp$/))

  const second = await launch({ profile: await profileWith([serverRecord({ name: 'Other' })], library) })
  await new ExportsPage(second.page).open()
  await expect(second.page.getByTestId('library-folder')).toHaveText(library)
  expect(await readdir(library)).toContainEqual(expect.stringMatching(/fleet-tmp$/))
  await pbx.clearFaults()
  await expect(new Shell(first).notice('Export of Acme finished')).toBeVisible({ timeout: 20_000 })
  await expect.poll(() => new Shell(first).names()).toEqual(['Acme'])
  await expect.poll(() => new Shell(second).names()).toEqual(['Other'])
})

/** So many exports of one row, as the app writes them. */
async function makeExports(library: string, count: number): Promise<void> {
  const text = 'cidr,target\r\n10.0.0.0/8,DENY\r\n'
  await mkdir(library, { recursive: true })
  const write = async (at: number): Promise<void> => {
    const file = `Customer ${String(at).padStart(3, '0')}.csv`
    const manifest: ExportManifest = {
      version: 1,
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      file,
      resource: 'ip-rules',
      format: 'csv',
      server: { id: 'x', name: `Customer ${String(at).padStart(3, '0')}`, address: 'https://pbx.example.com:8887' },
      user: 'admin',
      role: 'SystemAdmin',
      pbxVersion: '22.2',
      exportedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
      scope: { kind: 'all' },
      columns: [
        { key: 'cidr', label: 'IP address or range' },
        { key: 'target', label: 'Action' },
      ],
      sha256: '0'.repeat(64),
      bytes: text.length,
      rows: 1,
    }
    await writeFile(join(library, file), text)
    await writeFile(join(library, `${file}.manifest.json`), JSON.stringify(manifest))
  }
  await Promise.all(Array.from({ length: count }, (_, at) => write(at)))
}

test('five hundred exports are a few dozen rows in the window, searched and read', async ({ launch }) => {
  const fleet = await launch({ servers: [], before: ({ profile }) => makeExports(libraryOf(profile), 500) })
  const exports = new ExportsPage(fleet.page)
  await exports.open()
  await expect(exports.entries.first()).toContainText('Customer 499')
  expect(await exports.entries.count()).toBeLessThan(60)
  await exports.root.getByRole('grid', { name: 'Exports' }).focus()
  await fleet.page.keyboard.press('Control+End')
  await expect(exports.entries.filter({ hasText: 'Customer 000' })).toBeVisible()
  expect(await exports.entries.count()).toBeLessThan(60)
  await exports.root.getByRole('searchbox').fill('customer 250')
  await expect(exports.entries).toHaveCount(1)
  await exports.read('Customer 250')
  await expect(exports.rows).toHaveCount(1)
  // Its hash is not the one in the manifest.
  await expect(exports.view.locator('[data-integrity=altered]')).toBeVisible()
})

test('a workspace file of 100 MB, or an empty one, is kept aside and named, and the app starts', async ({ launch }) => {
  for (const content of [Buffer.alloc(100 * 1024 * 1024), Buffer.alloc(0)]) {
    const profile = await profileWith([serverRecord({ name: 'Alpha' })])
    await writeFile(join(profile, 'workspace.json'), content)
    const fleet = await launch({ profile })
    const aside = (await readdir(profile)).find((name) => name.startsWith('workspace.json.damaged'))
    const banner = fleet.page.getByRole('alert').filter({ hasText: 'The damaged file was saved as' })
    await expect(banner).toContainText(aside ?? 'no file was saved')
    await expect(banner).toContainText(content.length > 0 ? '100 MB' : 'empty')
    await fleet.stop()
  }
})
