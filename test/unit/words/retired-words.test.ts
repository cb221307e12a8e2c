import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { retiredWord } from '@test/retired-words'
import { shownTexts } from './shown-texts'

/** The practice PBX answers in the vendor's words, and nobody reads those of the types. */
const files = ['main', 'renderer', 'shared'].flatMap((part) =>
  readdirSync(resolve('src', part), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(resolve('src', part), name)),
)

test('no retired word is in a text of the window', () => {
  const texts = files.flatMap(shownTexts)
  expect(texts.length).toBeGreaterThan(2000)
  const found = texts.filter(({ text }) => retiredWord.test(text))
  expect(found.map(({ where, text }) => `${where}: ${text}`)).toEqual([])
})
