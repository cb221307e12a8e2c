import { describe, expect, it } from 'vitest'
import type { Intent } from '@shared/domain/journal'
import type { JournalEntry } from '@shared/domain/journal-view'
import { reversalOf } from '@shared/journal/reversal-of'

const rule = { cidr: '41.202.7.9/32', target: 'DENY', description: 'Scanner' }

/** An entry of a change that is done. */
const entryOf = (write: Partial<Intent['write']>): JournalEntry => ({
  intent: {
    v: 1,
    seq: 1,
    at: '2026-11-26T12:00:00Z',
    prev: '',
    kind: 'intent',
    server: { id: 'a', name: 'Kunde A', address: '', folder: '', tags: [] },
    user: { system: 'tech', pbx: 'admin' },
    write: { kind: 'change', operation: 'POST', identity: '', before: {}, changes: {}, ...write },
    source: { kind: 'form' },
  },
  outcome: 'done',
  notes: [],
})

describe('a change that cannot be reverted has a reason', () => {
  it.each<[string, Partial<Intent['write']>, RegExp]>([
    ['the rebranding', { kind: 'action', identity: 'Rebranding' }, /cannot be read/],
    ['a dealer of a tenant', { kind: 'create', identity: 'assignment of dealer' }, /cannot be reverted here/],
    ['a created record without its ID', { kind: 'create', resource: 'ip-rules', changes: rule }, /ID .* unknown/],
    ['a deleted record without values', { kind: 'delete', resource: 'ip-rules' }, /does not contain the values/],
    ['a dealer of a tenant', { kind: 'create', resource: 'dealer-assignment', id: 'tenant' }, /in the list of tenants/],
    ['a certificate', { resource: 'certificate', before: { fingerprint256: 'AA' } }, /private key is unknown/],
    ['an assignment without its IDs', { kind: 'delete', resource: 'trunk-assignment' }, /IDs .* unknown/],
  ])('%s', (_, write, reason) => {
    expect(reversalOf(entryOf(write))).toMatchObject({ possible: 'no', reason: expect.stringMatching(reason) })
  })

  it.each(['alreadyInPlace', 'conflict', 'refused', 'notSent', 'unknown', 'sending', 'pending'] as const)(
    'a change that is %s',
    (outcome) => {
      const entry = { ...entryOf({ kind: 'delete', resource: 'ip-rules', before: rule }), outcome }
      expect(reversalOf(entry)).toMatchObject({ possible: 'no', reason: expect.stringMatching(/done/) })
    },
  )

  it('a deleted tenant lacks its secrets, each with its group', () => {
    const before = { name: 'Nord', domain: 'nord.example' }
    const reversal = reversalOf(entryOf({ kind: 'delete', resource: 'tenants', id: 't', before }))
    const notRestored = reversal.possible === 'partly' ? reversal.notRestored : []
    expect(new Set(notRestored).size).toBe(notRestored.length)
    expect(notRestored).toContain('CDR events > Password')
  })

  it('an unassigned trunk without its concurrent calls is restored in part', () => {
    const ids = { resource: 'trunk-assignment', id: 'tenant', trunkId: 'trunk' } as const
    const before = { did_numbers: '3000', concurrency: null }
    expect(reversalOf(entryOf({ kind: 'delete', ...ids, before }))).toMatchObject({
      possible: 'partly',
      notRestored: ['Maximum concurrent calls'],
      write: { kind: 'create', values: { did_numbers: '3000' } },
    })
  })
})
