import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { emptyServerDraft } from '@shared/domain/server'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { ImportPage } from '../pages/imports'

const header = 'Name;Host;Customer;Tags;Login;Password;Card'
/** Three hundred servers as a list of customers has them: one twice, one that is in the workspace, one that cannot be read, one name twice. */
function customers(): string {
  const lines = Array.from(
    { length: 300 },
    (_, at) => `Customer ${at};pbx${at}.example.com;Folder ${at % 5};gold, berlin;admin;;Card ${at}`,
  )
  lines[10] = lines[9] ?? ''
  lines[20] = 'Known;https://KNOWN.example.com:8887/#/login;;;;;'
  lines[30] = 'Wrong;http://pbx30.example.com;Folder 0;;;;'
  lines[40] = 'Customer 41;pbx40.example.com;Folder 0;;;;'
  return [header, ...lines].join('\r\n')
}

async function withFile(text: string, work: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-csv-'))
  const file = join(folder, 'servers.csv')
  await writeFile(file, text)
  await work(file)
  await rm(folder, { recursive: true })
}

async function openImport(page: Page): Promise<ImportPage> {
  await page.getByRole('button', { name: 'Add to the workspace' }).click()
  await page.getByRole('menuitem', { name: 'Import servers from a file…' }).click()
  const servers = new ImportPage(page)
  await servers.at('file')
  return servers
}

const countOf = async (fleet: FleetApp): Promise<number> => (await fleet.call('workspace:get', {})).servers.length

test('three hundred servers of a dropped file are previewed, corrected and added; the result names the other rows', async ({
  launch,
}) => {
  const known = { ...emptyServerDraft, name: 'Known PBX', address: 'https://known.example.com:8887' }
  const fleet = await launch({ servers: [known] })
  const { page } = fleet
  const servers = await openImport(page)
  await withFile(customers(), (file) => servers.drop(file))
  await expect(servers.panel.getByRole('combobox', { name: 'Cells are separated by' })).toHaveValue(';')
  await expect(servers.panel.getByRole('row', { name: 'Card' })).not.toContainText('Card 0')
  await servers.check()
  await expect(servers.panel.getByTestId('left-out')).toHaveText('Not imported: Card')
  await expect(servers.count('create')).toContainText('297')
  await expect(servers.count('skip')).toContainText('1')
  await servers.count('skip').click()
  await expect(servers.row(12)).toContainText('Same as row 11')
  await expect(servers.count('conflict')).toContainText('1')
  await servers.count('conflict').click()
  await expect(servers.row(22)).toContainText(
    'Already in the workspace as Known PBX, which is not changed. Different: Name',
  )
  await servers.count('flagged').click()
  await expect(servers.rows).toContainText(['Same name as row 42'])
  await servers.count('wrong').click()
  await servers.row(32).click()
  const form = servers.panel.getByRole('form', { name: 'Row 32' })
  await expect(form).toContainText('Plain HTTP sends the password unencrypted')
  await form.getByLabel('Address', { exact: true }).fill('pbx30.example.com')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(servers.count('create')).toContainText('298')
  await servers.button('Remove flagged rows').click()
  await servers.button('Add 297 servers').click()
  await servers.at('applied')
  await expect(servers.panel.getByTestId('result')).toContainText('297 servers added, 3 rows not added')
  expect(await countOf(fleet)).toBe(298)
  const left = servers.panel.getByRole('grid', { name: 'Rows that were not added' }).locator('[role=row][data-index]')
  await expect(left).toContainText([
    'Same as row 11',
    'Already in the workspace as Known PBX',
    'Removed in the preview',
  ])
  await servers.count('conflict').click()
  await expect(left).toHaveCount(1)
  expect(await seriousFindings(page)).toEqual([])
  const result = join(fleet.profile, 'result.csv')
  await fleet.answerDialogs([result])
  await servers.button('Save result…').click()
  await expect.poll(() => readFile(result, 'utf8').catch(() => '')).toContain('12;duplicate;Same as row 11')
  expect((await readFile(result, 'utf8')).trim().split('\r\n')).toHaveLength(301)
  await servers.panel.getByRole('button', { name: 'Close' }).last().click()
  await expect(servers.panel).toBeHidden()
  const tree = page.getByRole('tree', { name: 'Servers' })
  await expect(tree.getByRole('treeitem', { name: /^Folder 0/ })).toBeVisible()
})

test('rows that were copied from a spreadsheet are added with their passwords, which the window never gets', async ({
  launch,
}) => {
  const fleet = await launch({ servers: [] })
  const { page } = fleet
  const rows = [
    'Name\tURL\tUser\tPassword',
    'Acme\tacme.example\tadmin\tpractice-only',
    'Beta\tbeta.example\tadmin\tx ',
  ]
  await fleet.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), rows.join('\n'))
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Import servers from a file/ })
    .click()
  const servers = new ImportPage(page)
  await servers.button('Paste rows').click()
  await servers.at('columns')
  await expect(servers.panel).not.toContainText('practice-only')
  await servers.check()
  await expect(servers.row(3)).toContainText('Column Password: it ends with a blank')
  await expect(servers.panel).not.toContainText('practice-only')
  await servers.button('Add 2 servers').click()
  await expect(page.getByText('2 passwords saved in the keychain')).toBeVisible()
  await expect(servers.panel).toBeHidden()
  expect(await countOf(fleet)).toBe(2)
})
