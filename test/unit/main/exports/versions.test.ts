import { expect, onTestFinished, test } from 'vitest'
import type { ExportResource } from '@shared/domain/export'
import type { PracticeOptions } from '@demo/practice-pbx'
import { temporaryFolder } from '../storage/temporary'
import { ExportsHarness } from './harness'

/** The columns of an export from a PBX of this generation, as they are in the file. */
async function columnsOf(version: NonNullable<PracticeOptions['version']>, resource: ExportResource) {
  const exports = await ExportsHarness.start(temporaryFolder(), { version })
  onTestFinished(() => exports.close())
  await exports.run('csv', undefined, undefined, resource)
  const [entry] = await exports.library.list()
  const opened = await exports.viewer.open(entry?.id ?? '')
  const keys = opened.columns.map(({ key }) => key)
  expect(entry?.manifest?.columns.map(({ key }) => key)).toEqual(keys)
  return keys
}

const came: readonly (readonly [ExportResource, string])[] = [
  ['network', 'sbc_domain'],
  ['notification', 'notify_service_status_changed'],
  ['notification', 'notify_trunk_status_changed'],
  ['system-settings', 'enable_two_factor_authentication'],
  ['system-settings', 'hide_pbx_private_ip'],
]

test.each(came)('an export of %s has a column %s from 22.6 on alone', async (resource, key) => {
  expect(await columnsOf('22.0', resource)).not.toContain(key)
  expect(await columnsOf('22.2', resource)).not.toContain(key)
  expect(await columnsOf('22.6', resource)).toContain(key)
})

test('what 22.6 renamed has a column before it alone', async () => {
  expect(await columnsOf('22.2', 'notification')).toContain('notify_service_disconnected')
  expect(await columnsOf('22.6', 'notification')).not.toContain('notify_service_disconnected')
})
