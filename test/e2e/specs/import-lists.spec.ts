import { join } from 'node:path'
import writeXlsxFile from 'write-excel-file/node'
import { seriousFindings } from '../axe'
import { expect, test } from '../fixtures'
import { IpRulesPage } from '../pages/ip-rules'
import { ImportPage } from '../pages/imports'
import { launchSignedIn } from '../servers'

test('a published list on the clipboard gets an action for all rows; flagged rows are removed, a wrong one is corrected', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 2 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const rules = new IpRulesPage(page)
  await rules.open()
  const list = [
    '; Spamhaus DROP List 2026/11/28',
    '; Expires: Sat, 28 Nov 2026 01:13:19 GMT',
    '10.0.0.0/8 ; SBL1',
    '1.10.16.0/20 ; SBL256894',
    '45.10.300.0/24 ; SBL3',
    '127.0.0.0/8 ; SBL4',
  ]
  await fleet.call('app:copy', { text: list.join('\n') })

  const imports = new ImportPage(page)
  await imports.open()
  await imports.button('Paste rows').click()
  await imports.at('columns')
  await expect(imports.panel.getByText('2 rows skipped as comments or titles')).toBeVisible()
  await expect(imports.panel.getByTestId('missing')).toContainText('Action')
  await expect(imports.button('Preview')).toBeDisabled()
  await imports.panel.getByTestId('fixed').getByText('Block', { exact: true }).click()
  await imports.panel.getByLabel('Field without a column').selectOption('Expires')
  await imports.panel.getByTestId('fixed').locator('input[type=datetime-local]').fill('2030-01-31T18:00')
  await expect(imports.panel.getByTestId('missing')).toBeHidden()
  await expect(imports.button('Preview')).toBeEnabled()
  expect(await seriousFindings(page)).toEqual([])
  await imports.check()

  await expect(imports.row(6)).toContainText('this computer’s own address')
  await imports.count('flagged').click()
  await expect(imports.rows).toHaveCount(2)
  await imports.button('Remove flagged rows').click()
  await expect(imports.count('excluded')).toContainText('2')
  await imports.count('wrong').click()
  await imports.row(5).click()
  const form = imports.panel.getByRole('form', { name: 'Row 5' })
  await expect(form.getByLabel('IP address or range')).toBeFocused()
  await expect(form).toContainText('Each of the four numbers is 0 to 255')
  await page.keyboard.press('Escape')
  await expect(form).toBeHidden()
  await expect(imports.row(5)).toBeVisible()
  await imports.row(5).click()
  expect(await seriousFindings(page)).toEqual([])
  await form.getByLabel('IP address or range').fill('45.10.30.0/24')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toBeHidden()
  expect(await page.evaluate(() => document.activeElement?.closest('[role=grid]') !== null)).toBe(true)
  await expect(imports.count('create')).toContainText('2')

  // Changed rows are not lost by one key.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await expect(imports.count('create')).toContainText('2')

  await imports.confirm()
  await expect(imports.panel.locator('[data-guard]')).toHaveCount(0)
  await imports.send()
  await expect(imports.count('done')).toContainText('2')
  await imports.button('Close').last().click()
  await expect(rules.row('45.10.30.0/24')).toContainText('SBL3')
  expect(
    pbx.rules().map(({ cidr, target, description, expire_at }) => [cidr, target, description, expire_at?.slice(0, 7)]),
  ).toEqual(
    expect.arrayContaining([
      ['1.10.16.0/20', 'DENY', 'SBL256894', '2030-01'],
      ['45.10.30.0/24', 'DENY', 'SBL3', '2030-01'],
    ]),
  )
})

test('a workbook is imported without a detour over CSV: its titles are skipped, its times are times', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 2 })
  const fleet = await launchSignedIn(launch, pbx)
  const path = join(fleet.profile, 'rules.xlsx')
  await writeXlsxFile(
    [
      [{ value: 'Blocked by the firewall team' }],
      [{ value: 'IP address or range' }, { value: 'Action' }, { value: 'Expires' }, { value: 'Description' }],
      [
        { value: '41.77.0.0/16' },
        { value: 'Block' },
        { value: new Date('2031-01-31T18:30:00Z'), format: 'yyyy-mm-dd hh:mm' },
        { value: '=scanner, "quoted"' },
      ],
    ],
    { sheet: 'Rules' },
  ).toFile(path)
  await new IpRulesPage(fleet.page).open()
  const imports = new ImportPage(fleet.page)
  await imports.open()
  await fleet.answerDialogs([path])
  await imports.choose()
  await expect(imports.panel.getByText('Blocked by the firewall team')).toBeVisible()
  await imports.check()
  await imports.confirm()
  await imports.send()
  await expect(imports.count('done')).toContainText('1')
  expect(pbx.rules().find(({ cidr }) => cidr === '41.77.0.0/16')).toMatchObject({
    target: 'DENY',
    description: '=scanner, "quoted"',
    expire_at: new Date(2031, 0, 31, 18, 30).toISOString().replace('.000', ''),
  })
})
