import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { emptyServerDraft } from '@shared/domain/server'
import type { PracticePbx } from '@demo/practice-pbx'
import { expect, test } from '../fixtures'
import { startListener } from '../listener'
import { netLogSwitches, outgoingEvents } from '../net-log'
import { SessionPage } from '../pages/session'
import { startOnPort } from '../port-app'
import { waysOut } from '../ways-out'

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-network-'))
  await work(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function addAndSignIn(page: Page, pbx: PracticePbx): Promise<void> {
  const draft = { ...emptyServerDraft, name: 'Acme', address: pbx.url, username: 'admin' }
  await page.evaluate((added) => window.fleet.call['workspace:add']({ draft: added }), draft)
  await page.getByRole('tree', { name: 'Servers' }).getByRole('treeitem').filter({ hasText: 'Acme' }).click()
  const session = new SessionPage(page)
  await session.trust()
  await session.signIn(undefined, { remember: false })
  await expect(session.overview).toBeVisible()
}

test('from its first start on, the whole program connects to the servers of its workspace and to nothing else', async ({
  startPbx,
}) => {
  const pbx = await startPbx()
  const proxy = await startListener()
  await withFolder(async (folder) => {
    const [netLog, sockets] = [join(folder, 'net-log.json'), join(folder, 'sockets')]
    process.env['PBX_FLEET_TEST_SOCKETS'] = sockets
    const app = await startOnPort(
      await mkdtemp(join(tmpdir(), 'fleet-profile-')),
      [],
      [
        ...netLogSwitches(netLog),
        `--proxy-server=http://127.0.0.1:${proxy.port}`,
        '--proxy-bypass-list=<-loopback>',
        '-r',
        join(import.meta.dirname, '..', 'record-sockets.cjs'),
      ],
    )
    const page = await app.attach()
    await addAndSignIn(page, pbx)
    const workspace = page.getByRole('navigation', { name: 'Workspace' })
    for (const name of ['Exports', 'Settings', 'Fleet'])
      await workspace.getByRole('link', { name, exact: true }).click()
    await app.stop()
    expect(await outgoingEvents(netLog)).toEqual([])
    expect(proxy.arrived).toEqual([])
    const opened = (await readFile(sockets, 'utf8')).trim().split('\n')
    expect([...new Set(opened)]).toEqual(['recording', new URL(pbx.url).host])
  })
  await proxy.close()
})

test('no script of the page sends anything out', async ({ launch }) => {
  const listener = await startListener()
  await withFolder(async (folder) => {
    const netLog = join(folder, 'net-log.json')
    const fleet = await launch({ args: netLogSwitches(netLog), attacked: true })
    const target = { host: '127.0.0.1', port: listener.port }
    const failures: string[] = []
    const note = (error: unknown): unknown => failures.push(String(error))
    for (const [title, attempt] of waysOut)
      await test.step(title, () => fleet.page.evaluate(attempt, target).catch(note))
    await fleet.stop()
    // An attempt that the page does not know would show nothing.
    expect(failures.filter((failure) => /is not defined|is not a function|is not a constructor/.test(failure))).toEqual(
      [],
    )
    expect(listener.arrived).toEqual([])
    expect(await outgoingEvents(netLog)).toEqual([])
  })
  await listener.close()
})

test('the page has no WebRTC', async ({ sharedFleet: { page } }) => {
  const names = await page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => /RTC/.test(name)))
  expect(names).toEqual([])
})
