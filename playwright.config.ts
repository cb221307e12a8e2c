import { defineConfig } from 'playwright/test'

/** The real app against practice servers; `node build/test.mjs --only=e2e` brings Electron, a display and a keyring. */
export default defineConfig({
  testDir: 'test/e2e/specs',
  tsconfig: 'tsconfig.node.json',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // Limits for a machine that is busy with other work: nothing is timed by them.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
})
