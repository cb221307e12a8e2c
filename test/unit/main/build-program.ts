import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../../..')

/** Builds a program of ours for plain Node, to be started in a process or a thread of its own. */
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
