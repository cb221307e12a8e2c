import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@shared': resolve('src/shared'), '@': resolve('src/renderer/src') } },
  test: {
    environment: 'node',
    include: ['test/{unit,contract,security}/**/*.test.ts'],
    // By itself it leaves one core to others.
    maxWorkers: '100%',
    // Each worker loads a module once for all its files: no test leaves anything in one.
    isolate: false,
    testTimeout: 30_000,
  },
})
