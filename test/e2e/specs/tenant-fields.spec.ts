import type { FieldSpec } from '@shared/resources/field'
import { toApi, valueAt, type ApiRecord } from '@shared/resources/nested'
import { tenant } from '@shared/resources/tenant'
import type { PracticePbx } from '@demo/practice-pbx'
import { call, signIn } from '@test/unit/demo/client'
import { expect, test } from '../fixtures'
import { RecordPage } from '../pages/records'
import { setField } from '../pages/tenant-controls'
import { changeOf } from '../pages/tenant-values'
import { launchSignedIn } from '../servers'

const tenantsOf = async (pbx: PracticePbx): Promise<readonly ApiRecord[]> => {
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, 'GET /tenants', { token })).json<{ items: { id: string }[] }>()
  return Promise.all(items.map(async ({ id }) => (await call(pbx, `GET /tenants/${id}`, { token })).json<ApiRecord>()))
}

const editable = tenant.fields.filter(
  ({ kind, readOnly, createOnly }) => readOnly !== true && createOnly !== true && kind !== 'id',
)
const sections = new Set(editable.map(({ group }) => group))
/** What decides whether others are of use comes first. */
const inOrder = editable.toSorted((a, b) => Number(a.onlyWith !== undefined) - Number(b.onlyWith !== undefined))

test('every field of a tenant is changed in its section, saved and read back, after the form led to what was missing', async ({
  launch,
  startPbx,
}) => {
  test.slow()
  const pbx = await startPbx({ tenants: 3 })
  const [before = {}] = await tenantsOf(pbx)
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const tenants = new RecordPage(page, 'tenants', 'Tenants')
  await tenants.open()
  await tenants.row('tenant1.example').dblclick()
  await expect(tenants.input('name')).toBeDisabled()
  const navigation = tenants.panel.getByRole('navigation', { name: 'Groups of fields' })
  await expect(navigation.getByRole('button')).toHaveCount(sections.size)

  const deciding = inOrder.filter(({ key }) => editable.some((field) => field.onlyWith?.key === key))
  for (const field of deciding) await setField(page, tenants, field, changeOf(field, before).typed)
  const ofUse = inOrder.filter(({ key }) => !/^(cdr_event\.token|extension_event\.(username|password))$/.test(key))
  for (const field of ofUse.filter(({ required }) => required === true))
    if (field.kind === 'text') await setField(page, tenants, field, '')
  await tenants.review()
  // The first of them comes into view, and the sections say where the others are.
  await expect(tenants.input('domain')).toBeFocused()
  await expect(navigation.getByRole('button', { name: /General \d to correct/ })).toBeVisible()
  for (const field of ofUse) await setField(page, tenants, field, changeOf(field, before).typed)
  await tenants.review()
  await expect(tenants.panel).toContainText('lose their registration')
  await tenants.save()
  await expect(tenants.panel).toContainText('Saved and verified on')
  await tenants.closePanel()

  // The other way of authentication, for the fields that go with it.
  await tenants.row('new.example.com').dblclick()
  const swapped: readonly (readonly [string, string, unknown])[] = [
    ['cdr_event.auth', 'Bearer', 'BEARER'],
    ['cdr_event.token', 'token-for-cdr', 'token-for-cdr'],
    ['extension_event.auth', 'Basic', 'BASIC'],
    ['extension_event.username', 'listener', 'listener'],
    ['extension_event.password', 'listener77', 'listener77'],
  ]
  const fieldOf = (key: string) => editable.find((field) => field.key === key) as FieldSpec
  for (const [key, typed] of swapped) await setField(page, tenants, fieldOf(key), typed)
  await tenants.review()
  await tenants.save()
  await tenants.closePanel()

  const [after = {}] = await tenantsOf(pbx)
  const expected = Object.fromEntries(
    ofUse.flatMap((field) => {
      const { sent } = changeOf(field, before)
      return sent === undefined ? [] : [[field.key, sent] as const]
    }),
  )
  const last = Object.fromEntries(swapped.map(([key, , sent]) => [key, sent]))
  expect(after).toMatchObject(toApi({ ...expected, ...last }))
  expect(valueAt(after, 'office_hours.sunday')).toEqual({ enabled: true, ranges: [{ from: '10:00', to: '13:00' }] })
  expect(after['name']).toBe(before['name'])
  expect(await page.content()).not.toContain('collectorpass7')
})
