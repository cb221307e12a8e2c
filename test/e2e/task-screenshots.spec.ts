import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tenant } from '@shared/resources/tenant'
import { makePem } from '@test/fakes/pem'
import { expect, test } from './fleet'
import type { FleetApp } from './fleet-app'
import { MergedPage } from './pages/merged'
import { NewCustomerPage } from './pages/new-customer'
import { RecordPage } from './pages/records'
import { RolloutsPage } from './pages/rollouts'
import { setField } from './pages/tenant-controls'
import { signedIn, type Theme } from './pictures'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
/** A wildcard certificate with its key for the practice servers. */
async function certificateFiles() {
  const pem = await makePem(['*.example.com'], { to: 800 })
  const target = await mkdtemp(join(tmpdir(), 'fleet-pem-'))
  const texts = { 'example.com.pem': pem.cert, 'chain.pem': pem.intermediate, 'example.com.key': pem.key }
  const paths = Object.keys(texts).map((name) => join(target, name))
  for (const [name, text] of Object.entries(texts)) await writeFile(join(target, name), text)
  return { paths, remove: () => rm(target, { recursive: true, force: true }) }
}

const takeAs =
  ({ page }: FleetApp, task: string, theme: Theme) =>
  (name: string): Promise<unknown> =>
    page.screenshot({ path: join(folder, `${task}-${name}-${theme}.png`), animations: 'disabled' })

/** The steps of the tasks in docs/tasks.md. */
for (const theme of ['light', 'dark'] as const) {
  test(`an attack on many servers, ${theme}`, async ({ launchFleet }) => {
    const { fleet } = await launchFleet()
    const { page } = fleet
    const take = takeAs(fleet, 'attack', theme)
    await signedIn(fleet, theme)
    const [table, rollouts] = [new MergedPage(fleet, 'IP rules'), new RolloutsPage(page)]
    await table.open()
    await expect(table.serversRead).toHaveText(/^31 of 40 servers read/)
    await table.root.getByRole('button', { name: 'Block addresses…' }).first().click()
    const { form, panel } = rollouts
    await form.getByLabel(/IP addresses or ranges/).fill('41.202.7.9/16')
    await form.getByRole('button', { name: 'In 30 d' }).click()
    await form.getByLabel('Ticket or note').fill('INC-4711')
    await form.getByRole('searchbox', { name: 'Filter servers' }).fill('tag:gold')
    await form.getByRole('button', { name: /^Select all shown/ }).click()
    await take('form')
    await form.getByRole('button', { name: 'Preview' }).click()
    await rollouts.at('ready')
    await take('preview')
    await panel.getByLabel(/^Apply these changes to/).check()
    await rollouts.button(/^Apply \(/).click()
    await rollouts.at('review')
    await take('review')
    await rollouts.button('Continue').click()
    await rollouts.at('finished')
    await take('result')
  })

  test(`a certificate on many servers, ${theme}`, async ({ launchFleet }) => {
    const { fleet, servers } = await launchFleet()
    const { page } = fleet
    const take = takeAs(fleet, 'certificate', theme)
    const files = await certificateFiles()
    await signedIn(fleet, theme)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('replace certificate')
    await page.keyboard.press('Enter')
    const rollouts = new RolloutsPage(page)
    const { certificateForm: form, panel, certificates } = rollouts
    await fleet.answerDialogs([files.paths])
    await form.getByRole('button', { name: 'Select files…' }).click()
    await form.getByRole('searchbox', { name: 'Filter servers' }).fill('tag:gold')
    await form.getByRole('button', { name: /^Select all shown/ }).click()
    await form.locator('.body').evaluate((body) => body.scrollTo(0, 0))
    await take('form')
    await form.getByRole('button', { name: 'Preview' }).click()
    await rollouts.at('ready')
    await take('preview')
    await panel.getByLabel(/^Apply these changes to/).check()
    await rollouts.button(/^Apply \(/).click()
    await rollouts.at('review')
    await rollouts.button('Continue').click()
    await rollouts.at('finished')
    await expect(certificates.locator('[data-stage=waiting]').first()).toBeVisible()
    const names = await certificates.locator('[data-stage=waiting] .name').allTextContents()
    for (const { name, pbx } of servers) if (names.slice(0, 4).includes(name)) pbx?.restartWebServer()
    await certificates.getByRole('button', { name: 'Check certificates' }).click()
    await expect(certificates.locator('[data-stage=presented]')).toHaveCount(4)
    await certificates.getByRole('button', { name: `Trust ${names[0]}` }).click()
    await expect(certificates.locator('[data-stage=trusted]')).toHaveCount(1)
    await take('result')
    await files.remove()
  })

  test(`a new customer, ${theme}`, async ({ launchFleet }) => {
    const { fleet } = await launchFleet()
    const { page } = fleet
    const take = takeAs(fleet, 'customer', theme)
    await signedIn(fleet, theme)
    const customer = new NewCustomerPage(page)
    await page.getByRole('link', { name: 'New customer…' }).click()
    await customer.at('server')
    await customer.root.locator('input[type=radio]:not([aria-disabled=true])').first().check()
    await take('server')
    await customer.next()
    await customer.at('tenant')
    await customer.root.getByRole('combobox', { name: 'Template' }).selectOption('Small office, 25 extensions')
    await customer.input('name').fill('Bakery Moser')
    await customer.input('domain').fill('bakery-moser.example')
    const record = new RecordPage(page, 'new-customer', '')
    for (const [key, text] of [
      ['timezone', 'Europe/Vienna'],
      ['currency', 'EUR'],
      ['region', 'Austria (AUT)'],
    ] as const) {
      const field = tenant.fields.find((each) => each.key === key)
      if (field !== undefined) await setField(page, record, field, text)
    }
    await expect(customer.domainCheck).toContainText('No tenant on')
    await customer.root.evaluate((root) => root.scrollTo(0, 0))
    await take('tenant')
    await customer.next()
    await customer.at('dealer')
    await customer.next()
    await customer.at('numbers')
    await customer.next()
    await customer.plan('ready')
    await take('review')
  })
}
