import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { overrideWord } from '@shared/domain/write'
import { failureOf } from '../session/harness'
import { inOneWave, request, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const blocked = () => on.targets.map(({ pbx }) => pbx.rules().map(({ cidr }) => cidr))
const created = '/ip_filters'

describe('a rollout', () => {
  test('sends each server its own difference, in waves, reads back, and is reverted exactly', async () => {
    on = await RolloutsHarness.start(6)
    on.pbx(1).addRule({ cidr: '41.0.0.0/8', target: 'DENY' })
    on.pbx(2).addRule({ cidr: '41.202.0.0/16', target: 'DENY', expire_at: '2099-01-01T00:00:00Z' })
    on.harness.patch(on.ids[3] ?? '', { protection: 'read-only' })
    const preview = await on.preview({ ranges: ['41.202.7.9/16', '41.202.1.1'] })
    expect(preview).toMatchObject({
      title: 'Block 41.202.0.0/16 on 4 servers',
      impact: '4 steps on 4 servers. Nothing is sent to 2 servers.',
      groups: [
        { kind: 'apply', label: 'Create 1 rule', servers: ['PBX 0', 'PBX 4', 'PBX 5'] },
        { kind: 'apply', label: 'Change 1 rule', servers: ['PBX 2'] },
        { kind: 'nothing', label: 'Already in place', servers: ['PBX 1'] },
        { kind: 'excluded', label: 'Read-only', servers: ['PBX 3'] },
      ],
      counts: { waiting: 4, alreadyInPlace: 1, notSent: 1 },
    })
    expect(preview.groups[2]?.details).toEqual([
      'PBX 1: rule 41.202.0.0/16: Covered by the block rule 41.0.0.0/8, which does not expire',
    ])
    expect(on.sent().flat()).toEqual([])
    await on.apply(preview)
    const canary = await on.rolloutEnded(preview.id)
    expect(canary).toMatchObject({ state: 'review', waves: [1, 3], wave: 2, counts: { done: 1, waiting: 3 } })
    expect(on.sent()).toEqual([[created], [], [], [], [], []])

    await on.service.resume(preview.id)
    const finished = await on.rolloutEnded(preview.id)
    expect(finished).toMatchObject({ state: 'finished', counts: { done: 4, alreadyInPlace: 1, notSent: 1 } })
    expect(on.sent()).toEqual([[created], [], [`${created}/{id}`], [], [created], [created]])
    expect(blocked()[0]).toEqual(['41.202.0.0/16'])
    expect(on.pbx(2).rules()[0]?.expire_at).toBeNull()
    expect((await on.rolloutRows(preview.id)).map(({ server, wave, outcome }) => [server, wave, outcome])).toEqual([
      ['PBX 0', 1, 'done'],
      ['PBX 1', null, 'alreadyInPlace'],
      ['PBX 2', 2, 'done'],
      ['PBX 3', null, 'notSent'],
      ['PBX 4', 2, 'done'],
      ['PBX 5', 2, 'done'],
    ])

    const revert = await on.service.previews.preview({ kind: 'revert', rollout: preview.id })
    expect(revert.title).toBe('Revert “Block 41.202.0.0/16” on 4 servers')
    await on.apply(revert, inOneWave)
    expect(await on.rolloutEnded(revert.id)).toMatchObject({ state: 'finished', counts: { done: 4 } })
    expect(blocked()).toEqual([[], ['41.0.0.0/8'], ['41.202.0.0/16'], [], [], []])
    expect(on.pbx(2).rules()[0]?.expire_at).toBe('2099-01-01T00:00:00Z')
  })

  test('is refused without targets to change, without addresses, and with an end in the past', async () => {
    on = await RolloutsHarness.start(2, { protection: 'read-only' })
    expect(await failureOf(on.preview())).toMatchObject({
      message: 'There is nothing to send',
      hint: '2 servers: Read-only.',
    })
    expect(await failureOf(on.preview({ ranges: [' '] }))).toMatchObject({ message: 'No address is entered' })
    expect((await failureOf(on.preview({ ranges: ['41.202.7.9/40'] }))).message).toContain('41.202.7.9/40')
    expect(await failureOf(on.preview({ expiresAt: '2020-01-01T00:00:00Z' }))).toMatchObject({
      message: 'The rules would expire in the past',
    })
  })

  test('names five addresses that a rule would block and says that there are others', async () => {
    on = await RolloutsHarness.start(1)
    for (const net of [1, 2, 3, 4, 5, 6]) on.pbx(0).addRule({ cidr: `41.202.${net}.0/24`, target: 'ACCEPT' })
    const { guards } = await on.preview()
    expect(guards[0]?.message).toContain('41.202.4.0/24, 41.202.5.0/24 and others)')
  })

  test('needs the number of servers where one of them is confirmed by name, and the word against a safety check', async () => {
    on = await RolloutsHarness.start(3, { protection: 'type-name' })
    on.pbx(1).addRule({ cidr: '41.202.3.0/24', target: 'ACCEPT' })
    const preview = await on.preview()
    expect(preview.confirm).toMatchObject({ kind: 'number', servers: 3 })
    expect(preview.guards).toMatchObject([{ kind: 'accepted-address', message: expect.stringMatching(/^PBX 1: /) }])
    const apply = (typedName: string, override: string) =>
      on.service.apply(preview.id, { acknowledged: true, typedName, override }, inOneWave)
    expect((await failureOf(apply('PBX 0', overrideWord))).code).toBe('confirmation-required')
    expect((await failureOf(apply('3', ''))).code).toBe('guarded')
    expect(on.sent().flat()).toEqual([])
    await apply('3', overrideWord)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  })

  test('sends nothing to a server that has a guard which the preview did not show', async () => {
    on = await RolloutsHarness.start(3)
    const preview = await on.preview()
    on.pbx(1).addRule({ cidr: '41.202.3.0/24', target: 'ACCEPT' })
    await on.apply(preview, inOneWave)
    expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 2, conflict: 1 } })
    expect(on.sent()).toEqual([[created], [], [created]])
  })
})

test('two previews are independent, and a closed one is gone', async () => {
  on = await RolloutsHarness.start(2)
  const [first, second] = [await on.preview(), await on.preview({ ranges: ['9.9.9.9'] })]
  on.service.previews.discard(first.id)
  expect((await failureOf(on.apply(first))).code).toBe('not-found')
  await on.apply(second, inOneWave)
  expect(await on.rolloutEnded(second.id)).toMatchObject({
    title: 'Block 9.9.9.9/32 on 2 servers',
    counts: { done: 2 },
  })
  expect(request.ranges).toEqual(['41.202.0.0/16'])
})

test('a preview of allow rules warns of block rules for the same addresses, with their servers', async () => {
  on = await RolloutsHarness.start(3)
  on.pbx(1).addRule({ cidr: '41.202.7.0/24', target: 'DENY' })
  on.pbx(2).addRule({ cidr: '41.202.8.0/24', target: 'DENY', expire_at: '2020-01-01T00:00:00Z' })
  expect((await on.preview({ action: 'ACCEPT' })).warnings).toEqual([
    'PBX 1: Block rules apply to these addresses (41.202.7.0/24). PortSIP does not document which rule takes precedence.',
  ])
  expect((await on.preview()).warnings).toEqual([])
})

test('what the safety checks read of a server is requested together with its rules, in the preview and before it is changed', async () => {
  on = await RolloutsHarness.start(1)
  const [rules, info] = ['GET /ip_filters', 'GET /info']
  const requests = () => on.pbx(0).requests.map(({ method, path }) => `${method} ${path}`)
  const whileTheRulesAreRead = async <T>(begin: () => Promise<T>): Promise<T> => {
    const before = requests().length
    await on.pbx(0).setFaults({ holdReplies: true, onlyPath: rules })
    const result = begin()
    await expect.poll(() => requests().slice(before).toSorted()).toEqual([info, rules])
    await on.pbx(0).setFaults({ holdReplies: false })
    return result
  }
  const preview = await whileTheRulesAreRead(() => on.preview())
  await whileTheRulesAreRead(() => on.apply(preview, inOneWave))
  expect(await on.rolloutEnded(preview.id)).toMatchObject({ state: 'finished', counts: { done: 1 } })
})

test('a preview warns of a rollout that has not finished on one of its servers', async () => {
  on = await RolloutsHarness.start(2)
  const first = await on.preview()
  await on.apply(first)
  await on.rolloutEnded(first.id)
  expect((await on.preview({ ranges: ['9.9.9.9'] })).warnings).toEqual([
    'Not finished on these servers: Block 41.202.0.0/16 on 2 servers',
  ])
  await on.service.cancel(first.id)
  expect((await on.preview({ ranges: ['9.9.9.9'] })).warnings).toEqual([])
})

test('the result as a file has each server with its result and reason', async () => {
  on = await RolloutsHarness.start(2)
  on.harness.patch(on.ids[1] ?? '', { protection: 'read-only', name: '=cmd()' })
  const preview = await on.preview()
  await on.apply(preview)
  await on.rolloutEnded(preview.id)
  const { name, text } = await on.rollouts.csv(preview.id)
  expect(name).toBe('Block 41.202.0.0_16 on 1 server.csv')
  expect(text.trim().split('\r\n')).toEqual([
    expect.stringContaining('server,wave,outcome,steps,done,message'),
    expect.stringMatching(/^"?'=cmd\(\)"?,,notSent,0,0,Read-only$/),
    'PBX 0,1,done,1,1,',
  ])
})

test('a damaged file is named, the others open, and an incomplete last line is ignored', async () => {
  on = await RolloutsHarness.start(2)
  const [first, second] = [await on.preview(), await on.preview({ ranges: ['9.9.9.9'] })]
  for (const preview of [first, second]) {
    await on.apply(preview, inOneWave)
    await on.rolloutEnded(preview.id)
  }
  await on.close()
  const path = (id: string): string => `${on.folder}/rollouts/${id}.jsonl`
  const whole = readFileSync(path(first.id), 'utf8')
  writeFileSync(path(first.id), '{"kind":"rollou')
  appendFileSync(path(second.id), '\n{"kind":"state","state":"app')
  on = on.kill()
  const { rollouts, damaged } = await on.rollouts.list()
  const name = `${first.id}.jsonl`
  const modifiedAt = statSync(path(first.id)).mtime.toISOString()
  expect(damaged).toEqual([{ name, kind: 'rollout', servers: [], modifiedAt }])
  writeFileSync(path(first.id), whole.replace('"waves":', '"waves'))
  expect((await on.rollouts.list()).damaged).toMatchObject([
    { title: 'Block 41.202.0.0/16 on 2 servers', servers: ['PBX 0', 'PBX 1'] },
  ])
  expect(rollouts).toMatchObject([{ id: second.id, state: 'finished', done: 2, open: 0 }])
  expect((await failureOf(on.service.get(first.id))).code).toBe('damaged')
  expect((await on.rolloutRows(second.id)).map(({ outcome }) => outcome)).toEqual(['done', 'done'])
})

test('a server whose plan is damaged is unknown, as its change may have been sent; the others are still checked', async () => {
  on = await RolloutsHarness.start(2)
  const preview = await on.preview()
  await on.apply(preview, inOneWave)
  await on.rolloutEnded(preview.id)
  const [first] = await on.rolloutRows(preview.id)
  await on.close()
  writeFileSync(`${on.folder}/plans/${first?.planId}.jsonl`, '{"kind":"pl')
  on = on.kill()
  expect(await on.rolloutRows(preview.id)).toMatchObject([
    { outcome: 'unknown', message: expect.stringContaining('is missing or damaged') },
    { outcome: 'done' },
  ])
  expect(await on.service.check(preview.id)).toMatchObject({ counts: { done: 1, unknown: 1 } })
})

test('a rollout is listed with the servers that it has', async () => {
  on = await RolloutsHarness.start(2)
  const preview = await on.preview()
  await on.apply(preview, inOneWave)
  await on.rolloutEnded(preview.id)
  expect((await on.rollouts.list()).servers.get(preview.id)).toEqual(['PBX 0', 'PBX 1'])
})
