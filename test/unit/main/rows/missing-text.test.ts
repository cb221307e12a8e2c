import { expect, test } from 'vitest'
import type { MergedServer } from '@shared/fleet/merged'
import type { MergedPhase } from '@shared/fleet/merged-phase'
import { localDateTime } from '@shared/format/time'
import { missingText } from '@main/services/rows/missing-text'

const readAt = '2026-11-27T12:00:00.000Z'
const nameOf = (id: string): string => `PBX ${id}`
const server = (serverId: string, phase: MergedPhase, more: Partial<MergedServer> = {}): MergedServer => ({
  serverId,
  phase,
  rows: 0,
  ...more,
})
const read = Array.from({ length: 46 }, (_, at) => server(`r${at}`, 'read', { rows: 1, readAt }))

test('a file of all servers needs no note', () => {
  expect(missingText(read, nameOf)).toEqual([])
  expect(missingText([], nameOf)).toEqual([])
})

test('says which servers are missing, and why', () => {
  const error = { code: 'timeout' as const, message: 'The server did not respond' }
  const missing = [
    server('a', 'signed-out'),
    server('b', 'failed', { error }),
    server('c', 'paused', { error }),
    server('d', 'no-permission'),
  ]
  expect(missingText([...read, ...missing], nameOf)).toEqual([
    '46 of 50 servers; missing: PBX a (signed out), PBX b (The server did not respond), PBX c (paused), PBX d (no permission)',
  ])
  expect(missingText([server('a', 'waiting')], nameOf)).toEqual(['0 of 1 server; missing: PBX a (not read yet)'])
})

test('a server that was read without rows before is missing, too: it may have some by now', () => {
  expect(missingText([server('a', 'signed-out', { readAt })], nameOf)).toEqual([
    '0 of 1 server; missing: PBX a (signed out)',
  ])
})

test.each([
  ['failed', 'not read'],
  ['signed-out', 'signed out'],
  ['paused', 'paused'],
  ['no-permission', 'no permission'],
  ['waiting', 'not read again yet'],
  ['reading', 'not read completely'],
  ['incomplete', 'incomplete response'],
] as const)('a server that is %s, and whose older rows are in the file, is not current', (phase, reason) => {
  expect(missingText([...read, server('a', phase, { rows: 2, readAt })], nameOf)).toEqual([
    `Not current: PBX a (${reason}; rows of ${localDateTime(readAt)})`,
  ])
})

test('says which servers were read with an account that does not see all of them', () => {
  const own = [
    server('a', 'read', { rows: 1, readAt, scope: 'own-tenant' }),
    server('b', 'read', { rows: 0, readAt, scope: 'dealer' }),
    server('c', 'signed-out', { rows: 0, readAt, scope: 'dealer' }),
  ]
  expect(missingText([...read, ...own], nameOf)).toEqual([
    '48 of 49 servers; missing: PBX c (signed out)',
    'Only what your dealer account sees was read on PBX b',
    'Only your own tenant was read on PBX a',
  ])
})
