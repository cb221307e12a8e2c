import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import type { Language } from '../languages'
import { isWhole } from '../shares'
import { AccountPage } from './account'
import { ImportPage } from './imports'
import { IpRulesPage } from './ip-rules'
import type { Writer } from './language-writer'
import { ServerForm } from './server-form'
import { SessionPage } from './session'
import { Shell } from './shell'

/** Letters that Turkish folds in its own way, that German writes out, and that run from right to left. */
const text = 'Iı İi Straße عربي'

/** An expiry as it is typed, in the time zone of the tests, and as the server stores it. */
const expiry = {
  typed: '2030-11-26T15:30',
  stored: new Date(2030, 10, 26, 15, 30).toISOString().replace('.000Z', 'Z'),
}

/** One form in use: opened from any page of the server, and left without a panel or changes. */
export interface LanguageForm {
  readonly name: string
  /** Those of `npm test`, without which it is all: the fields are the same in each form. `npm run fuzz` uses every form in every language. */
  readonly languages?: readonly Language[]
  readonly use: (writer: Writer) => Promise<void>
}

const languageForms: readonly LanguageForm[] = [
  {
    name: 'system settings',
    use: async (writer) => {
      const settings = await writer.list('system-settings', 'Settings')
      const input = settings.input('dead_session_timeout')
      await input.fill(writer.ambiguous)
      await input.blur()
      await expect(settings.problem('dead_session_timeout')).toContainText(writer.shown(1000))
      await expect(input).toHaveValue(writer.ambiguous)
      await writer.fill(settings, { dead_session_timeout: writer.typed(1234) })
      await settings.review()
      await expect(settings.panel).toContainText(writer.shown(1234))
      await settings.save()
      await settings.closePanel()
      expect(writer.sent('/admin/settings')).toMatchObject({ dead_session_timeout: 1234 })
      await expect(input).toHaveValue(writer.inInput(1234))
    },
  },
  {
    name: 'thresholds of notifications',
    languages: ['tr', 'ar'],
    use: async (writer) => {
      const notification = await writer.list('notification', 'Notifications')
      const key = 'cpu_threshold'
      await notification.field('notify_cpu_exceeded_threshold').getByRole('switch').check()
      await writer.fill(notification, { [key]: writer.typed(42.5) })
      await notification.review()
      await expect(notification.panel).toContainText(writer.percent(0.425))
      await notification.save()
      await notification.closePanel()
      expect(writer.sent('/admin/notification')).toMatchObject({ [key]: 0.425 })
      await expect(notification.input(key)).toHaveValue(writer.inInput(42.5))
    },
  },
  {
    name: 'network',
    languages: ['tr', 'ar'],
    use: async (writer) => {
      const network = await writer.list('network', 'Network')
      await writer.fill(network, { web_domain: 'IPI.straße.example', private_ipv4: '10.20.30.40' })
      await writer.save(network)
      expect(writer.sent('/network')).toMatchObject({ web_domain: 'IPI.straße.example', private_ipv4: '10.20.30.40' })
      await expect(network.input('web_domain')).toHaveValue('IPI.straße.example')
    },
  },
  {
    name: 'ports of the SBC',
    languages: ['de', 'ar'],
    use: async (writer) => {
      const sbc = await writer.list('sbc', 'SBC & IM')
      await writer.fill(sbc, { https_port: new Intl.NumberFormat('en', { useGrouping: false }).format(10443) })
      await writer.save(sbc)
      expect(writer.sent('/sbc')).toMatchObject({ https_port: 10443 })
      await expect(sbc.input('https_port')).toHaveValue('10443')
    },
  },
  {
    name: 'limits and sizes of a tenant',
    languages: ['de', 'ar'],
    use: async (writer) => {
      const tenants = await writer.list('tenants', 'Tenants')
      await tenants.row('tenant1.example').dblclick()
      await tenants.field('disk_quota').getByRole('combobox').selectOption('GB')
      await writer.fill(tenants, { max_extensions: writer.typed(12_345), disk_quota: writer.typed(1500) })
      await writer.save(tenants)
      expect(writer.sent(/^\/tenants\/[^/]+$/)).toMatchObject({ max_extensions: 12_345, disk_quota: '1500GB' })
      await expect(tenants.row('tenant1.example')).toContainText(writer.shown(12_345))
      await tenants.row('tenant1.example').dblclick()
      await expect(tenants.input('max_extensions')).toHaveValue(writer.inInput(12_345))
      await tenants.closePanel()
    },
  },
  {
    name: 'a new dealer',
    languages: ['fr', 'tr'],
    use: async (writer) => {
      const dealers = await writer.list('dealers', 'Dealers')
      await dealers.root.getByRole('button', { name: 'New dealer' }).click()
      await dealers.field('level').getByText('Reseller', { exact: true }).click()
      await writer.fill(dealers, {
        name: 'kiri-i',
        password: 'Valid-Word-58',
        max_tenants: writer.typed(1234),
        email: 'kiri@example.com',
        display_name: text,
      })
      await writer.save(dealers, 'Create dealer')
      expect(writer.sent('/dealers')).toMatchObject({ name: 'kiri-i', max_tenants: 1234, display_name: text })
      await expect(dealers.row('kiri-i')).toContainText(writer.shown(1234))
    },
  },
  {
    name: 'a dealer',
    languages: ['de', 'ar'],
    use: async (writer) => {
      const dealers = await writer.list('dealers', 'Dealers')
      await dealers.rows.first().dblclick()
      await writer.fill(dealers, { max_extensions: writer.typed(1_234_567), address: text })
      await writer.save(dealers)
      expect(writer.sent(/^\/dealers\/[^/]+$/)).toMatchObject({ max_extensions: 1_234_567, address: text })
      await expect(dealers.rows.first()).toContainText(writer.shown(1_234_567))
    },
  },
  {
    name: 'a new transport',
    languages: ['fr', 'tr'],
    use: async (writer) => {
      const transports = await writer.list('transports', 'Transports')
      await transports.root.getByRole('button', { name: 'New transport' }).click()
      await transports.field('protocol').getByText('TCP', { exact: true }).click()
      await writer.fill(transports, { port: '15060' })
      await writer.save(transports, 'Create transport')
      expect(writer.sent('/transports')).toMatchObject({ protocol: 'TCP', port: 15060 })
      await expect(transports.row('15060')).toContainText('TCP')
    },
  },
  {
    name: 'a new IP rule',
    languages: ['tr', 'ar'],
    use: async (writer) => {
      const rules = await writer.list('ip-rules', 'IP rules')
      await rules.root.getByRole('button', { name: 'New rule' }).first().click()
      await writer.fill(rules, { cidr: '203.0.113.9/24', expire_at: expiry.typed, description: text })
      await writer.save(rules, 'Create rule')
      expect(writer.sent('/ip_filters')).toMatchObject({
        cidr: '203.0.113.0/24',
        expire_at: expiry.stored,
        description: text,
      })
      await new IpRulesPage(writer.page).search('203.0.113')
      await expect(rules.row('203.0.113.0/24')).toContainText(writer.time(expiry.stored))
      await expect(rules.row('203.0.113.0/24')).toContainText(text)
    },
  },
  {
    name: 'the expiry of several IP rules',
    languages: ['de', 'fr'],
    use: async (writer) => {
      const rules = await writer.list('ip-rules', 'IP rules')
      for (const index of [0, 1]) await rules.rows.nth(index).getByRole('checkbox').check()
      await rules.root.getByRole('button', { name: 'Change…' }).click()
      await rules.panel.locator('[data-bulk=expire_at]').getByRole('checkbox').check()
      await rules.panel.locator('[data-bulk=expire_at] input[type=datetime-local]').fill(expiry.typed)
      await rules.panel.getByRole('button', { name: 'Preview' }).click()
      await expect(rules.panel).toContainText(writer.time(expiry.stored))
      await rules.closePanel()
      const question = writer.page.getByRole('dialog', { name: 'Discard changes?' })
      await question.getByRole('button', { name: 'Discard changes' }).click()
    },
  },
  {
    name: 'a trunk assignment',
    languages: ['fr', 'ar'],
    use: async (writer) => {
      const trunks = await writer.list('trunk-assignments', 'Trunk assignments')
      await trunks.rows.first().dblclick()
      await writer.fill(trunks, { did_numbers: '5000-6233', concurrency: writer.typed(1234) })
      await expect(trunks.field('did_numbers').getByTestId('did-count')).toContainText(`${writer.shown(1234)} numbers`)
      await writer.save(trunks)
      expect(writer.sent(/^\/providers/)).toEqual({ did_numbers: '5000-6233', concurrency: 1234 })
    },
  },
  {
    name: 'an import of tenants',
    languages: ['de', 'tr'],
    use: async (writer) => {
      const tenants = await writer.list('tenants', 'Tenants')
      const file = join(writer.fleet.profile, 'tenants.csv')
      const line = 'İstanbul I;istanbul.example;Europe/Istanbul;TRY;TUR;https://istanbul.example;'
      const header = 'Name;SIP domain;Time zone;Currency;Country;Website;Maximum extensions'
      await writeFile(file, [header, `${line}1234`, `${line.replace('istanbul.', 'ankara.')}1.234`].join('\r\n'))
      await writer.fleet.answerDialogs([file])
      const imports = new ImportPage(writer.page)
      await imports.open()
      await imports.choose()
      await expect(imports.panel.getByTestId('missing')).toBeHidden()
      await imports.check()
      await expect(imports.row(3)).toContainText('1.234 can mean 1.234 or 1234')
      await imports.confirm()
      await imports.send()
      await imports.button('Close').last().click()
      expect(writer.sent('/tenants')).toMatchObject({ name: 'İstanbul I', max_extensions: 1234 })
      await expect(tenants.row('istanbul.example')).toContainText(writer.shown(1234))
    },
  },
  {
    name: 'the username of an account',
    languages: ['tr', 'ar'],
    use: async (writer) => {
      const account = new AccountPage(writer.page)
      await account.open()
      await account.name.getByLabel('New username').fill('ILIM.wind')
      await account.name.getByRole('button', { name: 'Change username' }).click()
      await expect(new SessionPage(writer.page).header).toContainText('ILIM.wind')
      expect(writer.sent('/admin/user/username')).toEqual({ name: 'ILIM.wind' })
    },
  },
  {
    name: 'a server of the workspace',
    languages: ['tr', 'ar'],
    use: async (writer) => {
      const shell = new Shell(writer.fleet)
      await shell.choose('Acme', /^Edit/)
      await new ServerForm(writer.page).save({ name: text, folder: 'İzmir', tags: 'ışık, IŞIK' })
      await expect(shell.server(text)).toBeVisible()
      const [server] = (await writer.fleet.call('workspace:get', {})).servers
      expect(server).toMatchObject({ name: text, folder: 'İzmir', tags: ['ışık', 'IŞIK'], address: writer.pbx.url })
    },
  },
  {
    name: 'the brand',
    languages: ['fr', 'tr'],
    use: async (writer) => {
      const brand = await writer.list('brand', 'Rebranding')
      await writer.fill(brand, { title: text })
      await brand.review()
      await brand.save('Apply')
      await brand.closePanel()
      expect(writer.sent('/brand')).toMatchObject({ title: text })
      await expect(brand.root).toContainText(`Last sent: ${text}`)
    },
  },
]

/** The forms that are used with the system in this language. */
export const formsIn = (language: Language): readonly LanguageForm[] =>
  languageForms.filter(({ languages }) => isWhole || !languages || languages.includes(language))
