import { afterAll, beforeAll, expect, it } from 'vitest'
import type { StepOutcome } from '@shared/domain/plan'
import type { PracticeFaults } from '@shared/domain/practice'
import type { RuleRequest } from '@shared/domain/rollout'
import { Random } from '@demo/random'
import { isSent, notSent, type Allowed } from '../plans/kill-outcomes'
import { RolloutKillHarness, type Kill } from './kill-harness'
import { rolloutKillPoints, type RolloutKillPoint } from './kill-points'
import type { RolloutServices } from './services'

const servers = 6

const table: Readonly<Record<RolloutKillPoint, Allowed>> = {
  'while the plans are stored': notSent('waiting'),
  'while the rollout is stored': notSent('waiting'),
  'before the first state of the rollout': notSent('waiting'),
  'before the intent': notSent('waiting'),
  'after the fsync, before sending': notSent('unknown'),
  'while waiting for the response': isSent('unknown'),
  'after the response': isSent('unknown'),
  'before the results': isSent('unknown'),
  'before the last state of the plan': isSent('done'),
  // These do not concern a single server.
  'before the review': isSent('done'),
  'before the last state of the rollout': isSent('done'),
}

/** What happens on other servers: the fault of a single response. */
type Trouble = readonly [name: string, fault: Partial<PracticeFaults>]
const endedSession: Trouble = ['a session that has ended', { status: 401, times: 1 }]
const troubles: readonly [Trouble, ...Trouble[]] = [
  ['a response that is lost', { dropAfterReceive: true, times: 1 }],
  ['a response that breaks off', { dropMidBody: true, times: 1 }],
  ['a gateway without an answer', { status: 502, times: 1 }],
  ['a rate limit', { status: 429, times: 1 }],
  endedSession,
  ['a response that is no JSON', { brokenJson: true, times: 1 }],
  ['a change that is made late and never answered', { commitsLateMs: 1, times: 1 }],
]

let on: RolloutKillHarness
beforeAll(async () => {
  on = await RolloutKillHarness.start(servers)
}, 60_000)
afterAll(() => on.close())

const storing: readonly RolloutKillPoint[] = ['while the plans are stored', 'while the rollout is stored']
const confirmation = { acknowledged: true, typedName: String(servers), override: '' }

async function onlyRollout({ rollouts }: RolloutServices): Promise<string | undefined> {
  const { rollouts: rows, damaged } = await rollouts.list()
  expect(damaged).toEqual([])
  expect(rows.length).toBeLessThanOrEqual(1)
  return rows[0]?.id
}

const outcomesOf = async (run: RolloutServices, id: string): Promise<readonly StepOutcome[]> =>
  (await run.rolloutRows(id)).map(({ outcome }) => outcome)

/** Resumes, checks and retries as a person does, until nothing is left to do. */
async function completed(run: RolloutServices, id: string): Promise<void> {
  const confirmed = async () => ({
    ...confirmation,
    typedName: String((await run.service.get(id)).confirm.servers),
  })
  for (let turn = 0; turn < servers; turn++) {
    const { state, counts, retryable } = await run.rolloutEnded(id)
    if (state === 'paused' || state === 'review') await run.service.resume(id, await confirmed())
    else if (counts.unknown > 0) await run.service.check(id)
    else if (retryable > 0) await run.service.retry(id, await confirmed())
    else return
  }
  throw new Error(`Still open: ${JSON.stringify((await run.service.get(id)).counts)}`)
}

async function expectOnceEverywhere(run: RolloutServices, id: string, request: RuleRequest): Promise<void> {
  await completed(run, id)
  const { state, counts } = await run.service.get(id)
  expect(state).toBe('finished')
  expect(counts.done + counts.alreadyInPlace).toBe(servers)
  expect(on.places.map((place) => on.rules(place, request))).toEqual(on.places.map(() => 1))
  await run.close()
  expect(run.reports).toEqual([])
}

async function tryOnce(kill: Kill, faults = new Map<number, Partial<PracticeFaults>>()): Promise<void> {
  const request = on.request()
  const folder = await on.kill(request, kill, faults)
  const allowed = table[kill.killAt]
  expect(on.requests(kill.place, request)).toBe(allowed.requests)

  const run = on.restart(folder)
  const id = await onlyRollout(run)
  if (storing.includes(kill.killAt))
    expect(on.places.map((place) => on.requests(place, request))).toEqual(on.places.map(() => 0))
  if (id === undefined) {
    expect(storing).toContain(kill.killAt)
    return run.close()
  }
  expect(await run.service.get(id)).toMatchObject({ mustConfirm: true })
  expect(allowed.found).toContain((await outcomesOf(run, id))[kill.place])
  await on.settle(run)
  const settled = await outcomesOf(run, id)
  expect(settled[kill.place]).toBe(allowed.settled)
  for (const place of on.places) {
    const isThere = on.rules(place, request) === 1
    // Nothing that is there is lost, and nothing that is not there is done.
    if (settled[place] === 'done') expect(isThere, `server ${place}`).toBe(true)
    if (isThere) expect(['done', 'alreadyInPlace', 'unknown'], `server ${place}`).toContain(settled[place])
  }
  await expectOnceEverywhere(run, id, request)
  // A server without faults gets one request.
  for (const place of on.places) if (!faults.has(place)) expect(on.requests(place, request), `server ${place}`).toBe(1)
}

const random = (seed: number) => {
  const numbers = new Random(seed)
  /** The canary is alone in its wave, so it is killed as often as one of the others. */
  const kill = (killAt: RolloutKillPoint): Kill => ({
    killAt,
    place: killAt === 'before the review' ? 0 : numbers.below(servers),
    turns: numbers.below(24),
  })
  return { pick: numbers.pick.bind(numbers), below: numbers.below.bind(numbers), kill }
}

const fixed = random(1)

it.each(rolloutKillPoints)('killed %s: the rollout resumes, and nothing is sent twice', async (point) => {
  await tryOnce(fixed.kill(point))
})

it.each([...troubles])('%s on another server: its outcome is true, and nothing is made twice', async (_name, fault) => {
  await tryOnce({ killAt: 'after the response', place: 5, turns: 0 }, new Map([[2, fault]]))
})

it('a session of the canary that has ended: it is sent to after the review, and reviewed again', async () => {
  await tryOnce({ killAt: 'while waiting for the response', place: 3, turns: 0 }, new Map([[0, endedSession[1]]]))
})

/** `npm run kill` tries many more. */
const randomKills = Number(process.env['KILLS'] ?? 2)

it(`${randomKills} random kills with trouble on two servers`, { timeout: 60_000 + randomKills * 5_000 }, async () => {
  const seed = Number(process.env['KILL_SEED'] ?? Date.now())
  const { kill, pick, below } = random(seed)
  for (let at = 0; at < randomKills; at++) {
    const next = kill(pick(rolloutKillPoints))
    const others = [1, 2]
      .map((step) => (next.place + step + below(2) * 2) % servers)
      .filter((place) => place !== next.place)
    const faults = new Map(others.map((place) => [place, pick(troubles)[1]]))
    await tryOnce(next, faults).catch((error: unknown) => {
      throw new Error(`KILL_SEED=${seed}, kill ${at}: ${JSON.stringify(next)} ${JSON.stringify([...faults])}`, {
        cause: error,
      })
    })
  }
})
