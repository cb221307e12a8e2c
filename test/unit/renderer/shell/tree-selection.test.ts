import { shallowRef } from 'vue'
import { describe, expect, test } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { useTreeSelection } from '@/features/shell/tree-selection'
import { treeRows, type TreeRow } from '@/features/shell/tree-rows'

const server = (id: string, folder = ''): ServerRecord => ({
  ...emptyServerDraft,
  id,
  name: `PBX ${id}`,
  address: `https://${id}.example.com:8887`,
  folder,
  activeAddress: 'first',
})
const servers = [server('a'), server('b'), server('c', 'East'), server('d', 'East'), server('e', 'North')]
const folders = ['East', 'North']

function tree({ open, collapsed = [] }: { readonly open?: string; readonly collapsed?: readonly string[] } = {}) {
  const rows = shallowRef<readonly TreeRow[]>(treeRows(servers, folders, new Set(collapsed), ''))
  const selection = useTreeSelection(
    () => rows.value,
    () => open,
  )
  const row = (key: string): TreeRow => {
    const found = rows.value.find((each) => each.key === key)
    if (found === undefined) throw new Error(`There is no row ${key}`)
    return found
  }
  return {
    selection,
    rows,
    toggle: (key: string) => selection.toggle(row(key)),
    extendTo: (key: string) => selection.extendTo(row(key)),
    ids: () => selection.ids.value.toSorted().join(''),
  }
}

describe('Ctrl', () => {
  test('adds a server and removes it', () => {
    const { toggle, ids, selection } = tree()
    toggle('a')
    toggle('c')
    expect(ids()).toBe('ac')
    expect([selection.isSelected('c'), selection.isSelected('d')]).toEqual([true, false])
    toggle('a')
    expect(ids()).toBe('c')
  })

  test('begins with the server that is open, as a person sees it selected', () => {
    const { toggle, ids } = tree({ open: 'b' })
    toggle('d')
    expect(ids()).toBe('bd')
  })

  test('on a folder adds its servers, and removes them if all are in', () => {
    const { toggle, ids } = tree()
    toggle('c')
    toggle('folder/East')
    expect(ids()).toBe('cd')
    toggle('folder/East')
    expect(ids()).toBe('')
  })

  test('on a closed folder changes nothing, as its servers are not shown', () => {
    const { toggle, ids } = tree({ open: 'a', collapsed: ['East'] })
    toggle('folder/East')
    expect(ids()).toBe('')
  })
})

describe('Shift', () => {
  test('selects from the last row to this one, in both directions, and instead of what was selected', () => {
    const { toggle, extendTo, ids } = tree()
    toggle('e')
    toggle('c')
    extendTo('e')
    expect(ids()).toBe('cde')
    extendTo('a')
    expect(ids()).toBe('abc')
  })

  test('begins at the server that is open', () => {
    const { extendTo, ids } = tree({ open: 'b' })
    extendTo('d')
    expect(ids()).toBe('bcd')
    extendTo('a')
    expect(ids()).toBe('ab')
  })

  test('where there is nothing to begin at, adds the row', () => {
    const { extendTo, ids } = tree()
    extendTo('d')
    expect(ids()).toBe('d')
    extendTo('e')
    expect(ids()).toBe('de')
  })
})

test('all shown servers can be selected, and none', () => {
  const { selection, ids } = tree({ collapsed: ['East'] })
  selection.all()
  expect(ids()).toBe('abe')
  selection.clear()
  expect(ids()).toBe('')
})

test('a server that is no longer shown is not acted on', () => {
  const { toggle, rows, ids } = tree()
  toggle('a')
  toggle('c')
  rows.value = treeRows(servers, folders, new Set(), 'a.example')
  expect(ids()).toBe('a')
  rows.value = treeRows(servers, folders, new Set(), '')
  expect(ids()).toBe('ac')
})
