import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PracticePbx } from '@demo/practice-pbx'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { ImportPage } from '../pages/imports'
import { IpRulesPage } from '../pages/ip-rules'
import { RecordPage } from '../pages/records'
import { secretMark } from '../secrets'
import { launchSignedIn } from '../servers'

/** All rows on the PBX with all their values. */
async function held(pbx: PracticePbx, list: 'tenants' | 'dealers'): Promise<readonly Record<string, unknown>[]> {
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, `GET /${list}`, { token })).json<{ items: { id: string }[] }>()
  return Promise.all(items.map(async ({ id }) => (await call(pbx, `GET /${list}/${id}`, { token })).json()))
}

/** What was sent to make rows of a list. */
const made = (pbx: PracticePbx, list: string): readonly unknown[] =>
  pbx.requests.filter(({ method, path }) => method === 'POST' && path === `/${list}`).map(({ body }) => body)

test('a CSV file of IP rules is previewed and imported, failed rows are retried, and the result is saved', async ({
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
    'IP address or range;What to do;description;Owner',
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
  await expect(imports.button('Preview')).toBeDisabled()
  await imports.map('What to do', 'Action (required)')
  await imports.check()

  await expect(imports.count('create')).toContainText('4')
  await expect(imports.row(2)).toContainText('Already on the server')
  await expect(imports.row(3)).toContainText('Description: Scanner')
  await expect(imports.row(4)).toContainText('45.10.300.0/24')
  await expect(imports.row(6)).toContainText('Same as row 5')
  await expect(imports.row(9)).toContainText('contains this computer’s own address')
  await imports.count('wrong').click()
  await expect(imports.rows).toHaveCount(1)
  await imports.button('Save invalid rows…').click()
  await expect
    .poll(() => readFile(wrong, 'utf8').catch(() => ''))
    .toContain('45.10.300.0/24;DENY;;c;4;invalid;Column IP address or range: Each of the four numbers is 0 to 255')
  expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/ip_filters')).toEqual([])

  await imports.confirm()
  await expect(imports.panel.locator('[data-guard=own-address]')).toContainText('Row 9')
  await imports.panel.getByRole('checkbox').check()
  await expect(imports.button('Create 4 rules')).toBeDisabled()
  await imports.panel.getByLabel(/OVERRIDE/).fill('OVERRIDE')
  await pbx.setFaults({ status: 500, onlyPath: 'POST /ip_filters', times: 1 })
  await imports.send()
  await expect(imports.count('done')).toContainText('3')
  await expect(imports.count('refused')).toContainText('1')
  await imports.count('refused').click()
  await expect(imports.rows).toHaveCount(1)

  await imports.button('Retry (1)').click()
  await imports.panel.getByRole('checkbox').check()
  const override = imports.panel.getByLabel(/OVERRIDE/)
  if (await override.isVisible()) await override.fill('OVERRIDE')
  await imports.button('Retry (1)').click()
  await expect(imports.count('done')).toContainText('4')
  await expect(imports.count('refused')).toBeHidden()
  await imports.button('Save result…').click()
  const saved = (): Promise<string> => readFile(result, 'utf8').catch(() => '')
  await expect.poll(saved).toContain('import_outcome')
  const text = await saved()
  expect(text.trim().split('\r\n')).toHaveLength(lines.length)
  expect(text).toContain("45.10.22.7/24;Deny;'=1+1;d;5;done")
  expect(text).toContain('45.10.21.0/24;DENY;Other words;b;3;conflict')

  await imports.button('Close').last().click()
  await expect(rules.count).toContainText(/^6 /)
  await expect(rules.row('45.10.22.0/24')).toContainText('=1+1')
  await expect(rules.row('2a0c:77::1/128')).toBeVisible()
})

test('transports are imported from a dropped file; a port that is already in use is a conflict', async ({
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
  await expect(imports.row(6)).toContainText('Maximum 65535')
  await imports.confirm()
  await expect(imports.panel).toContainText('firewall')
  await imports.send()
  await expect(imports.count('done')).toContainText('2')
  await imports.button('Close').last().click()
  await expect(transports.rows).toHaveCount(5)
  await expect(transports.row('5071')).toContainText('Optional')
})

test('tenants and dealers are imported: columns are mapped, each row is previewed, then sent', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 3, dealers: 3 })
  const fleet = await launchSignedIn(launch, pbx, { protection: 'ask' })
  const { page, profile } = fleet
  const imports = new ImportPage(page)
  const [tenantFile, dealerFile, result] = ['tenants.csv', 'dealers.csv', 'result.csv'].map((name) =>
    join(profile, name),
  ) as [string, string, string]
  await fleet.answerDialogs([tenantFile, dealerFile, result])
  // Each step that is shown, with the progress at that time.
  const steps = await page.evaluateHandle(() => {
    const seen: string[] = []
    new MutationObserver(() => {
      const view = document.querySelector<HTMLElement>('[data-view=import]')
      const progress = view?.querySelector('[data-testid=plan-progress]')?.textContent ?? ''
      const now = `${view?.dataset['step'] ?? ''} ${progress}`.trim()
      if (now !== '' && seen.at(-1) !== now) seen.push(now)
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    return seen
  })

  const [first, second] = await held(pbx, 'tenants')
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  const line = (tenant: Record<string, unknown> | undefined, extensions: unknown): string =>
    [...['name', 'domain', 'timezone', 'currency', 'region'].map((key) => String(tenant?.[key])), extensions].join(';')
  await writeFile(
    tenantFile,
    [
      'Kunde;SIP domain;Zeitzone;Currency;Country;Nebenstellen;Vertrag',
      'Kunde Neu;neu.example;Europe/Vienna;EUR;AUT;30;A-1',
      `${line(first, first?.['max_extensions'])};A-2`,
      `${line(second, 777)};A-3`,
      'Kunde Falsch;;Europe/Vienna;EUR;AUT;30;A-4',
      'Kunde Viel;viel.example;Europe/Vienna;EUR;AUT;viele;A-5',
      'Kunde Neu;neu.example;Europe/Vienna;EUR;AUT;30;A-6',
      'Kunde Zwei;zwei.example;Asia/Tokyo;JPY;JPN;45;A-7',
      'Müller; Söhne;mueller.example;Europe/Berlin;EUR;DEU;30;A-8',
    ].join('\r\n'),
  )
  await imports.open()
  await imports.choose()
  await expect(imports.panel.getByTestId('missing')).toContainText('Name, Time zone')
  await imports.map('Kunde', 'Name (required)')
  await imports.map('Zeitzone', 'Time zone (required)')
  await expect(imports.panel.getByTestId('missing')).toBeHidden()
  await imports.map('Nebenstellen', 'Maximum extensions')
  await imports.check()
  for (const [state, rows] of [
    ['create', '2'],
    ['skip', '2'],
    ['conflict', '1'],
    ['wrong', '3'],
  ] as const)
    await expect(imports.count(state)).toContainText(rows)
  await expect(imports.row(3)).toContainText('Already on the server')
  await expect(imports.row(4)).toContainText(
    `On the server with other values. Maximum extensions: ${Number(second?.['max_extensions']).toLocaleString('en')}`,
  )
  await expect(imports.row(5)).toContainText('Column SIP domain: SIP domain is required')
  await expect(imports.row(6)).toContainText('Column Nebenstellen: A number is expected, such as 1000 (found “viele”)')
  await expect(imports.row(7)).toContainText('Same as row 2')
  await expect(imports.row(9)).toContainText(
    'Row 9 has 8 cells, the header has 7. Put text that contains the separator',
  )
  expect(made(pbx, 'tenants')).toEqual([])

  await imports.confirm()
  await expect(imports.button('Create 2 tenants')).toBeDisabled()
  await imports.panel.getByRole('checkbox').check()
  await imports.send()
  await expect(imports.count('done')).toContainText('2')
  const shown = await steps.jsonValue()
  expect(shown.map((one) => one.split(' ')[0]).filter((one, at, all) => one !== all[at - 1])).toEqual([
    'file',
    'columns',
    'plan',
    'confirm',
    'applied',
  ])
  expect(shown.join('\n')).toContain('applied Applying 6 of 8')
  await imports.button('Close').last().click()
  await expect(tenants.row('neu.example')).toContainText('Kunde Neu')
  await expect(tenants.rows).toHaveCount(5)
  expect((await held(pbx, 'tenants')).slice(3)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'Kunde Neu', domain: 'neu.example', region: 'AUT', max_extensions: 30 }),
      expect.objectContaining({ name: 'Kunde Zwei', timezone: 'Asia/Tokyo', currency: 'JPY', max_extensions: 45 }),
    ]),
  )

  const dealers = new RecordPage(page, 'dealers', 'Dealers')
  await dealers.open()
  const password = `Aa9-${secretMark}-x`
  const limits = (await held(pbx, 'dealers')).map(
    (dealer) => `${String(dealer['max_tenants'])},${String(dealer['max_extensions'])}`,
  )
  await writeFile(
    dealerFile,
    [
      'Konto,level,Kennwort,Tenant limit,Extension limit,email',
      `north,Reseller,${password},45,200,north@example.com`,
      `dealer1,DISTRIBUTOR,${password},${limits[0] ?? ''},`,
      `dealer2,RESELLER,${password},${limits[1] ?? ''},`,
      `root,RESELLER,${password},45,200,`,
      'south,RESELLER,short,45,200,',
    ].join('\r\n'),
  )
  await imports.open()
  await imports.choose()
  await imports.map('Konto', 'Username (required)')
  await imports.map('Kennwort', 'Password (required)')
  await imports.check()
  await expect(imports.row(3)).toContainText('Already on the server')
  await expect(imports.row(4)).toContainText('On the server with other values. Level: Sub-distributor')
  await expect(imports.row(5)).toContainText('Column Konto: root is reserved')
  await expect(imports.row(6)).toContainText(/Column Kennwort: (?!.*short)/)
  await imports.confirm()
  await imports.panel.getByRole('checkbox').check()
  await imports.send()
  await expect(imports.count('done')).toContainText('1')
  await imports.button('Save result…').click()
  await expect
    .poll(() => readFile(result, 'utf8').catch(() => ''))
    .toContain('north,Reseller,45,200,north@example.com,2,done')
  expect(await page.content()).not.toContain(secretMark)
  expect(await readFile(result, 'utf8')).not.toContain(secretMark)
  await imports.button('Close').last().click()
  await expect(dealers.row('north')).toContainText('north@example.com')
  await expect(dealers.rows).toHaveCount(4)
  expect(made(pbx, 'dealers')).toEqual([
    { name: 'north', level: 'RESELLER', password, max_tenants: 45, max_extensions: 200, email: 'north@example.com' },
  ])
})
