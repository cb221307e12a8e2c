import { describe, expect, it } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { byField, checkDraft, draftOf, parseTags } from '@/features/workspace/draft'

const good = { ...emptyServerDraft, name: 'Munich', address: 'pbx.example.com' }

describe('checkDraft', () => {
  it('accepts an address as people type it, and no second one', () => expect(checkDraft(good)).toEqual({}))

  it('assigns each error to its field', () => {
    const errors = checkDraft({ ...good, name: ' ', address: 'http://192.0.2.1', secondAddress: 'a b' })
    expect(Object.keys(errors).sort()).toEqual(['address', 'name', 'secondAddress'])
    expect(errors.address).toContain('https')
  })
})

describe('byField', () => {
  it('finds the field in a dotted path, keeps its first error, and returns the others', () => {
    const sorted = byField([
      { path: 'draft.address', message: 'first' },
      { path: 'address', message: 'second' },
      { path: 'draft.tags.0', message: 'tag' },
      { path: '', message: 'whole' },
    ])
    expect(sorted).toEqual({ fields: { address: 'first', tags: 'tag' }, others: ['whole'] })
  })
})

describe('draftOf', () => {
  it('contains only the editable values', () => {
    const record: ServerRecord = { ...good, id: crypto.randomUUID(), activeAddress: 'second', practice: true }
    expect(draftOf(record)).toEqual(good)
  })
})

describe('parseTags', () => {
  it('splits at commas, trims, and drops what is empty or there twice', () => {
    expect(parseTags(' Production, ,Lab,Production')).toEqual(['Production', 'Lab'])
  })
})
