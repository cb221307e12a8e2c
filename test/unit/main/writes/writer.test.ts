import { expect, it } from 'vitest'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxCommand, PbxWriter } from '@main/portsip/pbx-client'
import { WriteAccess } from '@main/services/writes/approved'
import type { Sending } from '@main/services/writes/write'
import { Writer } from '@main/services/writes/writer'
import { FakeTiming } from '@test/fakes/timing'
import { noLog } from '@test/fakes/writer'
import { failureOf } from '../session/harness'

const write = { kind: 'action' as const, operation: 'POST /things', identity: 'thing', before: {}, changes: {} }
const confirmed: Confirmation = { acknowledged: true, typedName: '', override: '' }
const lost = new FleetError({ code: 'unknown-outcome', message: 'No response' })
const offline = new FleetError({ code: 'offline', message: 'The server cannot be reached', hint: 'Check the network.' })

/** A server that replies to each POST with `answer`, and its requests. */
function start(answer: () => Promise<void>, protection: 'open' | 'ask' | 'read-only' = 'open') {
  const sent: PbxCommand[] = []
  const client: PbxWriter = {
    post: (command) => {
      sent.push(command)
      return answer()
    },
    postFor: () => Promise.reject(new Error('not used')),
  }
  const timing = new FakeTiming()
  const writer = new Writer({
    servers: { record: () => ({ name: 'A', protection }) },
    access: () => new WriteAccess(client),
    log: noLog,
    timing,
  })
  return { writer, sent, timing }
}

const post = (writer: PbxWriter): Promise<void> => writer.post({ operation: write.operation, path: '/things' })

/** `find` returns these results in order, the last one repeatedly; records the time of each read in seconds. */
function settlingWith(timing: FakeTiming, results: readonly (string | undefined | FleetError)[]) {
  const times: number[] = []
  const sending: Sending<void, string> = {
    send: post,
    readBack: () => Promise.resolve('read back'),
    settling: {
      find: () => {
        const result = results[Math.min(times.length, results.length - 1)]
        times.push(timing.now() / 1000)
        return result instanceof FleetError ? Promise.reject(result) : Promise.resolve(result)
      },
      missing: 'No thing like this is there.',
    },
  }
  return { sending, times }
}

/** Advances the time until `work` has ended. */
async function passing<T>(timing: FakeTiming, work: Promise<T>): Promise<T> {
  const state = { ended: false }
  const over = (): void => void (state.ended = true)
  work.then(over, over)
  for (;;) {
    await new Promise(setImmediate)
    if (state.ended) return work
    timing.advance(timing.next ?? 0)
  }
}

it('a confirmed change is sent once and read back', async () => {
  const { writer, sent, timing } = start(() => Promise.resolve())
  const { sending, times } = settlingWith(timing, ['found'])
  expect(await writer.approveAction('s').perform(write, sending)).toBe('read back')
  expect([sent.length, times]).toEqual([1, []])
})

it.each([
  [['found'], [0]],
  [
    [undefined, 'found'],
    [0, 2],
  ],
  [
    [undefined, offline, 'found'],
    [0, 2, 10],
  ],
  [
    [undefined, undefined, undefined, 'found'],
    [0, 2, 10, 30],
  ],
] as const)('a change without a response is searched for, and never sent again: %j', async (results, expected) => {
  const { writer, sent, timing } = start(() => Promise.reject(lost))
  const { sending, times } = settlingWith(timing, results)
  expect(await passing(timing, writer.approveAction('s').perform(write, sending))).toBe('found')
  expect([sent.length, times]).toEqual([1, expected])
})

it('a change that is not found in 30 s remains unknown, with a message about what is missing', async () => {
  const { writer, sent, timing } = start(() => Promise.reject(lost))
  const { sending, times } = settlingWith(timing, [undefined])
  const failure = await failureOf(passing(timing, writer.approveAction('s').perform(write, sending)))
  expect(failure).toMatchObject({
    code: 'unknown-outcome',
    operation: 'POST /things',
    message: 'The response was lost. No thing like this is there.',
  })
  expect([sent.length, times]).toEqual([1, [0, 2, 10, 30]])
})

it('a change that cannot be read remains unknown, and without a session the wait ends', async () => {
  const { writer, sent, timing } = start(() => Promise.reject(lost))
  const signedOut = new FleetError({ code: 'signed-out', message: 'Not signed in' })
  for (const [error, expected] of [
    [offline, [0, 2, 10, 30]],
    [signedOut, [0]],
  ] as const) {
    const { sending, times } = settlingWith(timing, [error])
    const begun = timing.now() / 1000
    const failure = await failureOf(passing(timing, writer.approveAction('s').perform(write, sending)))
    expect(failure).toMatchObject({
      code: 'unknown-outcome',
      message: `The response was lost, and the state could not be read afterwards: ${error.detail.message}.`,
    })
    expect(times.map((time) => time - begun)).toEqual(expected)
  }
  expect(sent).toHaveLength(2)
})

it('a change that cannot be read is unknown without a response, and a refusal remains a refusal', async () => {
  const unreadable = { send: post, readBack: () => Promise.resolve() }
  expect(
    await failureOf(
      start(() => Promise.reject(lost))
        .writer.approveAction('s')
        .perform(write, unreadable),
    ),
  ).toEqual({ ...lost.detail, entry: 1 })
  const refused = new FleetError({ code: 'rejected', message: 'No' })
  const { writer, timing } = start(() => Promise.reject(refused))
  const { sending, times } = settlingWith(timing, ['found'])
  expect(await failureOf(writer.approveAction('s').perform(write, sending))).toEqual({ ...refused.detail, entry: 1 })
  expect(times).toEqual([])
})

it('an error while reading before the change adds that nothing was sent, and keeps its hint', async () => {
  const { writer, sent } = start(() => Promise.resolve())
  const approved = await writer.approve('s', confirmed)
  expect(await failureOf(approved.before(() => Promise.reject(offline)))).toMatchObject({
    code: 'offline',
    message: 'The server cannot be reached',
    hint: 'Nothing was sent. Check the network.',
  })
  const safetyChecks = () => Promise.reject(offline)
  expect((await failureOf(writer.approve('s', confirmed, { safetyChecks }))).hint).toMatch(/^Nothing was sent\./)
  expect(sent).toEqual([])
})

it('the protection level is checked before anything is read, and the safety checks before anything is sent', async () => {
  const { writer } = start(() => Promise.resolve(), 'read-only')
  const safetyChecks = () => Promise.reject(new Error('was read'))
  expect((await failureOf(writer.approve('s', confirmed, { safetyChecks }))).code).toBe('read-only')
  const asking = start(() => Promise.resolve(), 'ask').writer
  expect((await failureOf(asking.approve('s', { ...confirmed, acknowledged: false }))).code).toBe(
    'confirmation-required',
  )
  const guards = [{ kind: 'own-address' as const, message: 'Locks you out.', addresses: [] }]
  const guarded = { safetyChecks: () => Promise.resolve(guards) }
  expect((await failureOf(asking.approve('s', confirmed, guarded))).code).toBe('guarded')
  expect((await failureOf(asking.approve('s', confirmed, { typedName: true }))).code).toBe('confirmation-required')
})
