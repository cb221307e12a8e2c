import { appendFile, copyFile, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { exportManifestSchema, type ExportManifest } from '@shared/domain/export'
import type { PracticePbx } from '@demo/practice-pbx'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { ExportsPage } from '../pages/exports'
import { workbook } from '@test/fakes/workbook'
import { IpRulesPage } from '../pages/ip-rules'
import { Shell } from '../pages/shell'
import { launchSignedIn } from '../servers'
import { libraryOf } from '../workspaces'

const files = async (profile: string): Promise<readonly string[]> =>
  (await readdir(libraryOf(profile)).catch(() => []))
    .filter((name) => name.endsWith('.manifest.json'))
    .map((name) => name.slice(0, -'.manifest.json'.length))
    .sort()

async function manifestOf(profile: string, file: string): Promise<ExportManifest> {
  return exportManifestSchema.parse(
    JSON.parse(await readFile(join(libraryOf(profile), `${file}.manifest.json`), 'utf8')),
  )
}

/** What the library calls the format of a file. */
const formatOf = (name: string): string =>
  name.endsWith('.xlsx') ? 'XLSX' : name.endsWith('.jsonl') ? 'JSON lines' : name.includes('CSV') ? 'CSV' : 'CSV'

async function openRules(page: Page): Promise<IpRulesPage> {
  const rules = new IpRulesPage(page)
  await rules.open()
  return rules
}

/** Rules whose text a spreadsheet would run, or that would break a table. */
const addHostile = (pbx: PracticePbx): void => {
  for (const [at, description] of ['=1+1', '+CMD|x', '-2', '@SUM(1)', '\t=1', 'a,"b"\nc;d', '<b>x</b>'].entries())
    pbx.addRule({ cidr: `41.77.0.${at}/32`, target: 'DENY', description })
}

/** The processes that read files, by ID. */
const fileReaders = (fleet: FleetApp): Promise<readonly number[]> =>
  fleet.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name }) => name === 'PBX Fleet file reader')
      .map(({ pid }) => pid),
  )

test('rules are exported in all four formats, and opened after the server is gone', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 40 })
  addHostile(pbx)
  const fleet = await launchSignedIn(launch, pbx)
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  await openRules(page)
  const formats = ['CSV', 'Excel workbook (XLSX)', 'JSON lines', /^PBX export file/] as const
  for (const [at, format] of formats.entries()) {
    await exports.export(format)
    await expect.poll(async () => (await files(profile)).length, { timeout: 15_000 }).toBe(at + 1)
  }
  const all = pbx.rules().length
  const names = await files(profile)
  const csv = names.find((name) => name.endsWith('.csv')) ?? ''
  for (const name of names) {
    const manifest = await manifestOf(profile, name)
    expect(manifest).toMatchObject({ user: 'admin', role: 'SystemAdmin', server: { name: 'Acme', address: pbx.url } })
    if (manifest.rows !== undefined) expect(manifest.rows).toBe(all)
  }
  expect(csv).not.toBe('')

  const shell = new Shell(fleet)
  await pbx.close()
  await shell.choose('Acme', /^Remove/)
  await shell.dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(shell.server('Acme')).toBeHidden()
  await fleet.restart()
  const offline = new ExportsPage(fleet.page)
  await offline.open()
  await expect(offline.entries).toHaveCount(4)
  for (const name of names) {
    await offline.read(formatOf(name))
    await expect(offline.rows.first()).toBeVisible()
    await offline.view.getByRole('searchbox').fill('41.77.0.')
    await expect(offline.rows).toHaveCount(7)
    await expect(offline.view).toContainText('=1+1')
    await offline.open()
  }
})

test('an export can be limited to the filtered or the selected rows', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 30 })
  addHostile(pbx)
  const { page, profile } = await launchSignedIn(launch, pbx)
  const exports = new ExportsPage(page)
  const rules = await openRules(page)
  await rules.search('41.77.0.')
  await expect(rules.count).toContainText(/^7 /)
  await exports.export('CSV')
  await expect.poll(() => files(profile)).toHaveLength(1)
  await rules.select('41.77.0.1/32', '41.77.0.2/32')
  await exports.export('JSON lines', /Selected rules/)
  await expect.poll(() => files(profile)).toHaveLength(2)
  const manifests = await Promise.all((await files(profile)).map((name) => manifestOf(profile, name)))
  expect(manifests.map(({ rows, scope }) => [scope.kind, rows]).sort()).toEqual([
    ['filtered', 7],
    ['selection', 2],
  ])
  const csv = (await files(profile)).find((name) => name.endsWith('.csv')) ?? ''
  const text = await readFile(join(libraryOf(profile), csv), 'utf8')
  expect(text).not.toMatch(/(^|,|"|\n)[=+@\t]/)
})

test('a cancelled export leaves nothing behind', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 3000 })
  const { page, profile } = await launchSignedIn(launch, pbx)
  const exports = new ExportsPage(page)
  await openRules(page)
  await pbx.setFaults({ latencyMs: 400, onlyPath: 'GET /ip_filters' })
  await exports.export('CSV')
  await page.getByRole('button', { name: /^Cancel/ }).click()
  await expect(page.getByText(/canceled/i).first()).toBeVisible()
  expect(await readdir(libraryOf(profile)).catch(() => [])).toEqual([])
})

test('an export that was altered says so; one that is deleted is asked about', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 10 })
  const { page, profile } = await launchSignedIn(launch, pbx)
  const exports = new ExportsPage(page)
  await openRules(page)
  await exports.export('CSV')
  await expect.poll(() => files(profile)).toHaveLength(1)
  const [name = ''] = await files(profile)
  await exports.open()
  await exports.choose('Acme', /^Verify/)
  await expect(exports.entries.locator('[data-integrity=intact]')).toBeVisible()
  await appendFile(join(libraryOf(profile), name), '9.9.9.9/32,DENY,,,x\n')
  await exports.choose('Acme', /^Verify/)
  await expect(exports.entries.locator('[data-integrity=altered]')).toBeVisible()
  await exports.choose('Acme', /^Delete/)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(name)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await files(profile)).toEqual([name])
  await exports.choose('Acme', /^Delete/)
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => readdir(libraryOf(profile))).toEqual([])
})

test('what is deleted is no longer selected: the next export comes unselected', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 10 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  await openRules(page)
  for (const made of [1, 2]) {
    await exports.export('CSV')
    await expect.poll(() => files(profile)).toHaveLength(made)
  }
  await exports.open()
  await expect(exports.entries).toHaveCount(2)
  const [name = ''] = await files(profile)
  for (const end of ['', '.manifest.json'])
    await copyFile(join(libraryOf(profile), name + end), join(profile, name + end))
  await exports.selectAll.check()
  await expect(exports.ticked).toHaveCount(2)
  await exports.selectionBar.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => files(profile)).toEqual([])
  await expect(exports.selectionBar).toBeHidden()

  // The page stays open, and an export comes into its folder.
  for (const end of ['', '.manifest.json'])
    await copyFile(join(profile, name + end), join(libraryOf(profile), name + end))
  await new Shell(fleet).nativeMenu('reload-page')
  await expect(exports.entries).toHaveCount(1)
  await expect(exports.ticked).toHaveCount(0)
  await expect(exports.selectionBar).toBeHidden()
})

test('an export that is added to the list later does not join "all" selected before', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ rules: 10 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  await openRules(page)
  await exports.export('CSV')
  await expect.poll(() => files(profile)).toHaveLength(1)
  await exports.open()
  await expect(exports.entries).toHaveCount(1)
  await exports.selectAll.check()
  const [name = ''] = await files(profile)
  for (const end of ['', '.manifest.json'])
    await copyFile(join(libraryOf(profile), name + end), join(libraryOf(profile), `second ${name}${end}`))
  const manifest = await manifestOf(profile, `second ${name}`)
  await writeFile(
    join(libraryOf(profile), `second ${name}.manifest.json`),
    JSON.stringify({ ...manifest, file: `second ${name}` }),
  )
  await new Shell(fleet).nativeMenu('reload-page')
  await expect(exports.entries).toHaveCount(2)
  await expect(exports.ticked).toHaveCount(1)
  await expect(exports.selectAll).toHaveJSProperty('indeterminate', true)
})

test('a copy is saved elsewhere, opened by the dialog and by dropping it; a damaged one is refused clearly', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 10 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  await openRules(page)
  await exports.export('Excel workbook (XLSX)')
  await expect.poll(() => files(profile)).toHaveLength(1)
  const [name = ''] = await files(profile)
  const copy = join(profile, 'copy.xlsx')
  const damaged = join(profile, 'damaged.xlsx')
  await fleet.answerDialogs([copy, copy, null])
  await exports.open()
  await exports.choose('Acme', /^Save a copy as/)
  await expect.poll(() => readFile(copy).catch(() => undefined)).toEqual(await readFile(join(libraryOf(profile), name)))
  await exports.root.getByRole('button', { name: 'Open a file…' }).click()
  await expect(exports.rows.first()).toBeVisible()

  await exports.open()
  await exports.drop(copy)
  await expect(exports.rows.first()).toBeVisible()

  await copyFile(copy, damaged)
  await writeFile(damaged, (await readFile(copy)).subarray(0, 700))
  await exports.open()
  await exports.drop(damaged)
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: /damaged|cannot be read|not.*read/i })
      .first(),
  ).toBeVisible()
})

test('a window that is loaded again leaves no process behind for the file it had open', async ({ fleet }) => {
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  const file = join(profile, 'good.csv')
  await writeFile(file, 'cidr,target\n10.0.0.0/8,DENY\n')
  for (const opened of ['once', 'twice', 'three times']) {
    await exports.open()
    await exports.drop(file)
    await expect(exports.rows, `opened ${opened}`).toHaveCount(1)
    await fleet.reload()
  }
  await expect.poll(() => fileReaders(fleet)).toHaveLength(1)
})

test('hostile files are refused with the limit they are beyond, reading is canceled, and a good file opens next', async ({
  fleet,
}) => {
  const { page, profile } = fleet
  const exports = new ExportsPage(page)
  const write = async (name: string, content: string | Buffer): Promise<string> => {
    const file = join(profile, name)
    await writeFile(file, content)
    return file
  }
  const far = workbook({
    cells: [
      ['A1', 'cidr'],
      ['XFD1048576', 'x'],
    ],
  })
  const names = Array.from({ length: 40_000 }, (_, at) => `"n${at}":1`).join(',')
  await exports.open()
  for (const [name, content, message] of [
    ['far.xlsx', far, '17,179,869,184 cells (1,048,576 rows and 16,384 columns). The limit is 5,000,000.'],
    ['blanks.xlsx', workbook({ blanks: 300 * 1024 * 1024 }), 'more than 128 MB when unpacked. The limit is 128 MB.'],
    ['names.jsonl', `{${names}}\n`, '40,000 columns in row 1. The limit is 256.'],
  ] as const) {
    await exports.drop(await write(name, content))
    await expect(exports.view.getByRole('alert')).toContainText(message)
  }

  // Stopped, the process that would read the next file takes as long as it is let.
  const good = await write('good.csv', 'cidr,target\n10.0.0.0/8,DENY\n')
  await expect.poll(() => fileReaders(fleet)).toHaveLength(1)
  const [reader = 0] = await fileReaders(fleet)
  process.kill(reader, 'SIGSTOP')
  await exports.drop(good)
  await page.getByTestId('file-reading').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByTestId('file-reading')).toBeHidden()
  process.kill(reader, 'SIGCONT')
  await expect.poll(() => fileReaders(fleet)).not.toContain(reader)

  await exports.drop(good)
  await expect(exports.rows).toHaveCount(1)
  await expect(exports.view).toContainText('10.0.0.0/8')
})
