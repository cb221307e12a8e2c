import { expect, test } from 'vitest'
import type { JournalLine } from '@shared/domain/journal'
import { ChangedLists } from '@main/services/rows/changed-lists'
import { FakeTiming } from '@test/fakes/timing'

const line = (seq: number) => ({ v: 1 as const, seq, at: '2026-11-27T12:00:00.000Z', prev: '' })

function intent(seq: number, serverId: string, resource?: string): JournalLine {
  return {
    ...line(seq),
    kind: 'intent',
    server: { id: serverId, name: 'Berlin', address: '', folder: '', tags: [] },
    user: { system: '', pbx: '' },
    write: {
      kind: 'change',
      operation: 'POST /tenants/{id}',
      ...(resource !== undefined && { resource: resource as 'tenants' }),
      identity: '',
      before: {},
      changes: {},
    },
    source: { kind: 'form' },
  }
}
const result = (seq: number, of: number, outcome: 'done' | 'unknown' = 'done'): JournalLine => ({
  ...line(seq),
  kind: 'result',
  of,
  outcome,
})

function start() {
  const timing = new FakeTiming()
  const changed: string[] = []
  const lists = new ChangedLists({
    onChanged: (serverId, resource) => changed.push(`${serverId} ${resource}`),
    after: timing.after,
  })
  return { timing, changed, lists }
}

test('a list is read once, when its changes are over', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'tenants'), result(2, 1)])
  timing.advance(1000)
  lists.onAppended([intent(3, 'a', 'tenants')])
  lists.onAppended([result(4, 3)])
  timing.advance(1499)
  expect(changed).toEqual([])
  timing.advance(1)
  expect(changed).toEqual(['a tenants', 'a trunk-assignments'])
  timing.advance(10_000)
  expect(changed).toHaveLength(2)
})

test('changes of one server and list do not read another', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'dealers'), intent(2, 'b', 'dealers'), intent(3, 'a', 'ip-rules')])
  lists.onAppended([result(4, 1), result(5, 3), result(6, 2)])
  timing.advance(1500)
  expect(changed).toEqual(['a dealers', 'a ip-rules', 'b dealers'])
})

test('an assignment changes the list of all assignments', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'trunk-assignment'), result(2, 1)])
  timing.advance(1500)
  expect(changed).toEqual(['a trunk-assignments'])
})

test('a change may have been made although its outcome is unknown', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'dealers'), result(2, 1, 'unknown')])
  timing.advance(1500)
  expect(changed).toEqual(['a dealers'])
})

test('nothing is read for what is in no table, a change without a result, and after the end', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'account'), intent(2, 'a'), intent(3, 'a', 'dealers'), result(4, 1), result(5, 2)])
  timing.advance(1500)
  expect(changed).toEqual([])
  lists.onAppended([result(6, 3)])
  lists.stop()
  timing.advance(1500)
  expect(changed).toEqual([])
})

test('a changed tenant is in the trunk assignments, too', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'tenants'), result(2, 1)])
  timing.advance(1500)
  expect(changed.sort()).toEqual(['a tenants', 'a trunk-assignments'])
})

test('a change of the own tenant reads the tenants, of which it is a row', () => {
  const { timing, changed, lists } = start()
  lists.onAppended([intent(1, 'a', 'tenant'), result(2, 1)])
  timing.advance(1500)
  expect(changed).toEqual(['a tenants'])
})
