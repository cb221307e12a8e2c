import { expect, test } from 'vitest'
import type { MergedServer } from '@shared/fleet/merged'
import { scopeTexts, serversText } from '@shared/fleet/scope-text'

const server = (serverId: string, more: Partial<MergedServer> = {}): MergedServer => ({
  serverId,
  phase: 'read',
  rows: 1,
  ...more,
})
const texts = (...servers: readonly MergedServer[]): readonly string[] =>
  scopeTexts(servers, 'searched', (ids) => serversText(ids, (id) => `PBX ${id}`))

test('a server of which the account sees all is not named', () => {
  expect(texts(server('a'), server('b', { phase: 'failed', rows: 0 }))).toEqual([])
})

test('a server of which a dealer sees a part is named, also for earlier rows, but not without any', () => {
  const scope = 'dealer' as const
  expect(
    texts(
      server('a', { scope, phase: 'partly', rows: 0 }),
      server('b', { scope, phase: 'failed', rows: 3 }),
      server('c', { scope, phase: 'signed-out', rows: 0 }),
    ),
  ).toEqual(['Only what your dealer account sees was searched on PBX a, PBX b'])
  expect(texts(...['a', 'b', 'c', 'd'].map((id) => server(id, { scope })))).toEqual([
    'Only what your dealer account sees was searched on 4 servers',
  ])
})

test('the own tenant of an administrator is another sentence', () => {
  expect(texts(server('a', { scope: 'own-tenant' }), server('b', { scope: 'dealer' }))).toEqual([
    'Only what your dealer account sees was searched on PBX b',
    'Only your own tenant was searched on PBX a',
  ])
})
