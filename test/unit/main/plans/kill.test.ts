import { readFileSync, truncateSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlanRow, PlanStep } from '@shared/domain/plan'
import { Random } from '@demo/random'
import { failureOf } from '../session/harness'
import { isSent, notSent, type Allowed } from './kill-outcomes'
import { begun, kinds, KillHarness, perKind, restarted, type Kill, type Kind } from './kill-harness'
import { planKillPoints, type PlanKillPoint } from './kill-points'
import type { PlanServices } from './services'

/**
 * The same for all three kinds, because the effect of each can be read. After the plan is resumed, every step is done.
 */
const table: Readonly<Record<PlanKillPoint, Allowed>> = {
  // The plan is stored completely or not at all.
  'while the plan is stored': notSent('waiting'),
  'before the intent': notSent('waiting'),
  'with half of the intent written': notSent('waiting'),
  // Data written by a killed process survive; only a power failure loses them.
  'after the intent, before its fsync': notSent('unknown'),
  'after the fsync, before sending': notSent('unknown'),
  'while waiting for the response': isSent('unknown'),
  'after the response': isSent('unknown'),
  'before the results': isSent('unknown'),
  // The plan may have the result before the journal does.
  'with half of the results written': isSent('unknown', 'done'),
  'after the fsync of some results': isSent('unknown', 'done'),
  'before the last state of the plan': isSent('done'),
}

const confirmation = { acknowledged: true, typedName: '', override: '' }

let on: KillHarness
beforeAll(async () => {
  on = await KillHarness.start()
})
afterAll(() => on.close())

const rowsOf = async ({ shelf }: PlanServices, planId: string): Promise<readonly PlanRow[]> =>
  (await shelf.steps(planId, { offset: 0, limit: 100 })).items

/** The only plan in the folder, paused; undefined if none was stored. */
async function onlyPlan({ shelf }: PlanServices): Promise<string | undefined> {
  const { plans, damaged } = await shelf.list()
  expect(damaged).toEqual([])
  for (const plan of plans) expect(plan).toMatchObject({ state: 'paused', reason: { code: 'cancelled' } })
  expect(plans.length).toBeLessThanOrEqual(1)
  return plans[0]?.id
}

async function expectAllDone(run: PlanServices, folder: string, planId: string, steps: readonly PlanStep[]) {
  expect(await run.ended(planId)).toMatchObject({ state: 'finished', counts: { done: steps.length } })
  await run.close()
  expect(run.reports).toEqual([])
  expect(steps.map((step) => on.requests(step))).toEqual(steps.map(() => 1))
  expect(steps.every((step) => on.isMade(step))).toBe(true)

  const lines = await on.journal(folder)
  const intents = lines.filter((line) => line.kind === 'intent')
  const attempts = intents.flatMap(({ seq, source }) =>
    source.kind === 'plan' ? [{ seq, name: `${source.step}.${source.attempt}`, step: source.step }] : [],
  )
  expect(attempts).toHaveLength(intents.length)
  expect(new Set(attempts.map(({ name }) => name)).size).toBe(attempts.length)
  // The last attempt of each step is done; earlier ones were not sent.
  const last = new Map(attempts.map(({ step, seq }) => [step, seq]))
  expect(last.size).toBe(steps.length)
  for (const { seq } of attempts) {
    const outcomes = lines.flatMap((line) => (line.kind === 'result' && line.of === seq ? [line.outcome] : []))
    expect(outcomes).toEqual([[...last.values()].includes(seq) ? 'done' : 'notSent'])
  }
}

async function tryOnce(kill: Kill): Promise<void> {
  const steps = on.steps()
  const folder = await on.kill(steps, kill)
  const allowed = table[kill.killAt]
  const step = steps[kill.step - 1] as PlanStep
  expect(on.requests(step)).toBe(allowed.requests)

  const run = on.restart(folder, () => restarted)
  const planId = await onlyPlan(run)
  if (planId === undefined || kill.killAt === 'while the plan is stored') {
    expect(kill.killAt).toBe('while the plan is stored')
    expect([...steps.map((each) => on.requests(each)), ...(await on.journal(folder))]).toEqual(steps.map(() => 0))
  }
  if (planId === undefined) return run.close()
  expect(allowed.found).toContain((await rowsOf(run, planId))[kill.step - 1]?.outcome)

  await on.settle(run)
  const settled = await rowsOf(run, planId)
  expect(settled[kill.step - 1]?.outcome).toBe(allowed.settled)
  // Only the steps that reached the server are done.
  expect(settled.map(({ outcome }) => outcome)).toEqual(
    steps.map((each) => (on.requests(each) === 1 ? 'done' : 'waiting')),
  )

  await run.plans.resume(planId, confirmation)
  await expectAllDone(run, folder, planId, steps)
}

const random = (seed: number) => {
  const numbers = new Random(seed)
  const stepOf = (kind: Kind): number => kinds.indexOf(kind) * perKind + 1 + numbers.below(perKind)
  return {
    pick: numbers.pick.bind(numbers),
    below: numbers.below.bind(numbers),
    kill: (killAt: PlanKillPoint, kind: Kind): Kill => ({ killAt, step: stepOf(kind), turns: numbers.below(24) }),
  }
}

const fixed = random(1)

it.each(planKillPoints.map((point, at) => [point, kinds[at % kinds.length] ?? kinds[0]] as const))(
  'killed %s of a %s: the plan resumes, and nothing is sent twice',
  async (point, kind) => {
    await tryOnce(fixed.kill(point, kind))
  },
)

it.each([2, 8, 16])(
  'killed %i turns after it began to store the plan: it is stored completely or not at all',
  (turns) => tryOnce({ killAt: 'while the plan is stored', step: 1, turns }),
)

/** `npm run kill` tries many more. */
const randomKills = Number(process.env['KILLS'] ?? 2)

it(`${randomKills} random kills`, { timeout: 60_000 + randomKills * 5_000 }, async () => {
  const seed = Number(process.env['KILL_SEED'] ?? Date.now())
  const { kill, pick } = random(seed)
  for (let at = 0; at < randomKills; at++)
    await tryOnce(kill(pick(planKillPoints), pick(kinds))).catch((error: unknown) => {
      throw new Error(`KILL_SEED=${seed}, kill ${at}`, { cause: error })
    })
})

it('a request that may still be running leaves its step unknown; Resume skips it, and Retry sends it once it is settled', async () => {
  const steps = on.steps()
  const folder = await on.kill(steps, { killAt: 'after the fsync, before sending', step: 6, turns: 0 })
  let now = begun + 5_000
  const run = on.restart(folder, () => now)
  const planId = (await onlyPlan(run)) ?? ''
  await on.settle(run)
  await run.plans.resume(planId, confirmation)
  const finished = await run.ended(planId)
  const rows = await rowsOf(run, planId)
  expect(rows[5]?.outcome).toBe('unknown')
  expect(rows.map(({ outcome }) => outcome)).toEqual(
    steps.map((each) => (on.requests(each) === 1 ? 'done' : 'unknown')),
  )
  expect(finished).toMatchObject({ state: 'finished', retryable: 0 })

  now = restarted
  await run.plans.check(planId)
  await run.plans.retry(planId, confirmation)
  expect(await run.ended(planId)).toMatchObject({ state: 'finished', counts: { done: steps.length } })
  expect(steps.map((step) => on.requests(step))).toEqual(steps.map(() => 1))
  await run.close()
})

it('a plan that is incomplete on disk is damaged, and none of it can be sent', async () => {
  const steps = on.steps()
  const folder = await on.kill(steps, { killAt: 'before the intent', step: 1, turns: 0 })
  const first = on.restart(folder, () => restarted)
  const planId = (await onlyPlan(first)) ?? ''
  await first.close()
  const file = `${folder}/plans/${planId}.jsonl`
  const text = readFileSync(file, 'utf8')
  const sent = steps.map((step) => on.requests(step))
  const [head, last] = [text.indexOf('\n'), text.lastIndexOf('"kind":"step"')]
  const { below } = random(2)
  for (const end of [last, head + 1, ...Array.from({ length: 5 }, () => below(last))].sort((a, b) => b - a)) {
    truncateSync(file, end)
    const run = on.restart(folder, () => restarted)
    expect(await run.shelf.list()).toMatchObject({ plans: [], damaged: [{ name: `${planId}.jsonl` }] })
    expect(await failureOf(run.plans.resume(planId, confirmation))).toMatchObject({ code: 'damaged' })
    await run.close()
  }
  expect(steps.map((step) => on.requests(step))).toEqual(sent)
})
