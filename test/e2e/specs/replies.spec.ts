import type { Page } from 'playwright'
import { expect, test } from '../fixtures'
import type { FleetApp } from '../fleet-app'
import { SessionPage } from '../pages/session'
import { Shell } from '../pages/shell'
import { plantedPassword } from '../secrets'
import { launchSignedIn } from '../servers'
import { everyNth, isWhole, seedsOf } from '../shares'

/** Each page of a server: its route, its title, and the form, table or cards that it has. */
const pages = [
  ['overview', 'Overview', '.grid .card'],
  ['tenants', 'Tenants', '[role=grid]'],
  ['dealers', 'Dealers', '[role=grid]'],
  ['ip-rules', 'IP rules', '[role=grid]'],
  ['transports', 'Transports', '[role=grid]'],
  ['trunk-assignments', 'Trunk assignments', '[role=grid]'],
  ['system-settings', 'Settings', 'form'],
  ['notification', 'Notifications', 'form'],
  ['network', 'Network', 'form'],
  ['sbc-im', 'SBC & IM', 'form'],
  ['certificate', 'Certificate', '.pair'],
  ['license', 'License', '.cards .card'],
  ['brand', 'Rebranding', 'form'],
  ['account', 'Account', 'form'],
] as const

/** The pages that are opened with combination `at`. */
const pagesWith = (at: number): readonly (typeof pages)[number][] => everyNth(pages, 4, at)

/** Signs in with the calls that the window makes for a person. */
async function signInAgain(fleet: FleetApp, serverId: string): Promise<void> {
  await fleet.call('session:signOut', { serverId })
  const state = await fleet.call('session:signIn', {
    serverId,
    username: 'admin',
    domain: '',
    remember: false,
    password: plantedPassword,
    confirmRisk: false,
  })
  expect(state).toMatchObject({ phase: 'signed-in', passwordForceReset: false })
}

/** Opens a page as a link does, and waits for its form or table. */
async function openPage(page: Page, serverId: string, [name, title, content]: (typeof pages)[number]): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/servers/${serverId}/${name}`)
  const tab = `.tabs a.router-link-active:text-is("${title}")`
  const root = `[data-page="${name}"]:is([data-state=ready], [data-state=empty])`
  await expect(page.locator(`.server-page:has(${tab}) ${root} ${content}`).first()).toBeVisible()
}

test('with 50 combinations of missing and unexpected fields, every sign-in succeeds, and every page opens with several of them', async ({
  launch,
  startPbx,
}) => {
  if (isWhole) test.slow()
  // What is mutated on purpose is not held to the reference.
  const pbx = await startPbx({ rules: 20, tenants: 5, dealers: 3, recordLimit: 0 })
  const fleet = await launchSignedIn(launch, pbx)
  const { page } = fleet
  const { dialog } = new Shell(fleet)
  const session = new SessionPage(page)
  const serverId = (await fleet.call('workspace:get', {})).servers[0]?.id ?? ''
  for (const [at, mutateSeed] of seedsOf(50).entries())
    await test.step(`seed ${mutateSeed}`, async () => {
      await pbx.setFaults({ mutateSeed })
      await signInAgain(fleet, serverId)
      await expect(session.header).toContainText('Acme')
      for (const each of pagesWith(at)) await openPage(page, serverId, each)
      await expect(dialog).toHaveCount(0)
    })
})
