import { describe, expect, it } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { matches, stepTarget, treeRows } from '@/features/shell/tree-rows'

const server = (id: string, folder = '', more: Partial<ServerRecord> = {}): ServerRecord => ({
  ...emptyServerDraft,
  id,
  name: `PBX ${id}`,
  address: `https://${id}.example.com:8887`,
  folder,
  activeAddress: 'first',
  ...more,
})
const servers = [server('a'), server('b', 'North'), server('c', 'East'), server('d', 'North'), server('e')]
const keys = (collapsed: readonly string[], search = '') =>
  treeRows(servers, ['East', 'North'], new Set(collapsed), search).map((row) => row.key)

describe('treeRows', () => {
  it('puts servers without a folder first, then folders in their order with their servers in workspace order', () => {
    expect(keys([])).toEqual(['a', 'e', 'folder/East', 'c', 'folder/North', 'b', 'd'])
  })

  it('leaves the servers of a collapsed folder out, and opens it for a search', () => {
    expect(keys(['North'])).toEqual(['a', 'e', 'folder/East', 'c', 'folder/North'])
    expect(keys(['North'], 'pbx d')).toEqual(['folder/North', 'd'])
  })

  it('numbers the rows of each level for assistive technology', () => {
    const rows = treeRows(servers, ['East', 'North'], new Set(), '')
    expect(rows.map((row) => `${row.place}/${row.of}`)).toEqual(['1/4', '2/4', '3/4', '1/1', '4/4', '1/2', '2/2'])
  })

  it('builds the rows of a thousand servers', () => {
    const manyFolders = Array.from({ length: 50 }, (_, index) => `Folder ${index}`)
    const many = Array.from({ length: 1000 }, (_, index) => server(`s${index}`, `Folder ${index % 50}`))
    expect(treeRows(many, manyFolders, new Set(), '')).toHaveLength(1050)
  })
})

describe('matches', () => {
  const alpenblick = server('x', 'Alpenblick', { tags: ['Production'], secondAddress: 'https://10.8.0.4:8887' })
  it.each(['pbx', 'ALPEN prod', '10.8.0', 'x.example'])('finds by %s', (typed) =>
    expect(matches(alpenblick, typed)).toBe(true),
  )
  it('needs every word', () => expect(matches(alpenblick, 'alpen lab')).toBe(false))
})

describe('stepTarget', () => {
  it('steps inside the folder and stops at its edges', () => {
    expect(stepTarget(servers, 'd', -1)).toEqual({ before: 'b' })
    expect(stepTarget(servers, 'b', 1)).toEqual({ before: null })
    expect(stepTarget(servers, 'b', -1)).toBeUndefined()
    expect(stepTarget(servers, 'd', 1)).toBeUndefined()
  })

  it('passes over servers of other folders', () => {
    const list = [server('1', 'N'), server('2'), server('3', 'N'), server('4', 'N')]
    expect(stepTarget(list, '1', 1)).toEqual({ before: '4' })
  })
})
