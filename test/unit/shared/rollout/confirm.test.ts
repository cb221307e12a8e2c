import { expect, test } from 'vitest'
import { confirmFor, isRolloutConfirmed } from '@shared/rollout/confirm'

const rules = (count: number, listSize: number) => ({ count, listSize, plural: 'rules' })
const typed = (typedName: string) => ({ acknowledged: true, typedName })

test.each([
  ['nothing is deleted', [], 'none'],
  ['30 % of a list', [rules(3, 10)], 'none'],
  ['more than 30 % of a list', [rules(4, 10)], 'number'],
  ['the only record', [rules(1, 1)], 'number'],
  ['much of one list, little of another', [rules(1, 100), rules(40, 100)], 'number'],
  ['a list that became empty', [rules(1, 0)], 'number'],
] as const)('%s', (_, deletes, kind) => expect(confirmFor(['open'], 100, deletes).kind).toBe(kind))

test('the number of records is typed for much of a list, that of the servers otherwise', () => {
  const confirm = confirmFor(['open', 'type-name'], 100, [rules(4, 10), rules(1, 100)])
  expect(confirm).toMatchObject({ servers: 2, deletes: { count: 5, plural: 'rules' } })
  expect(isRolloutConfirmed(confirm, typed('5'))).toBe(true)
  expect(isRolloutConfirmed(confirm, typed('2'))).toBe(false)
  const named = confirmFor(['open', 'type-name'], 100, [rules(1, 10)])
  expect(isRolloutConfirmed(named, typed('2'))).toBe(true)
  expect(isRolloutConfirmed(named, typed(''))).toBe(false)
})
