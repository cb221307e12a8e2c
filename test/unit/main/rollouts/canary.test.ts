import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness, withCanary } from './harness'

const created = '/ip_filters'

let on: RolloutsHarness
afterEach(() => on.close())

test('the server that the user selects is changed first, also after the app was killed', async () => {
  on = await RolloutsHarness.start(6)
  on.harness.patch(on.ids[0] ?? '', { protection: 'read-only' })
  const preview = await on.preview()
  expect(preview.planned.map(({ name }) => name)).toEqual(['PBX 1', 'PBX 2', 'PBX 3', 'PBX 4', 'PBX 5'])
  await on.apply(preview, { ...withCanary, first: on.ids[3] ?? '' })
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'review', waves: [1, 4], counts: { done: 1 } })
  expect(on.sent()).toEqual([[], [], [], [created], [], []])
  const [head = ''] = readFileSync(`${on.folder}/rollouts/${preview.id}.jsonl`, 'utf8').split('\n')
  expect(JSON.parse(head)).toMatchObject({
    review: true,
    stopAfter: 2,
    targets: [{ server: { name: 'PBX 3' } }, {}, {}, {}, {}, {}],
  })

  on = on.kill()
  expect((await on.rolloutRows(preview.id)).map(({ server, wave, outcome }) => [server, wave, outcome])).toEqual([
    ['PBX 3', 1, 'done'],
    ['PBX 0', null, 'notSent'],
    ['PBX 1', 2, 'waiting'],
    ['PBX 2', 2, 'waiting'],
    ['PBX 4', 2, 'waiting'],
    ['PBX 5', 2, 'waiting'],
  ])
  await on.service.resume(preview.id, { acknowledged: true, typedName: '4', override: '' })
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 5 } })
  expect(on.sent()).toEqual([[], [created], [created], [created], [created], [created]])
})

test('without a canary, the first server means nothing; one to which nothing is sent is refused', async () => {
  on = await RolloutsHarness.start(3)
  on.harness.patch(on.ids[2] ?? '', { protection: 'read-only' })
  const preview = await on.preview()
  const first = on.ids[2] ?? ''
  expect(await failureOf(on.apply(preview, { ...withCanary, first }))).toMatchObject({
    code: 'rejected',
    message: 'Nothing is sent to the first server',
  })
  expect(on.sent().flat()).toEqual([])
  await on.apply(preview, { ...inOneWave, first })
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', waves: [2], counts: { done: 2 } })
})
