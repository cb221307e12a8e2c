import { defineConfig } from 'playwright/test'

/** Writes the pictures that the README shows; a tool, not a test. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: ['screenshots.spec.ts', 'fleet-screenshots.spec.ts', 'task-screenshots.spec.ts'],
  tsconfig: 'tsconfig.node.json',
  outputDir: 'test-results/screenshots',
  reporter: 'list',
  workers: 1,
  expect: { timeout: 30_000 },
  timeout: 300_000,
})
