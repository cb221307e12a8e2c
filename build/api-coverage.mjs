import { runScript } from './lib/run-script.mjs'

/** Reads what the end-to-end tests covered and writes docs/api-coverage.md; with --check it only compares. */
await runScript('test/coverage/api-coverage.ts', process.argv.slice(2))
