import { afterEach, describe, expect, test } from 'vitest'
import type { JournalEntry } from '@shared/domain/journal-view'
import type { RecordValues } from '@shared/domain/record'
import { collapse } from '@main/services/plans/collapse'
import { RecordsService } from '@main/services/records/records-service'
import { resourceHooks } from '@main/services/resource-hooks'
import { failureOf } from '../session/harness'
import { ImportsHarness } from '../imports/harness'
import { confirmed, PlansHarness } from './harness'

let on: PlansHarness
afterEach(() => on.close())

const list = () => ({ serverId: on.serverId, resource: 'ip-rules' as const })
const rule = { cidr: '41.202.7.9/32', target: 'DENY', expire_at: null, description: 'Scanner' }

/** Changes made in a form. */
function records(): RecordsService {
  const { writer } = on
  return new RecordsService({ servers: on.harness.servers, writer, hooks: resourceHooks() })
}
const create = async (values: RecordValues): Promise<string> =>
  String((await records().create({ ...list(), values, confirmation: confirmed })).after['id'])
const update = (id: string, before: RecordValues, changes: RecordValues) =>
  records().update({ ...list(), id, before, changes, confirmation: confirmed })

async function revert(of: Parameters<PlansHarness['drafts']['revert']>[0]) {
  const preview = await on.drafts.revert(of)
  await on.plans.apply(preview.id, confirmed)
  return { preview, plan: await on.ended(preview.id) }
}

describe('reverting a plan', () => {
  test(
    'an import is one plan; its revert deletes the rules, reads the list twice and leaves the others',
    { timeout: 120_000 },
    async () => {
      const imports = await ImportsHarness.start({}, { protection: 'open' })
      on = imports.on
      const remaining = on.deny(3)
      const rows = Array.from({ length: 250 }, (_, at) => `45.${at >> 8}.${at & 255}.0/24,DENY,,Feed`)
      const { file } = await imports.plan(`cidr,target,expire_at,description\n${rows.join('\n')}`)
      const { id, counts } = await imports.apply(file.importId)
      expect(counts.done).toBe(250)
      expect(on.pbx.rules()).toHaveLength(253)
      const preview = await on.drafts.revert({ plan: id })
      expect(preview).toMatchObject({ title: 'Revert 250 changes on Kunde A', steps: 250, notRestored: [] })
      const before = on.pbx.requests.length
      await on.plans.apply(preview.id, confirmed)
      expect(await on.ended(preview.id)).toMatchObject({ state: 'finished', counts: { done: 250 } })
      const requests = on.pbx.requests.slice(before).map(({ method }) => method)
      expect(requests.filter((method) => method === 'POST')).toHaveLength(250)
      // Three pages of a hundred before, and one after.
      expect(requests.filter((method) => method === 'GET')).toHaveLength(4)
      expect(on.pbx.rules().map((each) => each.id)).toEqual(remaining)
    },
  )

  test('deleted rules are created again with their values', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(30, 'Scanner')
    on.pbx.changeRule(ids[0] ?? '', { expire_at: '2030-01-01T00:00:00Z' })
    const before = on.pbx.rules().map((each) => ({ ...each, id: '' }))
    const { id } = await on.delete(ids)
    const { plan } = await revert({ plan: id })
    expect(plan.counts.done).toBe(30)
    const sorted = (rules: readonly object[]) =>
      rules.map((each) => JSON.stringify(each, Object.keys(each).toSorted())).toSorted()
    expect(sorted(on.pbx.rules().map((each) => ({ ...each, id: '' })))).toEqual(sorted(before))
  })

  test('a value that someone else has changed since is a conflict and remains', async () => {
    on = await PlansHarness.start()
    const ids = on.deny(3, 'Old')
    const changed = await on.drafts.change({ ...list(), ids, changes: { description: 'New' } })
    await on.plans.apply(changed.id, confirmed)
    await on.ended(changed.id)
    on.pbx.changeRule(ids[1] ?? '', { description: 'Theirs' })
    const { plan } = await revert({ plan: changed.id })
    expect(plan.counts).toMatchObject({ done: 2, conflict: 1 })
    expect(on.pbx.rules().map(({ description }) => description)).toEqual(['Old', 'Theirs', 'Old'])
  })
})

describe('reverting entries of the journal', () => {
  test('several changes of one rule become one step that restores the values before the first', async () => {
    on = await PlansHarness.start()
    const id = await create(rule)
    await update(id, rule, { description: 'One' })
    await update(id, { ...rule, description: 'One' }, { description: 'Two', expire_at: '2030-01-01T00:00:00Z' })
    const changes = (await on.view.rows({ offset: 0, limit: 10 })).items.filter(({ action }) => action === 'change')
    const before = on.posted(/ip_filters\//)
    const { preview, plan } = await revert({ entries: changes.map(({ seq }) => seq) })
    expect(preview.steps).toBe(1)
    expect((await on.rows(plan.id)).map(({ outcome, message }) => [outcome, message])).toEqual([['done', '']])
    expect(plan.counts.done).toBe(1)
    expect(on.posted(/ip_filters\//) - before).toBe(1)
    expect(on.pbx.rules()).toMatchObject([{ description: 'Scanner' }])
    const [reverting] = await on.entries(plan.id)
    const reverted = await Promise.all(changes.map(({ seq }) => on.view.entry(seq)))
    expect(reverted.map(({ revertedBy }) => revertedBy)).toEqual(changes.map(() => reverting?.intent.seq))
  })

  test('a date without a value is shown as Never, before as after', async () => {
    on = await PlansHarness.start()
    const id = await create(rule)
    await update(id, rule, { expire_at: '2030-01-01T00:00:00Z' })
    const [change] = (await on.view.rows({ offset: 0, limit: 1 })).items
    expect(change?.before).toBe('Expires: Never')
    const preview = await on.drafts.change({ ...list(), ids: [id], changes: { expire_at: null } })
    const [step] = await on.rows(preview.id)
    expect([step?.before, step?.after]).toEqual([expect.stringContaining('2030'), 'Expires: Never'])
  })

  test('a created and changed rule is deleted; a changed and deleted one is restored with its original values', async () => {
    on = await PlansHarness.start()
    const id = await create(rule)
    await update(id, rule, { description: 'Mine' })
    const [old = ''] = on.deny(1, 'Before')
    await update(old, { description: 'Before' }, { description: 'Wrong' })
    await on.delete([old])
    const seqs = (await on.view.rows({ offset: 0, limit: 100 })).items.map(({ seq }) => seq)
    const { plan } = await revert({ entries: seqs })
    expect(plan.counts).toMatchObject({ done: 2 })
    expect(on.pbx.rules()).toMatchObject([{ cidr: '41.0.0.0/32', description: 'Before' }])
  })

  test('entries of two servers, and those that cannot be reverted, are refused with the reason', async () => {
    on = await PlansHarness.start()
    await create(rule)
    const other = await on.harness.add({ rules: 0 })
    await on.harness.signIn(other.id, other.pbx)
    await records().create({ serverId: other.id, resource: 'ip-rules', values: rule, confirmation: confirmed })
    const seqs = (await on.view.rows({ offset: 0, limit: 10 })).items.map(({ seq }) => seq)
    expect(await failureOf(on.drafts.revert({ entries: seqs }))).toMatchObject({
      message: 'These changes are on several servers',
    })
    expect(await failureOf(on.drafts.revert({ entries: [999] }))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(on.drafts.revert({ plan: crypto.randomUUID() }))).toMatchObject({
      message: 'None of these changes can be reverted',
    })
  })
})

test('a deletion and its revert together leave nothing to revert, and no record is deleted', async () => {
  on = await PlansHarness.start()
  const { id } = await on.delete(on.deny(3, 'Scanner'))
  await revert({ plan: id })
  const seqs = (await on.view.rows({ offset: 0, limit: 100 })).items.map(({ seq }) => seq)
  expect(seqs).toHaveLength(6)
  expect(await failureOf(on.drafts.revert({ entries: seqs }))).toMatchObject({ message: 'Nothing is left to revert' })
  // A record that was changed after it was restored gets the values from before the deletion.
  const [back] = on.pbx.rules()
  await update(back?.id ?? '', { description: 'Scanner' }, { description: 'Wrong' })
  const all = (await on.view.rows({ offset: 0, limit: 100 })).items.map(({ seq }) => seq)
  const { plan } = await revert({ entries: all })
  expect(plan.counts).toMatchObject({ done: 1 })
  expect(on.pbx.rules().map(({ description }) => description)).toEqual(['Scanner', 'Scanner', 'Scanner'])
})

test('a record that was created and deleted leaves nothing to revert', async () => {
  on = await PlansHarness.start()
  const id = await create(rule)
  await on.delete([id])
  const { items } = await on.view.rows({ offset: 0, limit: 10 })
  const entries: readonly JournalEntry[] = await Promise.all(items.map(({ seq }) => on.view.entry(seq)))
  expect(collapse(entries)).toEqual({ changes: [], canceledOut: 2 })
})

test('the preview reports how many changes are left out because they cancel each other out', async () => {
  on = await PlansHarness.start()
  const id = await create(rule)
  await update(id, rule, { description: 'Mine' })
  await on.delete([id])
  await create({ ...rule, cidr: '41.202.7.10/32' })
  const seqs = (await on.view.rows({ offset: 0, limit: 10 })).items.map(({ seq }) => seq)
  expect(await on.drafts.revert({ entries: seqs })).toMatchObject({ steps: 1, canceledOut: 3 })
  expect(await failureOf(on.drafts.revert({ entries: seqs.filter((seq) => seq < Math.max(...seqs)) }))).toMatchObject({
    message: 'Nothing is left to revert',
    hint: '3 changes cancel each other out.',
  })
})

test('a change that reverts others names their entries, whether made by a plan or a single revert', async () => {
  on = await PlansHarness.start()
  const id = await create(rule)
  await update(id, rule, { description: 'Mine' })
  const [first = 0, second = 0] = (await on.view.rows({ offset: 0, limit: 10 })).items.map(({ seq }) => seq).toSorted()
  const { plan } = await revert({ entries: [first, second] })
  const [row] = (await on.view.rows({ offset: 0, limit: 1 })).items
  expect(row?.source).toBe(`Revert of entries ${first}, ${second} · ${plan.title}, step 1, attempt 1`)
})
