import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { PlanStep } from '@shared/domain/plan'
import { overrideWord } from '@shared/domain/write'
import type { PracticePbx } from '@demo/practice-pbx'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const cidr = fc.constantFrom('41.0.0.0/8', '41.202.0.0/16', '41.202.7.0/24', '9.9.9.9/32', '2001:db8::/32')
const target = fc.constantFrom('DENY' as const, 'ACCEPT' as const)
const end = fc.constantFrom(null, '2098-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z')
const rule = fc.record({ cidr, target, expire_at: end })
const rulesOfServer = fc.uniqueArray(rule, { maxLength: 4, selector: (each) => `${each.cidr} ${each.target}` })

/** What somebody else does to a server after the preview. */
const byOthers = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  fc.record({ kind: fc.constant('add' as const), rule }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'extend' as const), at: fc.nat(3) }),
)
type ByOthers = typeof byOthers extends fc.Arbitrary<infer T> ? T : never

const request = fc.record({
  action: target,
  ranges: fc.uniqueArray(cidr, { minLength: 1, maxLength: 4 }),
  expiresAt: end,
  description: fc.constantFrom('INC-4711', ''),
})

/** Others change a rule that the rollout changes, too, if there is one. */
function change(pbx: PracticePbx, change: ByOthers, ranges: readonly string[]): void {
  if (change === undefined) return
  if (change.kind === 'add') return void pbx.addRule({ ...change.rule, description: 'by hand' })
  const { id } = pbx.rules().find(({ cidr: range }) => ranges.includes(range)) ?? pbx.rules()[change.at] ?? {}
  if (id === undefined) return
  if (change.kind === 'remove') pbx.removeRule(id)
  else pbx.changeRule(id, { expire_at: '2100-01-01T00:00:00.000Z' })
}

const timeOf = (end: unknown): number | null => (end ? Date.parse(String(end)) : null)
const fail = (): never => {
  throw new Error('It was not previewed')
}

const textOf = (rules: readonly object[]): readonly string[] =>
  rules
    .map((each) => {
      const { cidr: range, target: action, expire_at: ends, description = '' } = each as Record<string, unknown>
      return JSON.stringify([range, action, timeOf(ends), description ?? ''])
    })
    .sort()

/** The previewed step behind a request; undefined if nothing like it was previewed. */
function stepOf(steps: readonly PlanStep[], path: string, body: unknown): PlanStep | undefined {
  const sent = body as Readonly<Record<string, unknown>>
  return steps.find(({ write }) =>
    write.kind === 'create'
      ? path === '/ip_filters' && sent['cidr'] === write.changes['cidr']
      : path.endsWith(write.id ?? '-'),
  )
}

test(
  'what is applied is what was previewed, whatever others change after the preview',
  { timeout: 120_000 },
  async () => {
    on = await RolloutsHarness.start(4)
    const servers = fc.array(fc.record({ rules: rulesOfServer, others: byOthers }), { minLength: 4, maxLength: 4 })
    const property = fc.asyncProperty(request, servers, async (asked, given) => {
      for (const [at, { rules }] of given.entries()) {
        const pbx = on.pbx(at)
        for (const { id } of pbx.rules()) pbx.removeRule(id)
        for (const each of rules) pbx.addRule({ ...each, description: 'old' })
      }
      const preview = await on.preview(asked).catch(() => undefined)
      // On every server there was nothing to do.
      if (preview === undefined) return
      const rollout = on.rollouts.open.get(preview.id)
      const previewed = on.ids.map((id): readonly PlanStep[] => {
        const planId = rollout?.planned.find(({ server }) => server.id === id)?.planId
        const plan = planId === undefined ? undefined : rollout?.plan(planId)?.plan
        return plan?.steps.filter((step) => plan.outcomeOf(step) === 'waiting') ?? []
      })
      for (const [at, { others }] of given.entries()) change(on.pbx(at), others, asked.ranges)
      const before = on.targets.map(({ pbx }) => ({
        rules: pbx.rules().map((each) => ({ ...each })),
        requests: pbx.requests.length,
      }))
      await on.apply(preview, { ...inOneWave, stopAfter: 100 }, preview.guards.length > 0 ? overrideWord : '')
      expect((await on.rolloutEnded(preview.id)).state).toBe('finished')

      for (const [at, { others }] of given.entries()) {
        const pbx = on.pbx(at)
        const posts = pbx.requests.slice(before[at]?.requests).filter(({ method }) => method === 'POST')
        const sent = posts.map(({ path, body }) => stepOf(previewed[at] ?? [], path, body))
        expect(sent, `server ${at} was sent what was not previewed`).not.toContain(undefined)
        expect(new Set(sent).size, `server ${at} was sent a step twice`).toBe(sent.length)
        if (others === undefined)
          expect(sent.length, `server ${at} was not sent everything`).toBe(previewed[at]?.length)
        for (const step of sent) {
          const { kind, id, before: old, changes } = step?.write ?? fail()
          const same = before[at]?.rules.filter((each) =>
            kind === 'create' ? each.cidr === changes['cidr'] && each.target === changes['target'] : each.id === id,
          )
          // Another rule for the range, or another value than the previewed one, is a conflict.
          if (kind === 'create') expect(same, `server ${at} had the rule already`).toEqual([])
          else expect(timeOf(same?.[0]?.expire_at), `server ${at} had another value`).toBe(timeOf(old['expire_at']))
        }
        const expected = before[at]?.rules.map((each) => {
          const step = sent.find((one) => one?.write.id === each.id)
          return { ...each, ...step?.write.changes }
        })
        const created = sent.flatMap((step) => (step?.write.kind === 'create' ? (step.write.changes as object) : []))
        expect(textOf(pbx.rules()), `rules of server ${at}`).toEqual(textOf([...(expected ?? []), ...created]))
      }
    })
    await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 40) })
  },
)
