import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import vue from '@vitejs/plugin-vue'
import { shownTexts } from './build/lib/shown-texts.ts'

/** electron-vite gives every chunk that calls `require` one of its own; beside the one that fflate makes, the file would not parse. */
const oneRequire = {
  name: 'one-require',
  transform: (code: string, id: string) =>
    /fflate[\\/]esm[\\/]index\.mjs$/.test(id)
      ? { code: code.replace("var require = createRequire('/');", ''), map: null }
      : undefined,
}

/** A release's files do not mention their maps, which stay beside it; development reads them (build/package.mjs, build/dev.mjs). */
const sourcemap = process.argv.includes('dev') || 'hidden'

const alias = { '@shared': resolve('src/shared') }

/**
 * Main and preload run on the oldest runtime that development uses (Electron 33: Node 20.18, Chromium 130), see
 * docs/adr/0001. The practice PBX is an entry of its own: the app starts it in a utility process, `npm run practice`
 * and `npm run demo` in plain Node.
 */
export default defineConfig({
  main: {
    plugins: [oneRequire],
    resolve: { alias },
    build: {
      target: 'node20.18',
      sourcemap,
      minify: true,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          practice: resolve('src/demo/utility-process.ts'),
          files: resolve('src/main/services/exports/files-program.ts'),
          rows: resolve('src/main/services/rows/rows-program.ts'),
          cli: resolve('src/demo/cli.ts'),
          'practice-pbx': resolve('src/demo/practice-pbx.ts'),
          'practice-fleet': resolve('src/demo/fleet.ts'),
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      target: 'node20.18',
      sourcemap,
      rollupOptions: { input: resolve('src/preload/index.ts'), output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    resolve: { alias: { ...alias, '@': resolve('src/renderer/src') } },
    build: {
      target: 'chrome130',
      sourcemap,
      minify: true,
      modulePreload: { polyfill: false },
      // Each file is a round trip through main. So the first paint needs two, the libraries beside the entry, and what several
      // pages share comes in one, which is loaded when the window is idle.
      rollupOptions: {
        input: resolve('src/renderer/index.html'),
        output: {
          codeSplitting: {
            groups: [
              { name: 'base', tags: ['$initial'], test: /node_modules\//, priority: 2 },
              { name: 'shell', tags: ['$initial'], priority: 1 },
              {
                name: 'common',
                test: /src\/shared\/|node_modules\/zod\/|src\/renderer\/src\/(components|composables|stores|ipc)\//,
                minShareCount: 2,
              },
            ],
          },
        },
      },
    },
    plugins: [vue(), shownTexts()],
  },
})
