import { ensureBuilt } from './build.mjs'
import { withDesktop } from './lib/desktop.mjs'
import { runMain } from './lib/main.mjs'
import { stages } from './lib/stages.mjs'
import { setUp } from './setup.mjs'

/** @param {readonly string[]} args */
function chosenStages(args) {
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',')
  const unknown = only?.filter((name) => !stages.some((stage) => stage.name === name)) ?? []
  if (unknown.length > 0) throw new Error(`--only knows ${stages.map(({ name }) => name).join(', ')}; not ${unknown}`)
  return only ? stages.filter(({ name }) => only.includes(name)) : stages
}

/** The independent ones together, then each by itself. @param {readonly import('./lib/stages.mjs').Stage[]} chosen */
const inSteps = (chosen) => [
  chosen.filter(({ independent }) => independent),
  ...chosen.filter(({ independent }) => !independent).map((stage) => [stage]),
]

/** @param {import('./lib/stages.mjs').Stage} stage @param {NodeJS.ProcessEnv} env */
async function runStage({ title, run }, env) {
  console.log(`\n── ${title}`)
  const started = performance.now()
  const tally = await run(env).catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: 1, skipped: 0 }
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const skipped = tally.skipped ? `, ${tally.skipped} skipped` : ''
  console.log(
    `${tally.failed === 0 ? '✓' : '✗'} ${title}: ${tally.passed} passed, ${tally.failed} failed${skipped}, ${seconds} s`,
  )
  return tally
}

/** Every stage runs, whatever became of the ones before. @returns {Promise<{ passed: number, failed: number }>} */
async function runAll() {
  const chosen = chosenStages(process.argv.slice(2))
  const electron = await setUp()
  if (chosen.some(({ name }) => name === 'e2e') && !chosen.some(({ name }) => name === 'build')) await ensureBuilt()
  const total = { passed: 0, failed: 0 }
  await withDesktop({ electron, keyring: true }, async (env) => {
    for (const atOnce of inSteps(chosen)) {
      for (const { passed, failed } of await Promise.all(atOnce.map((stage) => runStage(stage, env)))) {
        total.passed += passed
        total.failed += failed
      }
    }
  })
  return total
}

await runMain(async () => {
  const { passed, failed } = await runAll().catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: 1 }
  })
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed > 0 || passed === 0 ? 1 : 0
})
