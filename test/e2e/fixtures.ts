import { test as base } from 'playwright/test'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '../../src/demo/practice-pbx'
import { FleetApp } from './fleet-app'
import { plantedPassword } from './secrets'

interface Fixtures {
  readonly fleet: FleetApp
  /** Starts practice servers that end with the test; their password is a planted secret. */
  readonly startPbx: (options?: PracticeOptions) => Promise<PracticePbx>
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern
  fleet: async ({}, use) => {
    const fleet = await FleetApp.launch()
    await use(fleet)
    await fleet.dispose()
  },
  // eslint-disable-next-line no-empty-pattern
  startPbx: async ({}, use) => {
    const started: PracticePbx[] = []
    await use(async (options) => {
      const pbx = await startPracticePbx({ password: plantedPassword, ...options })
      started.push(pbx)
      return pbx
    })
    await Promise.all(started.map((pbx) => pbx.close()))
  },
})

export { expect } from 'playwright/test'
