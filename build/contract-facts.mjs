import { runScript } from './lib/run-script.mjs'

/** Derives the facts for the contract tests from the vendor's OpenAPI file, if it is next to the project. */
await runScript('test/contract/facts/write.ts')
