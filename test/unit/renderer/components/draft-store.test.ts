import { beforeEach, expect, it, vi } from 'vitest'

const serverId = 'a1'
const key = `${serverId}/network`
const draft = { values: { web_domain: 'new.example.com' }, initial: { web_domain: 'old.example.com' }, page: 'network' }

beforeEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

/** The store as after a start of the app. */
async function started() {
  vi.resetModules()
  return import('@/components/form/draft-store')
}

it('what was typed is there after a restart, with its page, and nothing else of the form', async () => {
  const before = await started()
  expect(before.draftStore.save(key, draft)).toBe(true)
  const { draftStore, typedValues } = await started()
  const found = draftStore.read(key)
  expect(found && typedValues(found)).toEqual({ web_domain: 'new.example.com' })
  expect(draftStore.pagesOf(serverId)).toEqual(['network'])
})

it.each([
  ['no JSON', '{"values":'],
  ['null', 'null'],
  ['a list', '[]'],
  ['without its values', JSON.stringify({ page: 'network', savedAt: '2026-11-28T06:00:00Z' })],
  ['without the values before', JSON.stringify({ ...draft, initial: undefined, savedAt: '2026-11-28T06:00:00Z' })],
  ['with values in another form', JSON.stringify({ ...draft, values: ['x'], savedAt: '2026-11-28T06:00:00Z' })],
  ['without its time', JSON.stringify(draft)],
  ['with another kind of ID', JSON.stringify({ ...draft, id: 7, savedAt: '2026-11-28T06:00:00Z' })],
])('a stored draft that is %s keeps no page from opening, and marks none', async (_what, text) => {
  localStorage.setItem(`draft/${key}`, text)
  const { draftStore } = await started()
  expect(draftStore.read(key)).toBeUndefined()
  expect(draftStore.pagesOf(serverId)).toEqual([])
  expect(draftStore.save(key, draft)).toBe(true)
  expect(draftStore.pagesOf(serverId)).toEqual(['network'])
})

it('without space, a draft is not kept in part, and the form learns of it', async () => {
  const { draftStore } = await started()
  draftStore.save(key, draft)
  const { getItem, removeItem } = localStorage
  const setItem = (): never => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', {
    ...{ getItem: getItem.bind(localStorage), removeItem: removeItem.bind(localStorage), setItem },
  })
  expect(draftStore.save(key, { ...draft, values: { web_domain: 'x'.repeat(1000) } })).toBe(false)
  expect(draftStore.read(key)).toBeUndefined()
  expect(draftStore.pagesOf(serverId)).toEqual([])
})

it('the drafts of servers that leave the workspace go with them, and no others', async () => {
  const { draftStore } = await started()
  for (const each of [key, 'a1/trunks/1/2', 'a12/network']) draftStore.save(each, draft)
  draftStore.dropServers([serverId])
  expect(Object.keys(localStorage)).toEqual(['draft/a12/network'])
  expect(draftStore.pagesOf('a12')).toEqual(['network'])
})
