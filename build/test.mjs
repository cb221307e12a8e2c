import { ensureBuilt } from './build.mjs'
import { electronEnv } from './lib/electron.mjs'
import { runMain } from './lib/main.mjs'
import { stages } from './lib/stages.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('./lib/stages.mjs').Stage} Stage */

/** The stages that must run before a stage, so that it does not pass on an old build. */
const needs = { smoke: ['package', 'package-smoke'] }

/** @param {readonly string[]} args */
function selectedStages(args) {
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',')
  const unknown = only?.filter((name) => !stages.some((stage) => stage.name === name)) ?? []
  if (unknown.length > 0) throw new Error(`--only accepts ${stages.map(({ name }) => name).join(', ')}; not ${unknown}`)
  const names = only?.flatMap((name) => [...(needs[name] ?? []), name])
  return names ? stages.filter(({ name }) => names.includes(name)) : stages
}

/** @param {Stage} stage */
const stepOf = ({ step, name }) => step ?? name

/** The stages of one step after those of another. @param {readonly Stage[]} selected */
function inSteps(selected) {
  const steps = new Set(selected.map(stepOf))
  return [...steps].map((step) => selected.filter((stage) => stepOf(stage) === step))
}

/** @param {Stage} stage @param {NodeJS.ProcessEnv} env */
async function runStage(stage, env) {
  const { title, run } = stage
  console.log(`\n── ${title}`)
  const started = performance.now()
  /** @type {import('./lib/report.mjs').Tally} */
  const tally = await run(env).catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: 1, skipped: 0 }
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const skipped = tally.skipped ? `, ${tally.skipped} skipped` : ''
  console.log(
    `${tally.failed === 0 ? '✓' : '✗'} ${title}: ${tally.passed} passed, ${tally.failed} failed${skipped}, ${seconds} s`,
  )
  for (const skip of tally.skips ?? []) console.log(`  skipped: ${skip}`)
  return { stage, ...tally }
}

/** @param {readonly (import('./lib/report.mjs').Tally & { stage: Stage })[]} failed */
function printFailures(failed) {
  if (failed.length === 0) return
  console.log('\nFailed, with the command that repeats it:')
  for (const { stage, failures = [] } of failed) {
    console.log(`  ${stage.title}: ${stage.repeat}`)
    for (const failure of failures) console.log(`    ${failure}`)
  }
}

/** Runs every selected stage, also after a failure. @returns {Promise<{ passed: number, failed: number }>} */
async function runAll() {
  const selected = selectedStages(process.argv.slice(2))
  const electron = await setUp()
  if (selected.some(({ name }) => name === 'e2e') && !selected.some(({ name }) => name === 'build')) await ensureBuilt()
  const env = { ...process.env, ...electronEnv(electron) }
  const tallies = []
  for (const step of inSteps(selected)) tallies.push(...(await Promise.all(step.map((stage) => runStage(stage, env)))))
  printFailures(tallies.filter(({ failed }) => failed > 0))
  const sum = (count) => tallies.reduce((total, tally) => total + count(tally), 0)
  return { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed) }
}

await runMain(async () => {
  const { passed, failed } = await runAll().catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: 1 }
  })
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed > 0 || passed === 0 ? 1 : 0
})
