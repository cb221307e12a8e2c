import { describe, expect, it } from 'vitest'
import { best, score } from '@/features/palette/fuzzy'

const candidate = (label: string, keywords = '', weight = 0) => ({ label, keywords, weight })
const labels = (typed: string, ...list: readonly ReturnType<typeof candidate>[]) =>
  best(list, typed, 10).map(({ label }) => label)

describe('score', () => {
  it('needs every word that was typed, in any order', () => {
    expect(score('Munich, Zentrale', 'zen mun')).toBeDefined()
    expect(score('Munich, Zentrale', 'mun berlin')).toBeUndefined()
  })

  it('finds letters in order, but not letters that happen to occur somewhere', () => {
    expect(score('Munich, Zentrale', 'mnch')).toBeDefined()
    expect(score('City Hall', 'clin')).toBeUndefined()
  })

  it('is not misled by case or by characters of a pattern', () => {
    expect(score('Wien Süd (.*)', 'SÜD (.*')).toBeDefined()
  })
})

describe('best', () => {
  it('ranks a name that starts with the text before one that contains it, and names before keywords', () => {
    const ranked = labels('clinic', candidate('Old clinic'), candidate('Lab', 'clinic'), candidate('Clinic East'))
    expect(ranked).toEqual(['Clinic East', 'Old clinic', 'Lab'])
  })

  it('keeps the given order and the limit while nothing is typed', () => {
    const list = Array.from({ length: 1000 }, (_, index) => candidate(`Server ${index}`))
    expect(best(list, ' ', 60)).toEqual(list.slice(0, 60))
  })

  it('prefers the shorter of two that fit alike', () => {
    expect(labels('hall', candidate('Hall of records'), candidate('Hall'))[0]).toBe('Hall')
  })
})
