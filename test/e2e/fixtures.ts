import { test as base } from 'playwright/test'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '../../src/demo/practice-pbx'
import { keepPerformed } from '../coverage/performed'
import { FleetApp, type LaunchOptions } from './fleet-app'
import { startOutside, type Outside } from './outside'
import { plantedPassword } from './secrets'
import { trafficProblems } from './traffic'

interface Fixtures {
  /** The app on a fresh profile. */
  readonly fleet: FleetApp
  /** Launches further apps that end with the test. */
  readonly launch: (options?: LaunchOptions) => Promise<FleetApp>
  /** Starts practice servers that end with the test; their password is a planted secret. What was said to them is held to the API's reference. */
  readonly startPbx: (options?: PracticeOptions) => Promise<PracticePbx>
  /** A web server that must not be reached; the test fails when it was. */
  readonly outside: Outside
}

interface SharedFixtures {
  /** One app for all tests that leave it as it was. */
  readonly sharedFleet: FleetApp
}

export const test = base.extend<Fixtures, SharedFixtures>({
  sharedFleet: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const fleet = await FleetApp.launch()
      await use(fleet)
      await fleet.dispose()
    },
    { scope: 'worker' },
  ],
  fleet: async ({ launch }, use) => use(await launch()),
  // eslint-disable-next-line no-empty-pattern
  launch: async ({}, use) => {
    const launched: FleetApp[] = []
    await use(async (options) => {
      const fleet = await FleetApp.launch(options)
      launched.push(fleet)
      return fleet
    })
    for (const fleet of launched.reverse()) await fleet.dispose()
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
    const { titlePath, status, expectedStatus } = testInfo
    const performed = started.flatMap(({ requests }) => requests)
    if (status === expectedStatus) await keepPerformed(titlePath.join(' › '), performed)
    const problems = started.flatMap(trafficProblems)
    if (problems.length > 0) throw new Error(`The traffic is not as the reference says:\n${problems.join('\n')}`)
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
