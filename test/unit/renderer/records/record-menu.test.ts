import { describe, expect, it } from 'vitest'
import { recordMenu } from '@/features/records/record-menu'

const nothing = () => undefined
const deps = {
  noun: 'rule',
  readOnly: false,
  canCreate: true,
  selectedCount: 0,
  more: [{ label: 'Special…', run: nothing }],
  open: nothing,
  duplicate: nothing,
  copy: nothing,
  removeRow: nothing,
  removeSelected: nothing,
}
const labels = (change: Partial<typeof deps>) => recordMenu({ ...deps, ...change }).map(({ label }) => label)
const withKey = (change: Partial<typeof deps>) => recordMenu({ ...deps, ...change }).find(({ hint }) => hint === 'Del')

describe('the menu of a row', () => {
  it('copies and deletes the selected rows, beside the row itself', () => {
    expect(labels({})).toEqual(['Edit…', 'Duplicate…', 'Copy row', 'Special…', 'Delete this rule…'])
    expect(labels({ selectedCount: 12 }).slice(2)).toEqual([
      'Copy 12 rows',
      'Special…',
      'Delete this rule…',
      'Delete 12 selected…',
    ])
  })
  it('names the key where it works', () => {
    expect(withKey({})?.label).toBe('Delete this rule…')
    expect(withKey({ selectedCount: 1 })?.label).toBe('Delete 1 selected…')
  })
  it('offers no change on a read-only server, and no copy where none may be made', () => {
    expect(labels({ readOnly: true, selectedCount: 2 })).toEqual(['Show', 'Copy 2 rows', 'Special…'])
    expect(labels({ canCreate: false })).not.toContain('Duplicate…')
  })
})
