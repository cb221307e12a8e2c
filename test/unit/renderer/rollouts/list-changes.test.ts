import { expect, test } from 'vitest'
import { notification } from '@shared/resources/notification'
import { listChangesOf, listProblem, requestOf, type ListChange } from '@/features/rollouts/list-changes'

const changeOf = (before: string | null, after: string | null): ListChange => {
  const [change, ...others] = listChangesOf(notification, { recipients: before }, { recipients: after, server: 'smtp' })
  if (change === undefined || others.length > 0) throw new Error('One list is expected')
  return change
}

test.each([
  ['a@b.com', 'a@b.com,noc@b.com', 'add', 'noc@b.com'],
  [null, 'noc@b.com', 'add', 'noc@b.com'],
  ['a@b.com,old@b.com', 'a@b.com', 'remove', 'old@b.com'],
  ['a@b.com', null, 'remove', 'a@b.com'],
  ['a@b.com,old@b.com', 'a@b.com,new@b.com', 'replace', 'a@b.com,new@b.com'],
  ['a@b.com,b@b.com', 'b@b.com,a@b.com', 'replace', 'b@b.com,a@b.com'],
])('the form that changed %s to %s suggests to %s %s', (before, after, choice, items) => {
  const change = changeOf(before, after)
  expect(change).toMatchObject({ choice, items: { [choice]: items } })
  expect(requestOf([change])).toEqual({
    values: { recipients: items },
    lists: choice === 'replace' ? {} : { recipients: choice },
  })
})

test('nothing to add, and an address that is none, are problems; what is removed may be wrong', () => {
  const change = changeOf('a@b.com', 'a@b.com,noc@b.com')
  const withItems = (choice: ListChange['choice'], items: string | null): string | undefined =>
    listProblem({ ...change, choice, items: { ...change.items, [choice]: items } })
  expect(listProblem(change)).toBeUndefined()
  expect(withItems('add', null)).toBe('Enter what is added')
  expect(withItems('remove', '')).toBe('Enter what is removed')
  expect(withItems('add', 'nobody')).toBe('nobody is not an email address')
  expect(withItems('remove', 'nobody')).toBeUndefined()
  expect(withItems('replace', null)).toBeUndefined()
})
