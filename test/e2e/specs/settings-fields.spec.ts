import type { PracticePbx } from '@demo/practice-pbx'
import type { FieldSpec } from '@shared/resources/field'
import { notification } from '@shared/resources/notification'
import { systemSettings } from '@shared/resources/system-settings'
import type { SingleResource } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import { expect, test } from '../fixtures'
import { controlValue, setControl } from '../pages/field-controls'
import { otherValue } from '../pages/field-samples'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

const isSecret = ({ kind, secret }: FieldSpec): boolean => kind === 'secret' || secret === true

/** What was sent last to change this resource. */
const lastSent = (pbx: PracticePbx, { path }: SingleResource): unknown =>
  pbx.requests.findLast((request) => request.method === 'POST' && request.path === path)?.body

/** Saves what stands in the form, against its guards where there are some, and comes back to the form. */
async function save(record: RecordPage): Promise<void> {
  await record.review()
  await record.override()
  await record.save()
  await expect(record.panel).toContainText('Saved and verified on')
  await record.closePanel()
  await expect(record.root.getByText(/fields? changed/)).toHaveCount(0)
}

const always = ({ fields }: SingleResource): readonly FieldSpec[] => fields.filter(({ required }) => required === true)

/** Changes these fields, saves them together and finds them in what was sent and in the form. Their limits have component tests (field-limits). */
async function changeAll(record: RecordPage, pbx: PracticePbx, resource: SingleResource, fields: readonly FieldSpec[]) {
  const held = new Map<string, unknown>()
  for (const field of always(resource)) held.set(field.key, await controlValue(record.field(field.key), field))
  const sent = new Map<string, unknown>(held)
  for (const field of fields) {
    const box = record.field(field.key)
    const value = otherValue(field, await controlValue(box, field))
    await setControl(box, field, value)
    await expect(record.problem(field.key), field.key).toHaveCount(0)
    sent.set(field.key, value)
  }
  await save(record)
  expect(lastSent(pbx, resource)).toEqual(Object.fromEntries(sent))
  for (const field of fields) {
    const shown = await controlValue(record.field(field.key), field)
    expect(shown, field.key).toEqual(isSecret(field) ? null : sent.get(field.key))
  }
}

const pages = [
  [systemSettings, 'Settings'],
  [notification, 'Notifications'],
] as const

const cameWith226 = ({ fields }: SingleResource): readonly FieldSpec[] =>
  fields.filter((field) => !isVersionIn('22.2', field) && isVersionIn('22.6', field))

for (const [resource, tab] of pages)
  test(`${resource.label}: every field is changed, saved and read back`, async ({ launch, startPbx }) => {
    const pbx = await startPbx()
    const fleet = await launchSignedIn(launch, pbx)
    const record = new RecordPage(fleet.page, resource.id, tab)
    await record.open()
    const fields = resource.fields.filter((field) => isVersionIn('22.2', field))
    for (const { key } of cameWith226(resource)) await expect(record.field(key)).toHaveCount(0)
    // A field that others hang on is switched off only after those were changed.
    const holding = new Map(
      fields.flatMap(({ onlyWith }) => (onlyWith === undefined ? [] : [[onlyWith.key, onlyWith.is]])),
    )
    const last: FieldSpec[] = []
    for (const field of fields) {
      const needs = holding.get(field.key)
      const now = needs === undefined ? undefined : await controlValue(record.field(field.key), field)
      if (needs?.includes(now as string | boolean)) last.push(field)
    }
    const before = fields.filter((field) => !last.includes(field)).toSorted((a) => (holding.has(a.key) ? -1 : 1))
    await changeAll(record, pbx, resource, before)
    expect(last).not.toEqual([])
    await changeAll(record, pbx, resource, last)

    const secrets = before.filter(isSecret).map((field) => String(otherValue(field, null)))
    expect(secrets).toHaveLength(1)
    const kept = await fleet.page.evaluate(() => JSON.stringify({ ...localStorage, html: document.body.innerHTML }))
    for (const secret of secrets) expect(kept).not.toContain(JSON.stringify(secret).slice(1, 60))
  })

test('what 22.6 brought is changed on a server of 22.6', async ({ launch, startPbx }) => {
  const pbx = await startPbx({ version: '22.6' })
  const fleet = await launchSignedIn(launch, pbx)
  for (const [resource, tab] of pages) {
    const record = new RecordPage(fleet.page, resource.id, tab)
    await record.open()
    const fields = cameWith226(resource)
    expect(fields).not.toEqual([])
    await changeAll(record, pbx, resource, fields)
  }
})
