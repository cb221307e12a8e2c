import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PracticePbx } from '@demo/practice-pbx'
import { canMount, smallDisk, type SmallDisk } from '../disks'
import { expect, test, type Launch } from '../fixtures'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { Shell } from '../pages/shell'
import { launchSignedIn, open } from '../servers'

test.skip(!canMount, 'This account may not mount a small disk; as root on Linux these tests run')

let disk: SmallDisk
test.beforeEach(() => {
  disk = smallDisk()
})
test.afterEach(() => disk.remove())

/** The app with its library on the small disk, at the rules of a server. */
async function atRules(launch: Launch, pbx: PracticePbx, library = disk.library) {
  const fleet = await launchSignedIn(launch, pbx)
  await fleet.answerDialogs([library])
  await fleet.call('library:choose', {})
  await new IpRulesPage(fleet.page).open()
  return { fleet, shell: new Shell(fleet), exports: new ExportsPage(fleet.page) }
}

/** Takes all the space there is. */
async function fill(): Promise<void> {
  await writeFile(join(disk.library, 'filler'), Buffer.alloc(2_000_000)).catch(() => undefined)
}

test('a full disk is reported with its folder and a remedy, leaves no partial file, and export works after space is freed', async ({
  launch,
  startPbx,
}) => {
  const { shell, exports } = await atRules(launch, await startPbx({ rules: 200 }))
  await fill()
  await exports.export('CSV')
  const notice = shell.notice('Export of Acme failed')
  await expect(notice).toContainText('The disk is full')
  await expect(notice).toContainText(disk.library)
  await expect(notice).toContainText('Free some space, then retry')
  expect(await readdir(disk.library)).toEqual(['filler'])
  await rm(join(disk.library, 'filler'))
  await exports.export('CSV')
  await expect(shell.notice('Export of Acme finished')).toBeVisible()
  expect((await readdir(disk.library)).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a read-only disk is reported with its folder and a remedy', async ({ launch, startPbx }) => {
  const { shell, exports } = await atRules(launch, await startPbx({ rules: 20 }))
  disk.remount('ro')
  await exports.export('JSON lines')
  const notice = shell.notice('Export of Acme failed')
  await expect(notice).toContainText('The disk is read-only')
  await expect(notice).toContainText(disk.library)
  await expect(notice).toContainText('choose another folder')
  expect(await readdir(disk.library)).toEqual([])
})

test('a missing network share is reported before and during an export, and no folder is created in its place', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3000 })
  const { fleet, shell, exports } = await atRules(launch, pbx)
  await pbx.setFaults({ latencyMs: 150, onlyPath: 'GET /ip_filters' })
  await exports.export('CSV')
  await expect.poll(() => readdir(disk.library)).toContainEqual(expect.stringMatching(/fleet-tmp$/))
  disk.unmount()
  const notice = shell.notice('Export of Acme failed')
  await expect(notice).toContainText(disk.library, { timeout: 20_000 })
  await expect(notice).toContainText('Connect the drive or share again or choose another folder')
  await pbx.clearFaults()

  await fleet.page.getByRole('button', { name: 'Export…' }).first().click()
  const problem = exports.exportDialog.getByRole('alert')
  await expect(problem).toContainText(disk.library)
  await expect(problem).toContainText('The folder no longer exists')
  await expect(problem.getByRole('button', { name: 'Choose folder…' })).toBeVisible()
  await expect(exports.exportDialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled()
  await exports.exportDialog.getByRole('button', { name: 'Cancel' }).click()
  await exports.open()
  await expect(fleet.page.getByTestId('library-problem')).toContainText(disk.library)
  expect(await readdir(join(disk.library, '..'))).toEqual([])
})

test('a removed drive that is the library is reported, and nothing is written to its mount point', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ rules: 3000 })
  const { fleet, shell, exports } = await atRules(launch, pbx, disk.root)
  await exports.export('CSV')
  await expect(shell.notice('Export of Acme finished')).toBeVisible()
  disk.unmount()
  await fleet.page.getByRole('button', { name: 'Export…' }).first().click()
  const problem = exports.exportDialog.getByRole('alert')
  await expect(problem).toContainText(disk.root)
  await expect(problem).toContainText('The drive or share is no longer connected')
  await expect(exports.exportDialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled()
  await exports.exportDialog.getByRole('button', { name: 'Cancel' }).click()
  await exports.open()
  await expect(fleet.page.getByTestId('library-problem')).toContainText(disk.root)
  expect(await readdir(disk.root)).toEqual([])

  disk.mount()
  await open(fleet)
  await new IpRulesPage(fleet.page).open()
  await pbx.setFaults({ latencyMs: 150, onlyPath: 'GET /ip_filters' })
  await exports.export('JSON lines')
  await expect.poll(() => readdir(disk.root)).toContainEqual(expect.stringMatching(/fleet-tmp$/))
  disk.unmount()
  const notice = shell.notice('Export of Acme failed')
  await expect(notice).toContainText(disk.root)
  await expect(notice).toContainText('Connect it again or choose another folder')
  expect(await readdir(disk.root)).toEqual([])
})
