import { afterEach, expect, test } from 'vitest'
import { journalLineSchema } from '@shared/domain/journal'
import type { PlanStep } from '@shared/domain/plan'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import { confirmed, PlansHarness } from './harness'

let on: PlansHarness
afterEach(() => on.close())

/** A real disk, with the kinds of lines that each fsync wrote. */
function countingDisk(): { readonly disk: JournalDisk; readonly fsyncs: (readonly string[])[] } {
  const fsyncs: (readonly string[])[] = []
  let written: string[] = []
  const disk: JournalDisk = {
    ...realDisk,
    async write(file, data) {
      await realDisk.write(file, data)
      const lines = data.toString('utf8').trimEnd().split('\n')
      written.push(...lines.map((line) => journalLineSchema.parse(JSON.parse(line)).kind))
    },
    async sync(file) {
      fsyncs.push(written)
      written = []
      await realDisk.sync(file)
    },
  }
  return { disk, fsyncs }
}

const rule = (at: number) => ({ cidr: `41.9.0.${at}/32`, target: 'DENY', expire_at: null, description: '' })

const importing = (count: number): readonly PlanStep[] =>
  Array.from({ length: count }, (_, at) => {
    const changes = rule(at)
    const write = { kind: 'create', operation: 'POST /ip_filters', resource: 'ip-rules' } as const
    return { kind: 'step', n: at + 1, write: { ...write, identity: `rule ${changes.cidr}`, before: {}, changes } }
  })

const [count, concurrent] = [40, 4]
const rules = () => ({ serverId: on.serverId, resource: 'ip-rules' as const, ids: on.deny(count) })
const ofPreview = async ({ id }: { readonly id: string }): Promise<string> => (await on.plans.apply(id, confirmed)).id

const plans: readonly (readonly [string, () => Promise<string>])[] = [
  ['deletes', async () => ofPreview(await on.drafts.delete(rules()))],
  ['changes', async () => ofPreview(await on.drafts.change({ ...rules(), changes: { description: 'Scanner' } }))],
  [
    'imports',
    async () => {
      const plan = { title: 'Import', source: { kind: 'import', file: 'rules.csv' }, steps: importing(count) } as const
      return (await on.plans.applyNew({ ...plan, serverId: on.serverId }, confirmed)).id
    },
  ],
]

test.each(plans)('a plan that %s many requires few fsyncs: intents and results share them', async (_, apply) => {
  const { disk, fsyncs } = countingDisk()
  on = await PlansHarness.start({}, {}, { disk })
  const planId = await apply()
  expect(await on.ended(planId)).toMatchObject({ state: 'finished', counts: { done: count } })

  const withIntents = fsyncs.filter((kinds) => kinds.includes('intent'))
  const withResults = fsyncs.filter((kinds) => kinds.includes('result'))
  expect(withIntents.flat()).toEqual(Array.from({ length: count }, () => 'intent'))
  // The first four steps begin together.
  expect(withIntents.length).toBeLessThanOrEqual(count - concurrent + 2)
  expect(withResults.flat()).toEqual(Array.from({ length: count }, () => 'result'))
  expect(withResults.length).toBeLessThanOrEqual(2)
})
