import { defineConfig } from 'playwright/test'

/** The real app against practice servers. `npm run test:e2e` chooses Electron and builds first; each worker brings its own display and keyring. */
export default defineConfig({
  globalSetup: ['./test/e2e/current-build.ts', './test/coverage/run-begins.ts'],
  testDir: 'test/e2e/specs',
  tsconfig: 'tsconfig.node.json',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }], ['./test/coverage/run-reporter.ts']],
  // Elsewhere than on Linux all workers would share one clipboard and one keychain. Each waits for frames now and then: a third uses what two cores have
  // left.
  workers: process.platform === 'linux' ? 3 : 1,
  fullyParallel: true,
  retries: 0,
  // Limits for a machine that is busy with other work: nothing is timed by them.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
})
