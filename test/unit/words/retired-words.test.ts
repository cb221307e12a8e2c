import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { shownTexts } from './shown-texts'

/** Words that no technician uses for what they meant here, or that are spelled otherwise in the window. CONTRIBUTING.md has those in use. */
const retired = [
  'told',
  'said',
  'holds',
  'took',
  'whoever',
  'at once',
  'at most',
  'is needed',
  'by itself',
  'of its own',
  'made anew',
  'chosen',
  'licence',
  'e-mail',
  'user name',
]

const pattern = new RegExp(`\\b(${retired.join('|')})s?\\b`, 'iu')

/** The practice PBX answers in the vendor's words, and nobody reads those of the types. */
const files = ['main', 'renderer', 'shared'].flatMap((part) =>
  readdirSync(resolve('src', part), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(resolve('src', part), name)),
)

test('no retired word is in a text of the window', () => {
  const texts = files.flatMap(shownTexts)
  expect(texts.length).toBeGreaterThan(2000)
  const found = texts.filter(({ text }) => pattern.test(text))
  expect(found.map(({ where, text }) => `${where}: ${text}`)).toEqual([])
})
