import { describe, expect, test } from 'vitest'
import { matchTiers } from '@shared/fleet/search'
import { matcherOf, searchedOf, timeTexts, valuesIn } from '@main/services/search/matcher'

const entry = searchedOf(
  ['rule 203.0.113.0/24', 'Büro Zürich', 'INC-4711'],
  ['Kunde A', 'IP rules', ...timeTexts('2026-11-24T15:30:00.000Z')],
  valuesIn({ cidr: '203.0.113.0/24', description: 'Büro Zürich' }),
)
const pool = searchedOf(
  ['assignment of Sipgate to Nord'],
  ['Kunde A'],
  valuesIn({ did_numbers: '493012000-493012999', concurrency: 5 }),
)
const tierOf = (typed: string, searched = entry) => matcherOf(typed)?.(searched)

describe('what was typed', () => {
  test('has to occur word by word, in any order, without case, marks and quotes', () => {
    for (const typed of ['zurich kunde', 'KUNDE  inc-4711', '"Büro Zürich"', 'ip rules a', ' buro '])
      expect(tierOf(typed), typed).toBeDefined()
    expect(tierOf('zurich berlin')).toBeUndefined()
    expect(matcherOf('  ')).toBeUndefined()
    expect(matcherOf('"')).toBeUndefined()
  })

  test('finds an address in the range of a rule, alone and among other words', () => {
    expect(tierOf('203.0.113.77')).toBe(matchTiers.exact)
    expect(tierOf('203.0.112.0/22')).toBe(matchTiers.exact)
    expect(tierOf('kunde 203.0.113.77')).toBe(matchTiers.text)
    expect(tierOf('203.0.114.1')).toBeUndefined()
    expect(tierOf('203.0.113.77', pool)).toBeUndefined()
  })

  test('finds a telephone number in a pool, however it is written', () => {
    expect(tierOf('+49 (30) 12 345', pool)).toBe(matchTiers.exact)
    expect(tierOf('493012345', pool)).toBe(matchTiers.exact)
    expect(tierOf('nord 493012345', pool)).toBe(matchTiers.titleWord)
    expect(tierOf('+49 (30) 13 345', pool)).toBeUndefined()
    expect(tierOf('493012345')).toBeUndefined()
  })

  test('finds a day and a time of the computer', () => {
    const at = new Date(2026, 10, 24, 23, 5)
    const searched = searchedOf(['a'], timeTexts(at.toISOString()))
    expect(tierOf('2026-11-24', searched)).toBe(matchTiers.text)
    expect(tierOf('2026-11-24 23:05', searched)).toBe(matchTiers.text)
    expect(timeTexts('not a time')).toEqual(['not a time'])
  })
})

test('an exact value of the thing itself is before the start of its title, of a word in it, its middle, and other texts', () => {
  const tenant = searchedOf(['Contoso Newmarket', 'contoso.example'], ['Berlin'])
  expect(tierOf('CONTOSO.example', tenant)).toBe(matchTiers.exact)
  expect(tierOf('Contoso Newmarket', tenant)).toBe(matchTiers.exact)
  expect(tierOf('con', tenant)).toBe(matchTiers.titleStart)
  expect(tierOf('new', tenant)).toBe(matchTiers.titleWord)
  expect(tierOf('market', tenant)).toBe(matchTiers.title)
  expect(tierOf('example', tenant)).toBe(matchTiers.text)
  // The name of its server is not its own.
  expect(tierOf('Berlin', tenant)).toBe(matchTiers.text)
})
