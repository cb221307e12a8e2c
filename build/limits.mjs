import { runScript } from './lib/run-script.mjs'

/** Writes docs/limits.md from the limits in src/shared/limits. */
await runScript('test/limits/write.ts')
