import { runScript } from './lib/run-script.mjs'

/** Writes docs/roles.md from the rules in src/shared/access. */
await runScript('test/roles/write.ts')
