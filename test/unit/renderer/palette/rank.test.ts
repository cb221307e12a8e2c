import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { best, type Candidate } from '@/features/palette/rank'

const candidate = (label: string, keywords = '', weight = 0): Candidate => ({ key: label, label, keywords, weight })
const labels = (typed: string, ...list: readonly Candidate[]) => best(list, typed, 10).map(({ label }) => label)

describe('a match', () => {
  it('needs every word that was typed, in any order', () => {
    expect(labels('zen mun', candidate('Munich, Zentrale'))).toEqual(['Munich, Zentrale'])
    expect(labels('mun berlin', candidate('Munich, Zentrale'))).toEqual([])
  })

  it('may be letters in order, but not letters that happen to occur somewhere', () => {
    expect(labels('mnch', candidate('Munich, Zentrale'))).toEqual(['Munich, Zentrale'])
    expect(labels('clin', candidate('City Hall'))).toEqual([])
  })

  it('ignores case, marks and characters of a pattern', () => {
    expect(labels('SUD (.*', candidate('Wien Süd (.*)'))).toEqual(['Wien Süd (.*)'])
    expect(labels('strasse', candidate('Straße 5'))).toEqual(['Straße 5'])
  })
})

describe('the order', () => {
  it('is whole name, start, word, start of a word, part, letters in order, keywords', () => {
    const list = [
      candidate('Lab', 'hall'),
      candidate('Health all'),
      candidate('Marshall'),
      candidate('Old hallway'),
      candidate('City hall'),
      candidate('Hallmark'),
      candidate('Hall'),
    ]
    expect(labels('hall', ...list)).toEqual([
      'Hall',
      'Hallmark',
      'City hall',
      'Old hallway',
      'Marshall',
      'Health all',
      'Lab',
    ])
  })

  it('prefers the shorter of two that fit alike, and puts fields after everything else', () => {
    expect(labels('port', candidate('Port 5'), candidate('Port'), candidate('Ports of all'))).toEqual([
      'Port',
      'Port 5',
      'Ports of all',
    ])
    expect(labels('port', candidate('Port', '', -1), candidate('Export all'))).toEqual(['Export all', 'Port'])
  })

  it('keeps the given order and the limit while nothing is typed', () => {
    const list = Array.from({ length: 1000 }, (_, index) => candidate(`Server ${index}`))
    expect(best(list, ' ', 60)).toEqual(list.slice(0, 60))
  })

  it('is the same whatever the order of the candidates', () => {
    const word = fc.constantFrom('berlin', 'Berlin', 'acme', 'Acme', 'süd', 'straße', 'hall', 'ı', 'İstanbul')
    const names = fc.uniqueArray(
      fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(names, fc.integer(), word, (labelled, seed, typed) => {
        const list = labelled.map((name) => candidate(name))
        const shuffled = [...list].sort((a, b) => ((a.label.length * seed) % 7) - ((b.label.length * seed) % 7))
        expect(best(shuffled.reverse(), typed, 20)).toEqual(best(list, typed, 20))
      }),
    )
  })
})
