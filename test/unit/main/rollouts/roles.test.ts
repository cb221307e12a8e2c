import { afterEach, expect, test } from 'vitest'
import type { PracticeFaults } from '@shared/domain/practice'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const ranges = ['41.202.0.0/16', '9.9.9.9', '8.8.8.8']
const confirmation = { acknowledged: true, typedName: '1', override: '' }
const noPermission = 'This account does not have permission: The role may not do this'

const start = () => RolloutsHarness.start(2, {}, () => ({ version: '22.6' }))
const rulesOf = (at: number) => on.pbx(at).rules().length

/** Loses the role while the first of three steps is under way on the second server. */
async function lose(fault: Partial<PracticeFaults>): Promise<string> {
  on = await start()
  const preview = await on.preview({ ranges })
  await on.pbx(1).setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  await on.apply(preview, inOneWave)
  await expect.poll(() => rulesOf(1)).toBe(1)
  await on.pbx(1).setFaults({ ...fault, holdReplies: false, onlyPath: undefined })
  await on.rolloutEnded(preview.id)
  return preview.id
}

test.each<[string, Partial<PracticeFaults>]>([
  ['a dealer', { actsAs: 'Dealer' }],
  ['an administrator of a tenant', { actsAs: 'Admin' }],
  ['a user', { actsAs: 'StandardUser' }],
])(
  'an account that becomes %s during a rollout: what was sent is unknown, the rest is refused, and its return settles both',
  async (_role, fault) => {
    const id = await lose(fault)
    const [, row] = await on.rolloutRows(id)
    expect(row).toMatchObject({ outcome: 'unknown', done: 0, message: expect.stringContaining(noPermission) as string })
    expect((await on.service.get(id)).stepCounts).toMatchObject({ done: 3, unknown: 1, refused: 2 })
    // It may no longer read either.
    expect(await failureOf(on.service.check(id))).toMatchObject({ message: `PBX 1: ${noPermission}` })
    expect(await on.service.get(id)).toMatchObject({ counts: { unknown: 1 } })
    await on.pbx(1).clearFaults()
    expect(await on.service.check(id)).toMatchObject({ counts: { unknown: 0, refused: 1 }, retryable: 1 })
    await on.service.retry(id, confirmation)
    expect(await on.rolloutEnded(id)).toMatchObject({ state: 'finished', counts: { done: 2 } })
    expect([rulesOf(0), rulesOf(1)]).toEqual([3, 3])
  },
)

test.each([[[]], [['Blacklist.ViewOnly']], [['Trunk.FullAccess', 'Tenant.FullAccess']]])(
  'an account whose capabilities become %j during a rollout: what was sent is done, the rest is refused with the reason',
  async (capabilities) => {
    const id = await lose({ capabilities })
    const [, row] = await on.rolloutRows(id)
    expect(row).toMatchObject({ outcome: 'refused', done: 1, message: `${noPermission} (2 steps)` })
    expect(on.harness.sessions.state(on.ids[1] ?? '').capabilities).toEqual(capabilities)
    expect(rulesOf(1)).toBe(1)
  },
)

test('a role that was lost since the preview: nothing is sent to that server, and a revert leaves it out with the reason', async () => {
  on = await start()
  const preview = await on.preview({ ranges })
  await on.pbx(1).setFaults({ actsAs: 'Dealer' })
  await on.apply(preview, inOneWave)
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ counts: { done: 1, notSent: 1 } })
  expect((await on.rolloutRows(preview.id))[1]).toMatchObject({ message: `${noPermission} (3 steps)` })
  expect(on.sent()[1]).toEqual([])

  await on.pbx(1).clearFaults()
  await on.service.retry(preview.id, confirmation)
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ counts: { done: 2 } })
  await on.pbx(1).setFaults({ actsAs: 'Dealer' })
  const revert = await on.service.previews.preview({ kind: 'revert', rollout: preview.id })
  expect(revert.planned.map(({ name }) => name)).toEqual(['PBX 0'])
  expect(revert.groups.at(-1)).toMatchObject({ kind: 'excluded', label: noPermission, servers: ['PBX 1'] })
})
