import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { shownTexts } from './build/lib/shown-texts.ts'

const repeatable = ['test/property-settings.ts']
const components = 'test/unit/renderer/components/**/*.test.ts'

export default defineConfig({
  plugins: [vue(), shownTexts()],
  resolve: {
    alias: {
      '@shared': resolve('src/shared'),
      '@main': resolve('src/main'),
      '@demo': resolve('src/demo'),
      '@test': resolve('test'),
      '@': resolve('src/renderer/src'),
    },
  },
  test: {
    // The default leaves one core to others.
    maxWorkers: '100%',
    // Each worker loads a module once for all its files: no test leaves anything in one.
    isolate: false,
    // A slow machine is no failure: only a test that hangs waits this long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000, interval: 5 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{unit,contract,security}/**/*.test.ts'],
          exclude: [components],
          setupFiles: repeatable,
        },
      },
      {
        extends: true,
        test: { name: 'fuzz', environment: 'node', include: ['test/fuzz/**/*.test.ts'], setupFiles: repeatable },
      },
      // Only these have a document, which costs each worker a second.
      {
        extends: true,
        test: {
          name: 'components',
          environment: 'happy-dom',
          include: [components],
          setupFiles: ['test/unit/renderer/components/settle-imports.ts'],
        },
      },
    ],
  },
})
