import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { ExportsPage } from '../pages/exports'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'
import { libraryOf } from '../workspaces'

test('a list and a form are exported, and opened as a table and a form after the server is gone', async ({
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
  await exports.export('CSV', /Selected transports/)
  await page.getByText('Export of Acme finished').waitFor()
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

test('the assignments of all trunks are exported in each format, and read with the server gone', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ tenants: 12 })
  const { access_token: token } = await signIn(pbx)
  const list = async <T>(path: string) => (await call(pbx, `GET ${path}`, { token })).json<{ items: T[] }>().items
  const tenants = await list<{ id: string; name: string; domain: string }>('/tenants')
  const trunks = await list<{ id: string; name: string }>('/providers')
  const expected = await Promise.all(
    trunks.map(async ({ id, name }) => {
      const assignees = await list<{ tenant_id: string; did_numbers: string; concurrency: number }>(
        `/providers/${id}/assignees`,
      )
      return assignees.map(({ tenant_id, did_numbers, concurrency }) => {
        const tenant = tenants.find((each) => each.id === tenant_id)
        return {
          id: `${id}/${tenant_id}`,
          trunk_name: name,
          trunk_id: id,
          tenant_name: tenant?.name,
          tenant_domain: tenant?.domain,
          tenant_id,
          did_numbers,
          concurrency,
        }
      })
    }),
  ).then((all) => all.flat())
  expect(new Set(expected.map(({ trunk_id }) => trunk_id)).size).toBeGreaterThan(3)

  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const exports = new ExportsPage(page)
  await new RecordPage(page, 'trunk-assignments', 'Trunk assignments').open()
  const library = libraryOf(fleet.profile)
  for (const [format, ending] of [
    ['JSON lines', '.jsonl'],
    ['CSV', '.csv'],
    ['Excel workbook (XLSX)', '.xlsx'],
  ] as const) {
    await exports.export(format)
    await expect
      .poll(() => readdir(library))
      .toContainEqual(expect.stringMatching(new RegExp(`${ending}\\.manifest\\.json$`)))
  }
  const file = (await readdir(library)).find((name) => name.endsWith('.jsonl')) ?? ''
  expect(file).toContain('trunk-assignments')
  const lines = (await readFile(join(library, file), 'utf8')).trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(expected)

  await pbx.close()
  await exports.open()
  await expect(exports.entries).toHaveCount(3)
  for (const format of ['CSV', 'XLSX', 'JSON lines']) {
    await exports.entries.filter({ hasText: 'Trunk assignments' }).filter({ hasText: format }).dblclick()
    await exports.view.waitFor()
    await expect(exports.view.getByTestId('count')).toHaveText(`${expected.length} rows`)
    // The table has a blank after each separator, the file has the value of the API.
    const row = exports.rows.filter({ hasText: expected[0]?.did_numbers.replaceAll(';', '; ') ?? 'none' })
    await expect(row).toContainText(expected[0]?.tenant_domain ?? 'none')
    await expect(row).toContainText('Nordkabel SIP Berlin')
    await row.dblclick()
    const panel = page.getByRole('dialog')
    await expect(panel.locator('[data-field=concurrency] input')).toHaveValue(String(expected[0]?.concurrency))
    await expect(panel.locator('[data-field=concurrency] input')).toBeDisabled()
    await page.keyboard.press('Escape')
    await exports.open()
  }
})
