import { copyComponentScripts } from './lib/component-scripts.mjs'
import { inRoot } from './lib/paths.mjs'
import { runMain } from './lib/main.mjs'
import { runProgram } from './lib/run-program.mjs'

const oxlint = inRoot('node_modules', 'oxlint', 'bin', 'oxlint')
const eslint = inRoot('node_modules', 'eslint', 'bin', 'eslint.js')

/** Runs all linters, even if the first one reports errors (docs/adr/0015). */
await runMain(async () => {
  const scripts = await copyComponentScripts()
  const codes = [
    await runProgram(process.execPath, [oxlint]),
    await runProgram(process.execPath, [oxlint, '-c', inRoot('.oxlintrc.components.json'), ...scripts]),
    await runProgram(process.execPath, [eslint, 'src', '--max-warnings', '0']),
  ]
  return Math.max(...codes)
})
