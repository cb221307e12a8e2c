import { readdir } from 'node:fs/promises'
import { ensureBuilt } from './build.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { runMain } from './lib/main.mjs'
import { inRoot } from './lib/paths.mjs'
import { runProgram } from './lib/run-program.mjs'
import { setUp } from './setup.mjs'

const folder = inRoot('test', 'bench')

const isStoring = process.argv.includes('--store')

/** The benchmarks whose name contains one of the arguments, or all. */
async function selectedFiles() {
  const words = process.argv.slice(2).filter((word) => word !== '--store')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.bench.ts')).sort()
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)))
}

/**
 * Each file prints its figures as lines of JSON; the files run one after another so that they do not affect each other.
 * Fails if a ratio is worse than the one in test/bench/ratios.json; `--store` stores the new ones there.
 */
await runMain(async () => {
  const electron = await setUp()
  await ensureBuilt()
  return withDesktop({ electron, keyring: true }, async (env) => {
    const benchEnv = {
      ...env,
      TSX_TSCONFIG_PATH: inRoot('tsconfig.node.json'),
      ...(isStoring && { PBX_FLEET_BENCH_STORE: '1' }),
    }
    let worst = 0
    for (const file of await selectedFiles()) {
      const args = ['--expose-gc', '--import', 'tsx', inRoot('test', 'bench', file)]
      worst = Math.max(worst, await runProgram(process.execPath, args, { env: benchEnv }))
    }
    return worst
  })
})
