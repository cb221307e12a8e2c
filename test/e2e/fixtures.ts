import type { TestInfo } from 'playwright/test'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'
import { keepPerformed } from '../coverage/performed'
import { test as base } from './desktop'
import { FleetApp, type LaunchOptions } from './fleet-app'
import { KeptApp, type BeforePage, type NewServer } from './kept-app'
import { startOutside, type Outside } from './outside'
import { plantedPassword } from './secrets'
import { trafficProblems } from './traffic'
import { profileWith, serverRecord } from './workspaces'

interface Wanted extends LaunchOptions {
  /** The servers in the workspace. Without other options, the app may be one that an earlier test started. */
  readonly servers?: readonly NewServer[]
  /** The test does to the app what cannot be undone. */
  readonly alone?: true
  readonly before?: BeforePage
}
export type Launch = (options?: Wanted) => Promise<FleetApp>

/** For a test that sets the page's clock, which stays set over a reload, or expects an empty journal. */
export const alone =
  (launch: Launch): Launch =>
  (options) =>
    launch({ ...options, alone: true })

interface Fixtures {
  /** The app with an empty workspace. */
  readonly fleet: FleetApp
  /** Hands out apps, which are gone or emptied after the test. */
  readonly launch: Launch
  /** Starts practice servers that end with the test; their password is a planted secret. The requests to them are checked against the API's reference. */
  readonly startPbx: (options?: PracticeOptions) => Promise<PracticePbx>
  /** A web server that must not be reached; the test fails when it was. */
  readonly outside: Outside
}

interface SharedFixtures {
  /** One app for all tests that leave it as it was. */
  readonly sharedFleet: FleetApp
  readonly keptApp: KeptApp
}

/** Records for the coverage which operations a passed test performed; fails if the traffic differs from the API's reference. */
export async function finishTraffic(
  { titlePath, status, expectedStatus }: TestInfo,
  servers: readonly PracticePbx[],
): Promise<void> {
  const performed = servers.flatMap(({ requests }) => requests)
  if (status === expectedStatus) await keepPerformed(titlePath.join(' › '), performed)
  const problems = servers.flatMap(trafficProblems)
  if (problems.length > 0) throw new Error(`The traffic is not as the reference says:\n${problems.join('\n')}`)
}

/** Without them, a failed test states only that its page is gone. */
async function crashReports(apps: readonly FleetApp[]): Promise<string[]> {
  const reports = await Promise.all(apps.map((fleet) => fleet.crashReport()))
  return reports.filter((report) => report !== undefined)
}

export const test = base.extend<Fixtures, SharedFixtures>({
  sharedFleet: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const fleet = await FleetApp.launch({ attacked: true })
      await use(fleet)
      await fleet.dispose()
    },
    { scope: 'worker' },
  ],
  keptApp: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const kept = new KeptApp()
      await use(kept)
      await kept.end()
    },
    { scope: 'worker' },
  ],
  fleet: async ({ launch }, use) => use(await launch({ servers: [] })),
  launch: async ({ keptApp }, use, testInfo) => {
    const launched: FleetApp[] = []
    const used: FleetApp[] = []
    await use(async ({ servers, alone: own, before, ...special } = {}) => {
      const shared = servers && !own && Object.keys(special).length === 0
      const kept = shared ? await keptApp.lend(servers, before) : undefined
      if (kept) {
        used.push(kept)
        return kept
      }
      const profile = servers && { profile: await profileWith(servers.map(serverRecord)) }
      const fleet = await FleetApp.launch({ ...profile, ...special })
      launched.push(fleet)
      used.push(fleet)
      if (before !== undefined) await before(fleet).then(() => fleet.reload())
      return fleet
    })
    const crashes = testInfo.status === testInfo.expectedStatus ? [] : await crashReports(used)
    for (const fleet of launched.reverse()) await fleet.dispose()
    await keptApp.takeBack()
    if (crashes.length > 0) throw new Error(crashes.join('\n'))
  },
  // eslint-disable-next-line no-empty-pattern
  startPbx: async ({}, use, testInfo) => {
    const started: PracticePbx[] = []
    await use(async (options) => {
      const pbx = await startPracticePbx({ password: plantedPassword, ...options })
      started.push(pbx)
      return pbx
    })
    await Promise.all(started.map((pbx) => pbx.close()))
    await finishTraffic(testInfo, started)
  },
  // eslint-disable-next-line no-empty-pattern
  outside: async ({}, use) => {
    const outside = await startOutside()
    await use(outside)
    await outside.close()
    if (outside.hits.length > 0) throw new Error(`The app went outside: ${outside.hits.join(', ')}`)
  },
})

export { expect } from 'playwright/test'
