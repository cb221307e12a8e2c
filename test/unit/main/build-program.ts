import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../../..')

/** Builds one of our programs for plain Node, to run in its own process or thread. */
export async function buildProgram(entry: string): Promise<{ readonly program: string; readonly remove: () => void }> {
  const outDir = mkdtempSync(join(tmpdir(), 'fleet-program-'))
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: {
      alias: {
        '@shared': join(root, 'src/shared'),
        '@main': join(root, 'src/main'),
        '@demo': join(root, 'src/demo'),
        '@test': join(root, 'test'),
      },
    },
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  })
  const program = join(outDir, basename(entry).replace(/\.ts$/, '.mjs'))
  return { program, remove: () => rmSync(outDir, { recursive: true, force: true }) }
}
