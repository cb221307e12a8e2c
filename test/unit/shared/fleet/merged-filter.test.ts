import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergedFilter, serverPart } from '@shared/fleet/merged-filter'
import type { MergedId } from '@shared/fleet/merged-ids'
import { facts, inDays, limits, now, row } from './sample'

const read = (text: string, resource: MergedId = 'tenants') => mergedFilter(text, resource, now)
const berlin = row({
  server: { name: 'Berlin', folder: 'East', tags: ['gold'] },
  facts: facts({ limits: { ...limits, maintenanceExpiresAt: inDays(10) } }),
})
const shows = (text: string, resource?: MergedId): boolean => read(text, resource).isServerShown(berlin, now)

describe('the filter of a merged table', () => {
  test('words are about rows, keys about servers', () => {
    const filter = read('contoso tag:gold "Main street"')
    expect(filter).toMatchObject({ search: 'contoso Main street', terms: [], problems: [] })
    expect(filter.isServerShown(berlin, now)).toBe(true)
  })

  test.each([
    ['', true],
    ['munich', true],
    ['tag:gold', true],
    ['tag:silver', false],
    ['server:berlin folder:east', true],
    ['server:berlin folder:west', false],
    ['state:signed-in', true],
    ['expires<11d', true],
    ['expires < 9d', false],
  ])('%j shows the server: %s', (text, shown) => {
    expect(shows(text)).toBe(shown)
    expect(read(text).problems).toEqual([])
  })

  test('expires is about the rows of rules, which have an end, and counts from now', () => {
    const { terms, problems, search } = read('expires<30d office', 'ip-rules')
    // What has expired does not expire any more.
    expect(terms).toEqual([
      { key: 'expire_at', operator: 'gt', value: '2026-11-27T12:00:00Z' },
      { key: 'expire_at', operator: 'lt', value: '2026-12-27T12:00:00Z' },
    ])
    expect([problems, search]).toEqual([[], 'office'])
    expect(read('EXPIRES > 7', 'ip-rules').terms).toEqual([
      { key: 'expire_at', operator: 'gt', value: '2026-12-04T12:00:00Z' },
    ])
    expect(shows('expires<1d', 'ip-rules')).toBe(true)
  })

  test.each([
    ['color:red', 'There is no filter “color:”'],
    ['state:broken', 'There is no state “broken”'],
    ['users:5', '“users:5” is not supported'],
    ['tag:', 'Enter a value after “tag:”'],
    ['expires<soon', 'Enter a whole number after “expires<”'],
    ['expires<', 'Enter a whole number after “expires<”'],
    ['expires<30%', 'Enter a whole number after “expires<”'],
  ])('%s cannot be read, in any table', (text, message) => {
    for (const resource of ['tenants', 'ip-rules'] as const) {
      const { problems, search, terms } = read(`contoso ${text}`, resource)
      expect(problems).toMatchObject([{ term: text, message: expect.stringContaining(message) as string }])
      expect([search, terms]).toEqual(['contoso', []])
    }
  })

  test.each(['2001:db8::1', 'fd:1::/32', 'fdaa:', 'face:b00c::1', 'fe80::1', '10.0.0.1:8887', 'localhost:5060'])(
    '%s is a word',
    (text) => {
      expect(read(text, 'ip-rules')).toMatchObject({ search: text, problems: [] })
    },
  )

  test('any quoted text is a word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const quoted = `"${text.replaceAll('"', '')}"`
        expect(read(quoted, 'ip-rules')).toMatchObject({ terms: [], problems: [] })
      }),
    )
  })
})

describe('for another table', () => {
  test('the part about servers is kept', () => {
    expect(serverPart('contoso tag:gold color:red folder:"North, East" expires<30d', 'tenants')).toBe(
      'tag:gold folder:"North, East" expires<30d',
    )
    expect(serverPart('contoso', 'tenants')).toBe('')
  })

  test('the end of rules is not: it would be about servers there', () => {
    expect(serverPart('expires<30d tag:gold', 'ip-rules')).toBe('tag:gold')
    expect(serverPart('expires<30d tag:gold', undefined)).toBe('expires<30d tag:gold')
  })
})
