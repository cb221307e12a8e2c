import { defineConfig } from 'playwright/test'

/** Against the program that `npm run package` made. */
export default defineConfig({
  testDir: 'test/e2e/packaged',
  tsconfig: 'tsconfig.node.json',
  outputDir: 'test-results/packaged',
  reporter: [['list'], ['json', { outputFile: 'test-results/packaged.json' }]],
  // As in playwright.config.ts: each brings its own display and keyring.
  workers: process.platform === 'linux' ? 2 : 1,
  retries: 0,
  // Limits for a machine that is busy with other work: nothing is timed by them.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
})
