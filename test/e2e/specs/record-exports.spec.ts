import { expect, test } from '../fixtures'
import { ExportsPage } from '../pages/exports'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

test('a list and a form are exported, and read as table and form with the server gone', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const exports = new ExportsPage(page)
  const transports = new RecordPage(page, 'transports', 'Transports')
  await transports.open()
  await transports.rows.nth(0).getByRole('checkbox').click()
  await transports.rows.nth(2).getByRole('checkbox').click()
  await exports.export('CSV', /The chosen transports/)
  await page.getByText('Export of Acme: done').waitFor()
  const network = new RecordPage(page, 'network', 'Network')
  await network.open()
  await exports.export('JSON lines')

  await exports.open()
  await expect(exports.entries).toHaveCount(2)
  await pbx.close()
  await exports.read('Transports')
  await expect(exports.rows).toHaveCount(2)
  await exports.rows.filter({ hasText: 'UDP' }).dblclick()
  const panel = page.getByRole('dialog')
  await expect(panel.locator('[data-field=port] input')).toHaveValue('5060')
  await expect(panel.locator('[data-field=port] input')).toBeDisabled()
  await page.keyboard.press('Escape')

  await exports.open()
  await exports.read('Network')
  const form = exports.view.locator('[data-view=exported-form]')
  await expect(form.locator('[data-field=public_ipv6] input')).toHaveValue('2001:db8:20::10')
  await expect(form.locator('[data-field=enable_ipv6] input')).toBeChecked()
  await expect(form.locator('[data-field=web_domain] input')).toBeDisabled()
})
