import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { PlanRow } from '@shared/domain/plan'
import type { RolloutRequest } from '@shared/domain/rollout'
import type { FleetError } from '@shared/ipc/result'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const ranges = ['45.1.0.0/16', '45.2.0.0/16', '45.3.0.0/16']
const notes = ['a', 'b']
const serversMax = 3
/** The description of the rule for each range on each server; undefined where there is none. */
const worlds = fc.array(
  fc.array(fc.option(fc.constantFrom(...notes), { nil: undefined }), { minLength: 3, maxLength: 3 }),
  { minLength: serversMax, maxLength: serversMax },
)

function reset(world: readonly (readonly (string | undefined)[])[]): void {
  for (const [at, texts] of world.entries()) {
    const pbx = on.pbx(at)
    for (const { id } of [...pbx.rules()]) pbx.removeRule(id)
    for (const [place, description] of texts.entries())
      if (description !== undefined) pbx.addRule({ cidr: ranges[place] ?? '', target: 'DENY', description })
  }
}

const rulesOf = (at: number) =>
  on
    .pbx(at)
    .rules()
    .map(({ cidr, description }) => `${cidr} ${description}`)

/** The request, with the records of all servers whose range it has. */
function requestOf(kind: 'create' | 'update' | 'change' | 'delete', cidr: string, description: string): RolloutRequest {
  const resource = 'ip-rules'
  if (kind === 'create')
    return { kind, resource, values: { cidr, target: 'DENY', expire_at: null, description }, serverIds: on.ids }
  if (kind === 'update')
    return { kind, resource, identity: { cidr, target: 'DENY' }, values: { description }, serverIds: on.ids }
  const records = on.targets.flatMap(({ id: serverId, pbx }) =>
    pbx.rules().flatMap(({ id, cidr: range }) => (range === cidr ? { serverId, id } : [])),
  )
  return kind === 'change' ? { kind, resource, changes: { description }, records } : { kind, resource, records }
}

/** The rules of a server after the steps that its preview shows as waiting. */
function afterSteps(before: readonly string[], rows: readonly PlanRow[], cidr: string): readonly string[] {
  let rules = [...before]
  for (const { action, outcome, after } of rows) {
    if (outcome !== 'waiting') continue
    if (action !== 'create') rules = rules.filter((rule) => !rule.startsWith(`${cidr} `))
    if (action !== 'delete') rules.push(`${cidr} ${/Description: (\w)/.exec(after)?.[1]}`)
  }
  return rules.toSorted()
}

test('what is applied is what was previewed: each server gets its waiting steps, and nothing else', async () => {
  on = await RolloutsHarness.start(serversMax)
  const kinds = fc.constantFrom('create', 'update', 'change', 'delete')
  await fc.assert(
    fc.asyncProperty(worlds, kinds, fc.constantFrom(...ranges), fc.constantFrom(...notes), async (...args) => {
      const [world, kind, cidr, description] = args
      reset(world)
      const before = [0, 1, 2].map(rulesOf)
      const sentBefore = on.posts().map(({ length }) => length)
      const sent = () => on.posts().map(({ length }, at) => length - (sentBefore[at] ?? 0))
      const preview = await on.service.previews
        .preview(requestOf(kind, cidr, description))
        .catch((error: FleetError) => {
          expect(error.detail.code).toBe('rejected')
        })
      expect(sent()).toEqual([0, 0, 0])
      if (preview === undefined) return
      const stepsOf = new Map<string, readonly PlanRow[]>()
      for (const { id, planId } of await on.rolloutRows(preview.id))
        if (planId !== '') stepsOf.set(id, (await on.shelf.steps(planId, { offset: 0, limit: 10 })).items)
      const expected = on.ids.map((id, at) => afterSteps(before[at] ?? [], stepsOf.get(id) ?? [], cidr))
      await on.apply(preview, inOneWave)
      await on.rolloutEnded(preview.id)
      expect([0, 1, 2].map((at) => rulesOf(at).toSorted())).toEqual(expected)
      expect(sent()).toEqual(
        on.ids.map((id) => (stepsOf.get(id) ?? []).filter((row) => row.outcome === 'waiting').length),
      )
    }),
    { numRuns: 25 },
  )
}, 120_000)
