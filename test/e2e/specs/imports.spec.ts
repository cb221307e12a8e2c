import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures'
import { ImportPage } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

test('a CSV file of IP rules is tried, sent, sent again where it failed, and its result saved', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 0 })
  pbx.addRule({ cidr: '45.10.20.0/24', target: 'DENY', description: 'Scanner' })
  pbx.addRule({ cidr: '45.10.21.0/24', target: 'DENY', description: 'Scanner' })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page, profile } = fleet
  const rules = new IpRulesPage(page)
  await rules.open()
  const [source, wrong, result] = ['feed.csv', 'wrong.csv', 'result.csv'].map((name) => join(profile, name)) as [
    string,
    string,
    string,
  ]
  const lines = [
    'Address range;What to do;description;Owner',
    '45.10.20.0/24;DENY;Scanner;a',
    '45.10.21.0/24;DENY;Other words;b',
    '45.10.300.0/24;DENY;;c',
    "45.10.22.7/24;Deny;'=1+1;d",
    '45.10.22.0/24;DENY;=1+1;e',
    '45.10.23.0/24;ACCEPT;Office;f',
    '2a0c:77::1;DENY;;g',
    '127.0.0.0/8;DENY;Own;h',
  ]
  await writeFile(source, `\ufeff${lines.join('\r\n')}\r\n`)
  await fleet.answerDialogs([source, wrong, result])

  const imports = new ImportPage(page)
  await imports.open()
  await imports.choose()
  await expect(imports.panel.getByTestId('missing')).toContainText('Action')
  await expect(imports.button('Check the rows')).toBeDisabled()
  await imports.map('What to do', 'Action (needed)')
  await imports.check()

  await expect(imports.count('create')).toContainText('4')
  await expect(imports.row(2)).toContainText('Already on the server')
  await expect(imports.row(3)).toContainText('Description: Scanner')
  await expect(imports.row(4)).toContainText('45.10.300.0/24')
  await expect(imports.row(6)).toContainText('The same as row 5')
  await expect(imports.row(9)).toContainText('contains this computer’s own address')
  await imports.count('wrong').click()
  await expect(imports.rows).toHaveCount(1)
  await imports.button('Save the wrong rows…').click()
  await expect
    .poll(() => readFile(wrong, 'utf8').catch(() => ''))
    .toContain('45.10.300.0/24,DENY,,c,4,wrong,Column Address range: Each of the four numbers is 0 to 255')
  expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/ip_filters')).toEqual([])

  await imports.confirm()
  await expect(imports.panel.locator('[data-guard=own-address]')).toContainText('Row 9')
  await imports.panel.getByRole('checkbox').check()
  await expect(imports.button('Create 4 rules')).toBeDisabled()
  await imports.panel.getByLabel(/OVERRIDE/).fill('OVERRIDE')
  await pbx.setFaults({ status: 500, onlyPath: 'POST /ip_filters', times: 1 })
  await imports.send()
  await expect(imports.count('created')).toContainText('3')
  await expect(imports.count('failed')).toContainText('1')
  await imports.count('failed').click()
  await expect(imports.rows).toHaveCount(1)

  await imports.button('Retry the failed').click()
  await imports.at('plan')
  await expect(imports.rows).toHaveCount(1)
  await imports.confirm()
  await imports.panel.getByRole('checkbox').check()
  const override = imports.panel.getByLabel(/OVERRIDE/)
  if (await override.isVisible()) await override.fill('OVERRIDE')
  await imports.send()
  await expect(imports.count('created')).toContainText('4')
  await expect(imports.count('failed')).toBeHidden()
  await imports.button('Save the result…').click()
  const saved = (): Promise<string> => readFile(result, 'utf8').catch(() => '')
  await expect.poll(saved).toContain('import_outcome')
  const text = await saved()
  expect(text.trim().split('\r\n')).toHaveLength(lines.length)
  expect(text).toContain("45.10.22.7/24,Deny,'=1+1,d,5,created")
  expect(text).toContain('45.10.21.0/24,DENY,Other words,b,3,conflict')

  await imports.button('Close').last().click()
  await expect(rules.count).toContainText(/^6 /)
  await expect(rules.row('45.10.22.0/24')).toContainText('=1+1')
  await expect(rules.row('2a0c:77::1/128')).toBeVisible()
})

test('transports are imported from a dropped file; a port that is taken is a conflict', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const { page, profile } = await launchSignedIn(launch, pbx)
  const transports = new RecordPage(page, 'transports', 'Transports')
  await transports.open()
  await expect(transports.rows).toHaveCount(3)
  const source = join(profile, 'transports.csv')
  await writeFile(
    source,
    'protocol,port,verification\nUDP,5060,\nTCP,5060,\nTLS,5071,OPTIONAL\nUDP,5070,\nUDP,70000,\n',
  )

  const imports = new ImportPage(page)
  await imports.open()
  await imports.drop(source)
  await imports.check()
  await expect(imports.row(2)).toContainText('Already on the server')
  await expect(imports.row(3)).toContainText('Protocol: UDP')
  await expect(imports.row(6)).toContainText('At most 65535')
  await imports.confirm()
  await expect(imports.panel).toContainText('firewall')
  await imports.send()
  await expect(imports.count('created')).toContainText('2')
  await imports.button('Close').last().click()
  await expect(transports.rows).toHaveCount(5)
  await expect(transports.row('5071')).toContainText('Optional')
})
