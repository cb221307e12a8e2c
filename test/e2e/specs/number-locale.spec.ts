import { writeFile } from 'node:fs/promises'
import type { PracticePbx } from '@demo/practice-pbx'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { RecordPage } from '../pages/records'
import { launchSignedIn } from '../servers'

const field = 'dead_session_timeout'

/** Types into a number field of the system settings. */
async function settingsOf(fleet: FleetApp): Promise<RecordPage> {
  const settings = new RecordPage(fleet.page, 'system-settings', 'Settings')
  await settings.open()
  return settings
}

async function saved(settings: RecordPage, pbx: PracticePbx): Promise<unknown> {
  await settings.review()
  await settings.save()
  const sent = pbx.requests.findLast(({ method, path }) => method === 'POST' && path.startsWith('/admin/settings'))
  return (sent?.body as Record<string, unknown> | undefined)?.[field]
}

test('with the system in US English, 1,000 typed is 1000 at the PBX, and 1.000 is an error that keeps it', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx()
  const env = { LC_ALL: 'en_US.UTF-8' }
  const fleet = await launchSignedIn((options) => launch({ ...options, args: ['--lang=en-US'], env }), pbx)
  const settings = await settingsOf(fleet)
  const input = settings.field(field).getByRole('spinbutton')
  await input.fill('1.000')
  await input.blur()
  await expect(settings.problem(field)).toContainText('1,000')
  await expect(input).toHaveValue('1.000')
  await input.fill('1,000')
  await expect(settings.problem(field)).toHaveCount(0)
  await expect(input).toHaveAttribute('aria-valuenow', '1000')
  await input.blur()
  await expect(input).toHaveValue('1000')
  expect(await saved(settings, pbx)).toBe(1000)
})

test('with menus in English on a system in German, numbers and times are German in the window and in messages of main', async ({
  launch,
  startPbx,
}, info) => {
  const pbx = await startPbx()
  const env = { LANGUAGE: 'en', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }
  const fleet = await launchSignedIn((options) => launch({ ...options, env }), pbx)
  expect(await fleet.page.evaluate(() => [navigator.language, window.fleet.locale])).toEqual(['en-US', 'de-DE'])
  const settings = await settingsOf(fleet)
  const input = settings.field(field).getByRole('spinbutton')
  await input.fill('1.000')
  await expect(settings.problem(field)).toHaveCount(0)
  await expect(input).toHaveAttribute('aria-valuenow', '1000')
  await expect(settings.root.getByRole('status', { name: /^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/ })).toContainText('Updated')
  const file = info.outputPath('wide.csv')
  await writeFile(file, `${'a,'.repeat(1599)}a\n`)
  await fleet.answerDialogs([file])
  await expect(fleet.call('exports:openFile', { readingId: crypto.randomUUID() })).rejects.toThrow(/1\.600 columns/)
})

test('arrow keys step a number, the wheel leaves it alone', async ({ launch, startPbx }) => {
  const fleet = await launchSignedIn(launch, await startPbx())
  const settings = await settingsOf(fleet)
  const input = settings.field(field).getByRole('spinbutton')
  await input.fill('90')
  await input.press('ArrowUp')
  await expect(input).toHaveValue('91')
  await input.press('PageDown')
  await expect(input).toHaveValue('81')
  await input.hover()
  await fleet.page.mouse.wheel(0, -200)
  await fleet.page.mouse.wheel(0, 200)
  await expect(input).toHaveValue('81')
  await input.fill('1')
  await input.press('PageDown')
  await expect(input).toHaveValue('0')
})
